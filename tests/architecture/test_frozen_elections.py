"""Law 6 for recalls: what PostgreSQL itself refuses of petitions, signatures, resignations, and a holder's own yes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.elections import actions as elections
from coop.elections.models import Resignation
from coop.members import actions as members
from tests import make, make_offices, make_votes
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A petition that collects, one that is verified, and one that was voted; somebody who resigned, one who waits."""
    plant, now = make_offices.plant(), make.now()
    made: dict[str, Any] = {"ana": plant.ana, "sol": plant.people["sol"]}
    made["passed"] = passed = make_offices.voted_on_paper(plant, 3, 1)
    made["line"] = passed.signatures.first()
    made["vote"] = passed.ballot
    made["other_vote"] = make_votes.drawn_up(plant)
    made["admitted"] = waiting = elections.file_petition(
        mandate=make_offices.mandate(plant.bo), reasons="No.", by=plant.ana, at=now
    )
    for name in ("cy", "eve", "fay"):
        elections.sign(petition=waiting, by=plant.people[name], at=now)
    elections.hand_in(petition=waiting, by=plant.ana, at=now)
    elections.verify(petition=waiting, by=plant.gus, at=now)
    made["open"] = elections.file_petition(
        mandate=make_offices.mandate(plant.ana), reasons="No.", by=plant.eve, at=now
    )
    made["consent"] = members.give_consent(to="move", by=plant.bo, at=now)
    made["resigned"] = elections.resign(mandate=make_offices.mandate(plant.cy), by=plant.cy, at=now)
    made["waits"] = elections.resign(mandate=make_offices.mandate(plant.dee), by=plant.dee, at=now)
    assert Resignation.objects.get(pk=made["waits"].pk).counts_from is None
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = [
    "UPDATE elections_petitionsignature SET verdict = 'twice'",
    "DELETE FROM elections_petitionsignature",
    "DELETE FROM elections_petition",
    "DELETE FROM elections_resignation",
    "UPDATE elections_resignation SET because = 'x'",
    "DELETE FROM members_consent",
    "UPDATE members_consent SET \"to\" = 'leave'",
    "UPDATE members_consent SET given_at = now()",
]
BY_TRIGGER = [
    *each(
        "elections_petition",
        "open",
        "state = 'admitted', valid = 9",
        "state = 'passed'",
        "state = 'voting'",
        "reasons = 'x'",
        "needed = 1",
        "electors = 1",
        "collect_until = now()",
        "filed_by_id = {sol}",
        "department = 'PAC'",
        "mandate_id = mandate_id + 1",
        "number = 900",
        "valid = 9",
    ),
    *each(
        "elections_petition",
        "admitted",
        "state = 'collecting'",
        "state = 'passed'",
        "valid = 9",
        "state = 'voting', ballot_id = {other_vote}",
        "state = 'voting', ballot_id = {vote}",
    ),
    *each(
        "elections_petition",
        "passed",
        "state = 'failed'",
        "state = 'voting'",
        "answer = 'x'",
        "ballot_id = NULL",
        "ended_at = now()",
    ),
    again("elections_petition", "{open}", number="901", state="'passed'", alone="false"),
    again("elections_petitionsignature", "{line}", member_id="{ana}", number="1"),
    *each("elections_resignation", "resigned", "counts_from = NULL", "counts_from = now()"),
]
FORWARD = [
    *each("elections_petition", "open", "state = 'lapsed', ended_at = now(), ending = 'time'"),
    *each("elections_petition", "admitted", "answer = 'Nothing of it.', answered_at = now()"),
    *each("members_consent", "consent", "used_at = now() + interval '1 hour'"),
    *each("elections_resignation", "waits", "counts_from = now() + interval '1 hour'"),
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
    tables = ELSEWHERE["test_frozen_elections"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
