"""Two at the desk press the same at once: the second reads the reason, and nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from coop.asked_often import Often, given
from coop.meetings import actions as meetings
from coop.meetings.actions import locks
from coop.meetings.models import ItemCall, Meeting, Sitting, Turn
from coop.members.models import Power
from tests import make
from tests.races.race import one_after_the_other, refusals

pytestmark = pytest.mark.usefixtures("committed_db")
Act = Callable[[], Any]


def in_session(plant: make.Plant) -> Meeting:
    """Item 2 is under way."""
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant)])
    meetings.call_item(item=meeting.items.get(number=2), sitting=of(meeting), by=plant.bo, at=make.now())
    return meeting


def of(meeting: Meeting) -> Sitting:
    return Sitting.objects.select_related("meeting").get(meeting=meeting)


def asking(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    ask = {"sitting": of(meeting), "member": plant.eve}
    return (
        lambda: meetings.ask_for_floor(**ask, by=plant.eve, at=make.now()),
        lambda: meetings.ask_for_floor(**ask, by=plant.ana, at=make.now()),
    )


def giving(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    turn = meetings.ask_for_floor(sitting=of(meeting), member=plant.eve, by=plant.eve, at=make.now())
    give = lambda by: lambda: meetings.give_floor(turn=turn, by=by, at=make.now())  # noqa: E731
    return give(plant.ana), give(plant.bo)


def ending_a_speech(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    turn = meetings.ask_for_floor(sitting=of(meeting), member=plant.eve, by=plant.eve, at=make.now())
    meetings.give_floor(turn=turn, by=plant.ana, at=make.now())
    end = lambda by: lambda: meetings.end_turn(turn=turn, by=by, at=make.now())  # noqa: E731
    return end(plant.eve), end(plant.bo)


def calling(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    call = {"item": meeting.items.get(number=3), "sitting": of(meeting)}
    return (
        lambda: meetings.call_item(**call, by=plant.ana, at=make.now()),
        lambda: meetings.call_item(**call, by=plant.bo, at=make.now()),
    )


def pausing(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    rest = {"sitting": of(meeting), "because": "Alarm"}
    return (
        lambda: meetings.pause_sitting(**rest, by=plant.ana, at=make.now()),
        lambda: meetings.pause_sitting(**rest, by=plant.bo, at=make.now()),
    )


def closing(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    return (
        lambda: meetings.close_sitting(sitting=of(meeting), by=plant.ana, at=make.now()),
        lambda: meetings.close_sitting(sitting=of(meeting), by=plant.bo, at=make.now()),
    )


def adjourning(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    later = {"sitting": of(meeting), "starts_at": make.now() + make.days(2), "because": "Late"}
    return (
        lambda: meetings.adjourn(**later, by=plant.ana, at=make.now()),
        lambda: meetings.adjourn(**later, by=plant.bo, at=make.now()),
    )


def announcing(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    item = meeting.items.get(number=2)
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    make.cast(decision.ballot, plant.ana)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    return (
        lambda: meetings.announce(item=item, by=plant.ana, at=make.now()),
        lambda: meetings.announce(item=item, by=plant.bo, at=make.now()),
    )


def naming(plant: make.Plant, meeting: Meeting) -> tuple[Act, Act]:
    name = {"sitting": of(meeting), "power": Power.CHAIR, "member": plant.gus}
    return (
        lambda: meetings.name_for_the_day(**name, by=plant.ana, at=make.now()),
        lambda: meetings.name_for_the_day(**name, by=plant.bo, at=make.now()),
    )


SECOND_READS = {
    asking: "waits-already",
    giving: "turn-is-over",
    ending_a_speech: "does-not-speak",
    calling: "item-called-already",
    pausing: "sitting-rests",
    closing: "sitting-closed-already",
    adjourning: "no-open-sitting",
    announcing: "announced-already",
    naming: "named-for-the-day-already",
}


def test_of_two_presses_the_second_reads_why_not() -> None:
    plant = make.plant()
    found = {}
    for acts in SECOND_READS:
        found[acts] = refusals(one_after_the_other(*acts(plant, in_session(plant))))
    assert found == {acts: [code] for acts, code in SECOND_READS.items()}


def test_two_desks_call_two_speakers_and_one_speaks() -> None:
    """Each presses on who is first then; one speech ends with the next, and two never run at once."""
    plant = make.plant()
    meeting = in_session(plant)
    turns = [
        meetings.ask_for_floor(sitting=of(meeting), member=who, by=who, at=make.now())
        for who in (plant.eve, plant.fay)
    ]
    give = lambda turn, by: lambda: meetings.give_floor(turn=turn, by=by, at=make.now())  # noqa: E731
    both = one_after_the_other(give(turns[0], plant.ana), give(turns[1], plant.bo))
    assert refusals(both) == []
    first, second = Turn.objects.order_by("pk")
    assert first.ended_at == second.began_at
    assert (first.member, second.member, second.ended_at) == (plant.eve, plant.fay, None)
    assert ItemCall.objects.filter(ended_at=None).count() == 1


def test_control_without_the_lock_only_postgresql_stops_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are told yes by the rules; whoever comes later reads that the house has a fault, and not why."""
    plant = make.plant()
    made = {acts: acts(plant, in_session(plant)) for acts in SECOND_READS}
    unheld = Meeting.objects.select_related("cooperative__chain", "body", "register")
    monkeypatch.setattr(locks, "HELD", Often(lambda: unheld.filter(pk=given("meeting"))))
    plain = QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet,
        "select_for_update",
        lambda rows, **how: rows if rows.model is Sitting else plain(rows, **how),
    )
    found = {acts: type(one_after_the_other(*pair)[1]) for acts, pair in made.items()}
    assert found == dict.fromkeys(SECOND_READS, IntegrityError)
