"""Law 6 for voting on paper: what PostgreSQL itself refuses about boxes, tellers, sheets and marks on the roll."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Clash, RollEntry, Teller, TellerSheet, Urn, UrnEntry
from tests import make, make_paper, make_votes
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, idle_triggers
from tests.conftest import administrators_connection, database_clone

TWICE = "23505"  # a unique constraint
SIGNATURES = TellerSheet.Subject.SIGNATURES
GIVEN = ("ana", "bo", "cy", "dee", "eve")


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """Votes on paper in every state, Lou standing in each: two boxes, two tellers, five papers in the first box.

    over: closed, one sheet at the gate, two different ones at the carried box, signatures of Ana and Fay agreed;
    equal: closed, two equal sheets wait; counted: agreed, confirmed, counted.
    """
    plant = make.plant()
    make_votes.commission(plant)
    made: dict[str, Any] = {
        name: plant.people[name] for name in ("ana", "eve", "fay", "jo", "kim", "hal", "lou")
    }
    for state in ("draft", "running", "over", "equal", "counted"):
        made |= {f"{state}_{name}": row for name, row in _vote(plant, state).items()}
    return {name: row.pk for name, row in made.items()}


def _vote(plant: make.Plant, state: str) -> dict[str, Any]:
    asked = [make_votes.election(plant, "lou", "max", method="plurality")]
    ballot = make_votes.drawn_up(plant, asked, channels=("phone", "paper"), title=state)
    gate, carried = make_paper.boxes(plant, ballot, "Gate", "Carried")
    make_paper.name_tellers(plant, ballot)
    make_paper.record(plant, gate, "sealed")
    made: dict[str, Any] = {"ballot": ballot, "gate": gate, "carried": carried}
    made |= {
        "line": UrnEntry.objects.get(urn=gate),
        "teller": Teller.objects.get(ballot=ballot, member=plant.jo),
    }
    if state == "draft":
        return made
    made["ballot"] = ballot = ballots.open_ballot(
        ballot=ballot, present=(), by=plant.hal.actor, at=make.now()
    )
    make_paper.record(plant, gate, "opened")
    make_paper.record(plant, carried, "sealed", "opened")
    make_paper.give(plant, gate, *GIVEN)
    made |= {
        name: RollEntry.objects.get(ballot=ballot, member=plant.people[name])
        for name in ("eve", "fay", "gus")
    }
    if state != "running":
        make_paper.end(plant, ballot, gate, carried, unseal=False)
        made |= _counted(plant, ballot, gate, carried, state)
    return made


def _counted(plant: make.Plant, ballot: Ballot, gate: Urn, carried: Urn, state: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if state == "over":
        figures = {"numbers": [1, 6]}
        made["signed"] = make_paper.agreed(plant, ballot, carried, figures, subject=SIGNATURES)
        made["clash"] = Clash.objects.get()
        make_paper.record(plant, carried, "mixed", into=gate)
    make_paper.record(plant, gate, "unsealed")
    papers = votes(3, 2, 1) if state == "over" else votes(3, 2, 0)
    made["one"] = make_paper.sheet(plant, ballot, gate, "jo", papers)
    if state == "over":
        made["other"] = make_paper.sheet(plant, ballot, gate, "kim", votes(2, 3, 1))
        return made
    made["two"] = make_paper.sheet(plant, ballot, gate, "kim", papers)
    if state == "counted":
        made["agreed"] = make_paper.confirm(plant, ballot, gate)
        make_paper.record(plant, carried, "unsealed")
        make_paper.agreed(plant, ballot, carried, votes(0, 0, 0))
        for name, teller in (("late_one", plant.jo), ("late_two", plant.kim)):
            made[name] = _signatures(ballot, carried, teller)
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    return made


def _signatures(ballot: Ballot, urn: Urn, teller: Any) -> TellerSheet:
    """A sheet that no rule would take any more, but that PostgreSQL does."""
    return TellerSheet.objects.create(
        ballot=ballot,
        channel="paper",
        urn=urn,
        subject=SIGNATURES,
        attempt=1,
        teller=teller,
        figures={"numbers": [7]},
        entered_at=make.now(),
    )


def votes(lou: int, max_: int, blank: int) -> dict[str, Any]:
    told = {"lou": lou, "max": max_, "blank": blank}
    return {"1": {"papers": sum(told.values()), "spoiled": 0, "votes": told}}


NONE = """'{{"1": {{"papers": 0, "spoiled": 0, "votes": {{}}}}}}'"""
NOBODY = """'{{"numbers": []}}'"""


def sheet(vote: str, box: str, teller: str, *, attempt: int = 1, subject: str = "votes") -> str:
    figures = NONE if subject == "votes" else NOBODY
    return (
        "INSERT INTO ballots_tellersheet (ballot_id, channel, urn_id, block, subject, attempt, teller_id, figures,"
        f" remark, entered_at) VALUES ({{{vote}_ballot}}, 'paper', {{{box}}}, '', '{subject}', {attempt},"
        f" {{{teller}}}, {figures}, '', now())"
    )


def agreed(vote: str, first: str, second: str, *, by: str = "hal", figures: str = "sheet.figures") -> str:
    return (
        "INSERT INTO ballots_agreedsheet (ballot_id, channel, urn_id, block, subject, first_id, second_id, figures,"
        f" remark, confirmed_by_id, confirmed_at) SELECT sheet.ballot_id, 'paper', sheet.urn_id, '', sheet.subject,"
        f" {{{vote}_{first}}}, {{{vote}_{second}}}, {figures}, '', {{{by}}}, now()"
        f" FROM ballots_tellersheet sheet WHERE sheet.id = {{{vote}_{first}}}"
    )


def named(vote: str, who: str) -> str:
    return (
        "INSERT INTO ballots_teller (ballot_id, member_id, named_by_id, named_at)"
        f" VALUES ({{{vote}_ballot}}, {{{who}}}, {{hal}}, now())"
    )


def line(box: str) -> str:
    return (
        "INSERT INTO ballots_urnentry (urn_id, kind, seals, words, happened_at, entered_at, entered_by_id)"
        f" VALUES ({{{box}}}, 'remark', '', 'x', now(), now(), {{hal}})"
    )


def box(vote: str) -> str:
    return (
        "INSERT INTO ballots_urn (ballot_id, number, name, crew, mobile)"
        f" VALUES ({{{vote}_ballot}}, 9, 'Late', '', false)"
    )


def clash(vote: str) -> str:
    return (
        "INSERT INTO ballots_clash (ballot_id, member_id, urn_id, channel, found_at)"
        f" VALUES ({{{vote}_ballot}}, {{kim}}, {{{vote}_gate}}, 'phone', now())"
    )


def marked(vote: str, who: str, channel: str, of_box: str) -> str:
    return (
        f"UPDATE ballots_rollentry SET channel = '{channel}', urn_id = {of_box} WHERE id = {{{vote}_{who}}}"
    )


WITHOUT_RIGHT = [
    statement
    for table, change in {
        "ballots_agreedsheet": "remark = 'x'",
        "ballots_clash": "channel = 'hands'",
        "ballots_teller": "member_id = {eve}",
        "ballots_tellersheet": "figures = '{{}}'",
        "ballots_urnentry": "words = 'x'",
        "ballots_urn": "name = 'x'",
    }.items()
    for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}")
]
BY_TRIGGER = [
    # boxes: made before the end, mixed within their vote before anybody has counted; their record ends with the count
    *(box(vote) for vote in ("over", "counted")),
    line("counted_gate"),
    "UPDATE ballots_urn SET mixed_into_id = NULL WHERE id = {over_carried}",
    "UPDATE ballots_urn SET mixed_into_id = {running_gate} WHERE id = {running_carried}",
    "UPDATE ballots_urn SET mixed_into_id = {equal_gate} WHERE id = {equal_carried}",
    "UPDATE ballots_urn SET mixed_into_id = {equal_gate} WHERE id = {over_gate}",
    # tellers: named until the count, and none of those who stand
    named("counted", "ana"),
    named("running", "lou"),
    # sheets: after closing, by who was named, of a box of this vote
    sheet("running", "running_gate", "jo"),
    sheet("counted", "counted_gate", "jo", attempt=2),
    sheet("draft", "draft_gate", "jo", subject="signatures"),
    sheet("over", "over_gate", "eve", attempt=2),
    sheet("over", "over_gate", "lou", attempt=2),
    sheet("over", "equal_gate", "jo"),
    # two who found the same, and a third
    agreed("over", "one", "other"),
    agreed("equal", "one", "two", by="jo"),
    agreed("equal", "one", "two", by="kim"),
    agreed("equal", "one", "two", by="lou"),
    agreed("equal", "one", "two", figures=NONE),
    agreed("counted", "late_one", "late_two"),
    # marks: in a box of this vote; after closing only for whose signature was agreed, in that box
    marked("running", "fay", "paper", "{over_gate}"),
    marked("running", "eve", "phone", "NULL"),
    marked("running", "eve", "paper", "{running_carried}"),
    marked("over", "gus", "paper", "{over_carried}"),
    marked("over", "gus", "phone", "NULL"),
    marked("over", "fay", "paper", "{over_gate}"),
    *(clash(vote) for vote in ("draft", "counted")),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize(
    "statement",
    [
        sheet("equal", "equal_gate", "jo"),  # one teller twice in one attempt
        named("running", "jo"),
    ],
)
def test_nobody_counts_or_is_named_twice(house: House, statement: str) -> None:
    assert house.tried("application", statement)[0] == TWICE


@pytest.mark.parametrize(
    "statement",
    [
        box("running"),
        line("running_gate"),
        line("over_gate"),
        named("running", "ana"),
        sheet("running", "running_gate", "jo", subject="signatures"),
        sheet("over", "over_gate", "jo", attempt=2),
        agreed("equal", "one", "two"),
        marked("running", "fay", "paper", "{running_gate}"),
        clash("running"),
    ],
)
def test_what_is_right_goes_through(house: House, statement: str) -> None:
    """The statements above are refused for what is wrong with them, not because nothing would pass."""
    assert house.tried("application", statement)[0] is None


def test_no_trigger_stands_idle(house: House) -> None:
    found = idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_tellers"])
    assert found == []
