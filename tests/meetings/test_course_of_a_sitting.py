"""The course of a sitting: a pause stops the speaker's clock, what is carried is done, the end ends everything."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.meetings import actions
from coop.meetings.debate import speakers_clock
from coop.meetings.models import ItemCall, Meeting, Pause, ProceduralMotion, Sitting, Turn
from coop.meetings.speaking import Floor, Moved, floor_of
from coop.refusals import Refused
from tests import make

MINUTE = datetime.timedelta(minutes=1)
NOON = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """Item 2 is under way."""
    made = make.meeting_in_session(plant)
    actions.call_item(item=made.items.get(number=2), sitting=sitting_of(made), by=plant.bo, at=make.now())
    return made


def sitting_of(meeting: Meeting) -> Sitting:
    return Sitting.objects.select_related("meeting").get(meeting=meeting, number=1)


def floor(plant: make.Plant, meeting: Meeting) -> Floor:
    return floor_of(meeting.items.get(number=2), sitting_of(meeting), plant.cooperative.bylaws.get())


def eve_speaks(plant: make.Plant, meeting: Meeting, at: datetime.datetime) -> Turn:
    turn = actions.ask_for_floor(sitting=sitting_of(meeting), member=plant.eve, by=plant.eve, at=at)
    return actions.give_floor(turn=turn, by=plant.bo, at=at)


def carried(plant: make.Plant, meeting: Meeting, kind: str) -> ProceduralMotion:
    moved = Moved(kind, plant.fay, votes_for=5, votes_against=1)
    return actions.move_order(sitting=sitting_of(meeting), moved=moved, by=plant.bo, at=make.now())


# --- the clock ---------------------------------------------------------------------------------------------


@given(
    seconds=st.integers(1, 3600),
    lengths=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 7200)), max_size=6),
    rests=st.booleans(),
)
def test_no_pause_takes_a_second_from_whoever_speaks(
    seconds: int, lengths: list[tuple[int, int]], rests: bool
) -> None:
    """What is spoken and what is left add up to the time allowed, however often and long the sitting rests."""
    moment, spoken, pauses = NOON, 0, []
    for talks, rest in lengths:
        since = moment + datetime.timedelta(seconds=talks)
        moment, spoken = since + datetime.timedelta(seconds=rest), spoken + talks
        pauses.append((since, moment))
    if rests and pauses:
        pauses[-1] = (pauses[-1][0], None)
        clock = speakers_clock(NOON, seconds, pauses)
        assert (clock.ends_at, clock.left) == (None, seconds - spoken)
    else:
        clock = speakers_clock(NOON, seconds, pauses)
        assert clock.ends_at is not None
        assert (clock.ends_at - moment).total_seconds() == seconds - spoken


def test_a_clock_that_stands_in_figures() -> None:
    assert speakers_clock(NOON, 180, [(NOON + MINUTE, None)]).left_in_figures == "2:00"
    over = speakers_clock(NOON, 60, [(NOON + 95 / 60 * MINUTE, None)])
    assert (over.left, over.left_in_figures) == (-35, "0:35")


@pytest.mark.django_db
def test_a_pause_stops_the_clock_and_it_goes_on_with_what_was_left(
    plant: make.Plant, meeting: Meeting
) -> None:
    at = make.now()
    eve_speaks(plant, meeting, at)
    assert floor(plant, meeting).clock.ends_at == at + 3 * MINUTE  # type: ignore[union-attr]
    actions.pause_sitting(sitting=sitting_of(meeting), because="Alarm", by=plant.bo, at=at + MINUTE)
    assert floor(plant, meeting).clock.left == 120  # type: ignore[union-attr]
    actions.go_on(sitting=sitting_of(meeting), by=plant.bo, at=at + 21 * MINUTE)
    assert floor(plant, meeting).clock.ends_at == at + 23 * MINUTE  # type: ignore[union-attr]
    assert floor(plant, meeting).speaking is not None


@pytest.mark.django_db
def test_nothing_is_put_to_the_vote_or_moved_in_a_pause(plant: make.Plant, meeting: Meeting) -> None:
    actions.pause_sitting(sitting=sitting_of(meeting), because="Alarm", by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="sitting-rests"):
        actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="sitting-rests"):
        carried(plant, meeting, "close_list")
    actions.go_on(sitting=sitting_of(meeting), by=plant.bo, at=make.now())
    actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())


# --- the end -----------------------------------------------------------------------------------------------


def adjourned(plant: make.Plant, meeting: Meeting, at: datetime.datetime) -> None:
    starts_at = at + make.days(2)
    actions.adjourn(sitting=sitting_of(meeting), starts_at=starts_at, because="Late", by=plant.bo, at=at)


def closed(plant: make.Plant, meeting: Meeting, at: datetime.datetime) -> None:
    actions.close_meeting(meeting=meeting, by=plant.bo, at=at)


def closed_alone(plant: make.Plant, meeting: Meeting, at: datetime.datetime) -> None:
    actions.close_sitting(sitting=sitting_of(meeting), by=plant.bo, at=at)


@pytest.mark.django_db
@pytest.mark.parametrize("end", [adjourned, closed, closed_alone])
def test_with_the_sitting_ends_what_is_open_in_it(plant: make.Plant, meeting: Meeting, end: Any) -> None:
    at = make.now()
    turn = eve_speaks(plant, meeting, at)
    waits = actions.ask_for_floor(sitting=sitting_of(meeting), member=plant.fay, by=plant.fay, at=at)
    actions.pause_sitting(sitting=sitting_of(meeting), because="Alarm", by=plant.bo, at=at + MINUTE)
    end(plant, meeting, at + 2 * MINUTE)
    assert ItemCall.objects.get().ended_at == at + 2 * MINUTE
    assert Turn.objects.get(pk=turn.pk).ended_at == at + 2 * MINUTE
    assert Pause.objects.get().until == at + 2 * MINUTE
    unheard = Turn.objects.get(pk=waits.pk)
    assert (unheard.began_at, unheard.ended_at, unheard.withdrawn_at) == (None, None, None)


# --- what is carried is done -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_count_that_was_carried_comes_before_the_next_vote(plant: make.Plant, meeting: Meeting) -> None:
    item = meeting.items.get(number=2)
    moved = carried(plant, meeting, "count")
    assert moved.outcome == "carried"
    with pytest.raises(Refused, match="count-comes-first"):
        actions.open_vote(item=item, by=plant.bo, at=make.now())
    actions.count_people(sitting=sitting_of(meeting), asked_by=plant.fay, by=plant.bo, at=make.now())
    actions.open_vote(item=item, by=plant.bo, at=make.now())


@pytest.mark.django_db
def test_a_count_that_was_not_carried_asks_for_nothing(plant: make.Plant, meeting: Meeting) -> None:
    lost = Moved("count", plant.fay, votes_for=1, votes_against=5)
    actions.move_order(sitting=sitting_of(meeting), moved=lost, by=plant.bo, at=make.now())
    actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
