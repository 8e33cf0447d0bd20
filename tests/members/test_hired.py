"""Hired work: shares of hours to the last hour, and how long somebody has been here."""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.hired import (
    Hours,
    Stay,
    first_day,
    last_day,
    over,
    percent,
    quarter_of,
    quarters_until,
    share,
    work,
)

DAY = datetime.date
some = st.integers(0, 10**9)
hours = st.builds(
    lambda members, hired, outside: Hours(members, hired, min(hired, outside)), some, some, some
)
limits = st.integers(0, 30).map(lambda percent: Fraction(percent, 100))


@given(hours, limits)
def test_what_is_over_is_over_by_all_three_figures(worked: Hours, limit: Fraction) -> None:
    part = share(worked)
    assert 0 <= part <= 1
    assert (over(worked, limit) > 0) == (part > limit)
    assert (percent(part, limit) > limit * 100) == (part > limit)
    assert abs(Fraction(percent(part, limit)) - part * 100) < Fraction(1, 10)


@given(hours, limits)
def test_the_hours_over_are_the_fewest_whose_absence_would_keep_the_limit(
    worked: Hours, limit: Fraction
) -> None:
    """Taken from hired to members, one for one: with so many hours less the limit is kept, with one fewer it is not."""
    much = over(worked, limit)
    if much > 0:
        assert share(Hours(worked.members + much, worked.hired - much, worked.outside)) <= limit
        fewer = Hours(worked.members + much - 1, worked.hired - much + 1, worked.outside)
        assert share(fewer) > limit


@given(hours)
def test_replacements_and_trainees_do_not_count(worked: Hours) -> None:
    assert share(worked._replace(outside=worked.hired)) == 0
    assert share(worked._replace(outside=0)) >= share(worked)


def test_nobody_worked() -> None:
    assert share(Hours(0, 0, 0)) == 0
    assert over(Hours(0, 0, 0), Fraction(1, 10)) == 0


def test_the_example_of_the_page() -> None:
    worked = Hours(members=12_376, hired=1_800, outside=42)
    assert str(percent(share(worked), Fraction(1, 10))) == "12.5"
    assert over(worked, Fraction(1, 10)) == 341  # 1,758 of 14,176, where 1,417.6 are allowed


@given(st.dates(DAY(1990, 1, 1), DAY(2100, 1, 1)))
def test_every_day_lies_in_its_quarter(day: datetime.date) -> None:
    year, quarter = quarter_of(day)
    assert first_day(year, quarter) <= day <= last_day(year, quarter)
    assert quarter_of(last_day(year, quarter) + datetime.timedelta(days=1)) != (year, quarter)


def test_the_quarters_before() -> None:
    assert quarters_until(DAY(2026, 5, 3), 4) == [(2026, 2), (2026, 1), (2025, 4), (2025, 3)]


def hired(since: DAY, until: DAY | None, ends: DAY | None, **more: bool) -> Stay:
    return Stay("hired", since, until, ends, **more)


def test_five_renewals_are_six_contracts() -> None:
    days = [DAY(2026, month, 1) for month in range(1, 8)]
    stays = [hired(first, last, last) for first, last in itertools.pairwise(days)]
    found = work([*stays[:-1], stays[-1]._replace(until=None)])
    assert found is not None
    assert (found.contracts, found.since, found.ends) == (6, DAY(2026, 1, 1), DAY(2026, 7, 1))
    assert found.may_ask_from == DAY(2026, 7, 1)


def test_sick_leave_is_no_new_contract() -> None:
    ends = DAY(2026, 9, 30)
    found = work(
        [
            hired(DAY(2026, 4, 1), DAY(2026, 5, 1), ends),
            hired(DAY(2026, 5, 1), DAY(2026, 5, 20), DAY(2026, 5, 19), working=False),
            hired(DAY(2026, 5, 20), None, None),
        ]
    )
    assert found is not None
    assert (found.contracts, found.ends) == (1, ends)


@pytest.mark.parametrize(("back", "since", "contracts"), [(30, DAY(2026, 1, 1), 2), (31, DAY(2026, 4, 1), 1)])
def test_a_month_apart_begins_anew_and_a_shorter_pause_does_not(
    back: int, since: DAY, contracts: int
) -> None:
    left = DAY(2026, 4, 1) - datetime.timedelta(days=back)
    stays = [
        hired(DAY(2026, 1, 1), left, left),
        hired(left, DAY(2026, 4, 1), None, gone=True),
        hired(DAY(2026, 4, 1), None, DAY(2026, 6, 30)),
    ]
    found = work(stays)
    assert found is not None
    assert (found.since, found.contracts) == (since, contracts)


def test_a_trial_after_a_hire_is_counted_from_its_own_first_day() -> None:
    found = work(
        [
            hired(DAY(2026, 1, 1), DAY(2026, 3, 1), DAY(2026, 3, 1)),
            Stay("trial", DAY(2026, 3, 1), None, DAY(2026, 8, 31)),
        ]
    )
    assert found is not None
    assert (found.since, found.kind_since, found.contracts) == (DAY(2026, 1, 1), DAY(2026, 3, 1), 2)


def test_who_is_no_such_person() -> None:
    was = hired(DAY(2026, 1, 1), DAY(2026, 2, 1), None)
    assert work([]) is None
    assert work([was, Stay("member", DAY(2026, 2, 1), None, None)]) is None
    assert work([was, hired(DAY(2026, 2, 1), None, None, gone=True)]) is None
    came_back = [Stay("member", DAY(2020, 1, 1), DAY(2026, 5, 1), None), hired(DAY(2026, 5, 1), None, None)]
    found = work(came_back)
    assert found is not None
    assert found.since == DAY(2026, 5, 1)
