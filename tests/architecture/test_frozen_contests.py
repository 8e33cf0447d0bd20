"""Law 6 for elections: what PostgreSQL itself refuses about who stands, who is on the list, and who was proclaimed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.elections import actions as elections
from coop.elections.models import Candidature, Election
from tests import make, make_offices
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone
from tests.elections.test_elections import DAY, called, code, final, listed, voted


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """An election that is proclaimed, one to be voted, one with a posted list and an objection, and one just called."""
    plant, now = make_offices.plant(), make.now()
    made: dict[str, Any] = {"ana": plant.ana, "uma": plant.people["uma"]}
    made["proclaimed"] = done = final(plant, "sol", "uma", "tita")
    voted(plant, done.votes.get().ballot, {code(plant, "sol"): 3, code(plant, "uma"): 1})
    made["elected"] = elections.proclaim(election=done, by=plant.gus, at=now)[0]
    made["mandate"] = made["elected"].mandate
    made["contest"], made["vote"] = done.contests.get(), done.votes.get()
    made["filled"] = made["contest"].seats.first()
    made["stood"] = Candidature.objects.filter(contest=made["contest"]).first()
    made["signature"] = made["stood"].signatures.first()

    first = now - 44 * DAY
    seat = make_offices.mandate(plant.bo).seat
    made["posted"] = posted = called(plant, [seat], at=first)
    listed(plant, posted, "eve", "fay", at=first)
    posted = elections.post_candidates(election=posted, by=plant.gus, at=now - 20 * DAY)
    made["listed"] = Candidature.objects.filter(contest__election=posted).first()
    made["objection"] = elections.object_to(
        candidature=made["listed"], text="So.", by=plant.ana, at=now - 19 * DAY
    )
    made["called"] = young = called(plant, [make_offices.mandate(plant.ana).seat], at=first)
    made["young"] = young.contests.get()
    made["named"] = elections.nominate(contest=made["young"], member=plant.jo, by=plant.kim, at=first)
    made["sheet"] = elections.enter_acceptance(candidature=made["named"], by=plant.gus, at=first)
    made["kin"] = elections.declare_kin(relative=plant.jo, degree=1, by=plant.kim, at=first)
    made["gus"], made["hal"], made["jo"] = plant.gus, plant.hal, plant.jo
    assert Election.objects.get(pk=done.pk).state == "proclaimed"
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = [
    "DELETE FROM elections_paperacceptance",
    "DELETE FROM elections_kinship",
    "UPDATE elections_kinship SET degree = 2 WHERE id = {kin}",
    "UPDATE elections_contest SET signatures = 0",
    "UPDATE elections_contestseat SET seat_id = seat_id + 1",
    "UPDATE elections_candidaturesignature SET member_id = {ana}",
    "UPDATE elections_elected SET alternate = true",
    "UPDATE elections_electionvote SET ballot_id = ballot_id + 1",
    *(
        f"DELETE FROM elections_{table}"
        for table in (
            "election",
            "contest",
            "contestseat",
            "candidature",
            "candidaturesignature",
            "objection",
            "elected",
            "electionvote",
        )
    ),
]
BY_TRIGGER = [
    *each(
        "elections_election",
        "called",
        "state = 'final'",
        "state = 'proclaimed'",
        "vote_on = vote_on + 1",
        "candidates_until = candidates_until + 1",
        "title = 'x'",
        "called_by_id = {ana}",
        "ends_on = begins_on + 900",
    ),
    *each(
        "elections_election",
        "proclaimed",
        "state = 'final'",
        "state = 'annulled', annulled_because = 'x'",
        "proclaimed_at = now()",
        "register_id = NULL",
    ),
    *each("elections_contest", "contest", "question_id = NULL", "annulled_at = now()"),
    again("elections_contestseat", "{filled}", seat_id="(SELECT max(id) FROM members_seat)"),
    *each(
        "elections_candidature",
        "stood",
        "state = 'accepted'",
        "state = 'nominated'",
        "member_id = {ana}",
        "statement = 'x'",
        "decided_by_id = {ana}",
    ),
    *each("elections_candidature", "named", "state = 'admitted', accepted_at = now()"),
    again("elections_candidature", "{stood}", member_id="{ana}"),
    again("elections_candidaturesignature", "{signature}", member_id="{ana}"),
    *each("elections_objection", "objection", "text = 'x'", "member_id = {uma}"),
    again("elections_objection", "{objection}", verdict="'upheld'"),
    again("elections_elected", "{elected}", place="9", member_id="{uma}"),
    again("elections_contest", "{contest}", number="9", adds_to_id="{young}"),
    *each(
        "elections_paperacceptance",
        "sheet",
        "statement = 'x'",
        "state = 'turned_down', statement = 'x', because = 'x', read_by_id = {hal}, read_at = now()",
        "state = 'confirmed', read_by_id = {jo}, read_at = now()",
    ),
]
FORWARD = [
    *each("elections_paperacceptance", "sheet", "state = 'confirmed', read_by_id = {hal}, read_at = now()"),
    *each("elections_kinship", "kin", "taken_back_by_id = {jo}, taken_back_at = now()"),
    *each("elections_election", "called", "state = 'annulled', annulled_because = 'x', annulled_at = now()"),
    *each("elections_candidature", "named", "state = 'accepted', accepted_at = now(), statement = 'Yes.'"),
    *each("elections_candidature", "listed", "state = 'refused', reasons = 'x'"),
    *each(
        "elections_objection",
        "objection",
        "verdict = 'dismissed', reasons = 'x', decided_by_id = {uma}, decided_at = now()",
    ),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_contests"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
