"""Law 6 for what is added to a vote: reserved seats, withdrawals, lots, counted places; who asked in the hall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, CountDemand, CountedPlace, Lot, Option, ReservedSeat, Withdrawal
from coop.meetings import actions as meetings
from coop.meetings.models import SecrecyDemand
from coop.meetings.ways import Way
from tests import make, make_votes
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, idle_triggers
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """An election in every state, with a seat reserved, a lot drawn, somebody withdrawn; two items of an assembly."""
    plant = make.plant()
    make_votes.commission(plant)
    made: dict[str, Any] = {name: plant.people[name] for name in ("ana", "eve", "fay", "gus")}
    for state in ("draft", "running", "over", "counted"):
        made |= {f"{state}_{name}": row for name, row in _election(plant, state).items()}
    by_hands = make.open_vote(plant, way=Way.HANDS).ballot
    ballots.demand_count(ballot=by_hands, by=plant.eve, at=make.now())
    item = make.meeting_in_session(plant).items.get(number=2)
    meetings.demand_secrecy(item=item, by=plant.eve, at=make.now())
    typed = make.meeting_in_session(plant).items.get(number=2)
    ended = make.now()
    hours = {"began_at": ended - make.days(0.001), "ended_at": ended}
    meetings.record_from_paper(item=typed, **hours, source="Sheets", by=plant.bo, at=ended)
    made |= {
        "hands": by_hands,
        "item": item,
        "count": CountDemand.objects.get(),
        "ask": SecrecyDemand.objects.get(),
    }
    return {name: row.pk for name, row in made.items()}


def _election(plant: make.Plant, state: str) -> dict[str, Any]:
    choices = [Choice(name, name, plant.people[name], group="A") for name in ("jo", "kim", "lou")]
    asked = Asked("Who?", method="plurality", choices=choices, seats=2, reserved={"A": 1})
    ballot = make_votes.drawn_up(plant, [asked], title=state)
    question = ballot.questions.get()
    made: dict[str, Any] = {
        "ballot": ballot,
        "question": question,
        "seat": ReservedSeat.objects.get(question=question),
    }
    made |= {name: Option.objects.get(question=question, code=name) for name in ("jo", "kim")}
    if state == "draft":
        return made
    ballot = ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    made["withdrawal"] = Withdrawal.objects.create(
        option=made["jo"], because="Ill", entered_by=plant.gus, at=make.now()
    )
    if state == "running":
        return made
    make.cast(ballot, plant.eve, "kim")
    ballot = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    if state == "counted":
        made["lot"] = _lot(plant, ballot)
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
        made["place"] = CountedPlace.objects.filter(ballot=ballot)[0]
    return made


def _lot(plant: make.Plant, ballot: Ballot) -> Lot:
    return Lot.objects.create(
        ballot=ballot,
        seed="3 5 1",
        how="Dice",
        witness_1=plant.ana,
        witness_2=plant.eve,
        drawn_by=plant.gus,
        at=make.now(),
    )


def seat(vote: str) -> str:
    return f"INSERT INTO ballots_reservedseat (question_id, \"group\", seats) VALUES ({{{vote}_question}}, 'B', 1)"


def withdrawn(vote: str) -> str:
    return (
        "INSERT INTO ballots_withdrawal (option_id, because, entered_by_id, at)"
        f" VALUES ({{{vote}_kim}}, 'x', {{gus}}, now())"
    )


def lot(vote: str) -> str:
    return (
        "INSERT INTO ballots_lot (ballot_id, seed, how, witness_1_id, witness_2_id, drawn_by_id, at)"
        f" VALUES ({{{vote}_ballot}}, '1', 'x', {{ana}}, {{eve}}, {{gus}}, now())"
    )


def place(vote: str) -> str:
    return (
        "INSERT INTO ballots_countedplace (ballot_id, channel, block, people, papers)"
        f" VALUES ({{{vote}_ballot}}, 'hands', 'x', 1, 1)"
    )


def count_asked(ballot: str) -> str:
    return f"INSERT INTO ballots_countdemand (ballot_id, member_id, at) VALUES ({{{ballot}}}, {{fay}}, now())"


WITHOUT_RIGHT = [
    statement
    for table, change in {
        "ballots_countdemand": "member_id = {fay}",
        "ballots_countedplace": "papers = 99",
        "ballots_lot": "seed = '6'",
        "ballots_reservedseat": "seats = 2",
        "ballots_withdrawal": "because = 'x'",
        "meetings_secrecydemand": "member_id = {fay}",
        "meetings_votefrompaper": "source = 'x'",
    }.items()
    for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}")
]
BY_TRIGGER = [
    *(seat(vote) for vote in ("running", "over", "counted")),
    withdrawn("counted"),
    *(lot(vote) for vote in ("draft", "running")),
    *(place(vote) for vote in ("draft", "running", "counted")),
    *(count_asked(ballot) for ballot in ("draft_ballot", "over_ballot", "counted_ballot")),
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
        seat("draft"),
        withdrawn("running"),
        lot("over"),
        place("over"),
        count_asked("hands"),
        "INSERT INTO meetings_secrecydemand (item_id, member_id, at) VALUES ({item}, {fay}, now())",
    ],
)
def test_what_is_right_goes_through(house: House, statement: str) -> None:
    """The statements above are refused for what is wrong with them, not because nothing would pass."""
    assert house.tried("application", statement)[0] is None


def test_no_trigger_stands_idle(house: House) -> None:
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_votes"]) == []
