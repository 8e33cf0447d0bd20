"""The days of an election are in order, whatever the days between the call and the vote."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.elections.terms_in_a_row import BRIDGED, in_a_row
from coop.elections.timetable import timetable

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2090, 1, 1))


@given(DAYS, st.integers(6, 400), st.integers(0, 10))
def test_days_come_in_order(called: datetime.date, between: int, challenge: int) -> None:
    days = timetable(called, called + datetime.timedelta(days=between), challenge_days=challenge)
    assert days.in_order()
    assert (days.called, (days.vote - days.called).days) == (called, between)
    assert (
        days.called < days.candidates_until < days.objections_until < days.final + datetime.timedelta(days=1)
    )
    assert days.final < days.vote
    assert (days.challenge_until - days.proclaimed).days == challenge


@given(DAYS, st.integers(-3, 5))
def test_fewer_than_six_days_are_too_few(called: datetime.date, between: int) -> None:
    with pytest.raises(ValueError, match="six days"):
        timetable(called, called + datetime.timedelta(days=between), challenge_days=3)


@given(st.lists(st.booleans(), max_size=8))
def test_terms_in_a_row_are_those_after_the_last_pause(pauses: list[bool]) -> None:
    """Each term lasts a year; before some of them lies a pause that is too long."""
    day = datetime.datetime(2020, 3, 1, tzinfo=datetime.UTC)
    terms, expected = [], 0
    for paused in pauses:
        day += 2 * BRIDGED if paused else datetime.timedelta(days=5)
        terms.append((day, day + datetime.timedelta(days=365)))
        day = terms[-1][1]
        expected = 1 if paused else expected + 1
    assert in_a_row(terms) == expected
