"""Last lawful days of each step, and meetings that come back: exact days, and what holds for every date."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.meetings.calendar import (
    Days,
    Step,
    first_meeting_day,
    last_notice_day,
    register_closing_day,
    timetable,
    turns,
)

day = datetime.date
ONE = datetime.timedelta(days=1)

DAYS = Days(
    notice=15,
    ends_counted=False,
    register_closing=15,
    claims=3,
    late_items_until=None,
    new_agenda=4,
    sitting_minutes=5,
    minutes=15,
    objections=5,
    authority=30,
    challenge=90,
)
SPAIN = DAYS._replace(late_items_until=8)
ASSEMBLY = day(2026, 11, 28)


def table(first: day, last: day, days: Days, **more: day) -> dict[str, str]:
    return {line.step.value: line.day.isoformat() for line in timetable(first, last, days, **more)}


def test_the_assembly_of_november() -> None:
    """The notice is out on 12 November at the latest, and the register closes on the 13th."""
    assert table(ASSEMBLY, ASSEMBLY, DAYS) == {
        "requests": "2026-11-12",
        "notice": "2026-11-12",
        "papers": "2026-11-12",
        "register": "2026-11-13",
        "claims": "2026-11-17",
        "meeting": "2026-11-28",
        "minutes": "2026-12-13",
        "objections": "2026-12-18",
        "authority": "2026-12-28",
        "challenge": "2027-02-26",
    }


def test_where_items_still_come_in_after_the_notice() -> None:
    """Eight days after posting, and the new agenda hangs with four whole days between."""
    found = table(ASSEMBLY, ASSEMBLY, SPAIN)
    assert (found["late-items"], found["new-agenda"]) == ("2026-11-20", "2026-11-23")
    early = table(ASSEMBLY, ASSEMBLY, SPAIN, posted=day(2026, 11, 2))
    assert (early["requests"], early["late-items"]) == ("2026-11-02", "2026-11-10")
    short = table(ASSEMBLY, ASSEMBLY, SPAIN._replace(notice=5))
    assert short["late-items"] == short["new-agenda"] == "2026-11-23"  # never after the agenda must hang


def test_what_follows_is_counted_from_the_last_sitting() -> None:
    found = table(ASSEMBLY, ASSEMBLY + ONE, DAYS)
    assert (found["notice"], found["last-sitting"]) == ("2026-11-12", "2026-11-29")
    assert (found["sitting-minutes"], found["minutes"]) == ("2026-12-04", "2026-12-14")


def test_the_days_of_posting_and_meeting_may_count() -> None:
    found = table(ASSEMBLY, ASSEMBLY, SPAIN._replace(ends_counted=True))
    assert (found["notice"], found["new-agenda"]) == ("2026-11-13", "2026-11-24")


def test_a_council_sends_nothing_to_the_authority_and_claims_end_with_the_meeting() -> None:
    found = table(ASSEMBLY, ASSEMBLY, DAYS._replace(notice=3, register_closing=2, authority=0))
    assert (found["notice"], found["register"], found["claims"]) == ("2026-11-24", "2026-11-26", "2026-11-28")
    assert "authority" not in found


numbers = st.integers(min_value=0, max_value=90)
dates = st.dates(min_value=day(2000, 1, 1), max_value=day(2090, 12, 31))
rules = st.builds(
    Days,
    notice=numbers,
    ends_counted=st.booleans(),
    register_closing=numbers,
    claims=st.integers(0, 10),
    late_items_until=st.none() | st.integers(1, 15),
    new_agenda=st.integers(1, 10),
    sitting_minutes=numbers,
    minutes=numbers,
    objections=numbers,
    authority=numbers,
    challenge=numbers,
)


@given(dates, numbers, st.booleans())
def test_whole_days_lie_between_notice_and_meeting(meeting: day, days: int, ends: bool) -> None:
    last = last_notice_day(meeting, notice_days=days, ends_counted=ends)
    between = (meeting - last).days - 1
    assert between + (1 if ends else 0) == days
    assert first_meeting_day(last, notice_days=days, ends_counted=ends) == meeting
    assert first_meeting_day(last + ONE, notice_days=days, ends_counted=ends) == meeting + ONE


@given(dates, st.integers(0, 3), rules)
def test_every_table_is_in_order_and_whole(first: day, more: int, days: Days) -> None:
    lines = timetable(first, first + more * ONE, days)
    found = {line.step: line.day for line in lines}
    assert [line.day for line in lines] == sorted(line.day for line in lines)
    assert len(found) == len(lines)
    assert found[Step.REQUESTS] == found[Step.NOTICE] == found[Step.PAPERS]
    assert found[Step.REGISTER] == register_closing_day(first, days_before=days.register_closing)
    assert found[Step.CLAIMS] <= found[Step.MEETING] == first <= found[Step.MINUTES] <= found[Step.OBJECTIONS]
    assert (Step.AUTHORITY in found) == (days.authority > 0)
    assert (Step.LATE_ITEMS in found) == (days.late_items_until is not None) == (Step.NEW_AGENDA in found)
    assert found.get(Step.LATE_ITEMS, first) <= found.get(Step.NEW_AGENDA, first)
    assert (Step.LAST_SITTING in found) == (more > 0)


# --- Meetings that come back ------------------------------------------------------------------------------


def held(first: day, count: int, **more: object) -> list[str]:
    return [turn.held_on.isoformat() for turn in itertools.islice(turns(first, **more), count)]  # type: ignore[arg-type]


def test_every_fortnight_around_a_holiday() -> None:
    assert held(day(2026, 12, 11), 4, every_days=14, holidays=[day(2026, 12, 25), day(2026, 12, 26)]) == [
        "2026-12-11",
        "2026-12-27",  # put off twice
        "2027-01-08",  # the rhythm goes on
        "2027-01-22",
    ]


def test_one_that_is_put_off_to_the_next_is_no_second_meeting() -> None:
    assert held(day(2026, 12, 24), 3, every_days=1, holidays=[day(2026, 12, 25)]) == [
        "2026-12-24",
        "2026-12-26",
        "2026-12-27",
    ]


def test_since_a_day_gives_the_same_turns() -> None:
    holidays = [day(2026, 12, 25), day(2026, 12, 26)]
    found = next(turns(day(2026, 12, 11), every_days=14, holidays=holidays, since=day(2026, 12, 26)))
    assert (found.number, found.on, found.held_on) == (1, day(2026, 12, 25), day(2026, 12, 27))


@given(
    dates,
    st.integers(1, 40),
    st.sets(st.integers(0, 200), max_size=20),
    st.integers(0, 250),
)
def test_turns_rise_keep_off_holidays_and_do_not_depend_on_where_one_begins_to_look(
    first: day, every: int, off: set[int], since: int
) -> None:
    holidays = {first + number * ONE for number in off}
    whole = list(
        itertools.takewhile(
            lambda turn: turn.held_on < first + 400 * ONE, turns(first, every_days=every, holidays=holidays)
        )
    )
    days = [turn.held_on for turn in whole]
    assert days == sorted(set(days))
    assert not set(days) & holidays
    assert all(turn.on == first + turn.number * every * ONE <= turn.held_on for turn in whole)
    later = turns(first, every_days=every, holidays=holidays, since=first + since * ONE)
    wanted = [turn for turn in whole if turn.held_on >= first + since * ONE][:5]
    assert list(itertools.islice(later, len(wanted))) == wanted


@pytest.mark.parametrize("every", [1, 366])
def test_the_widest_rhythms(every: int) -> None:
    assert held(ASSEMBLY, 2, every_days=every)[1] == (ASSEMBLY + every * ONE).isoformat()
