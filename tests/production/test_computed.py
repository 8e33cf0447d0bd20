"""What only computes: clocks, what goes up, likeness, pictures, prices."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.production import clocks, escalation, pictures, prices
from coop.production.duplicates import Known, suggested
from coop.production.escalation import LEVELS, Waiting, after_meeting
from coop.production.pictures import Answered, Place, Step
from coop.production.prices import Four, Sold, obstacles_in_prices

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31))
MONDAY = datetime.date(2026, 10, 12)
IN_DAYS = {"safety": 1, "high": 3, "normal": 14, "low": 30}

# --- Clocks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "day"),
    [
        ("safety", (2026, 10, 13)),
        ("high", (2026, 10, 15)),
        ("normal", (2026, 10, 26)),
        ("low", (2026, 11, 11)),
    ],
)
def test_each_priority_has_its_clock(priority: str, day: tuple[int, int, int]) -> None:
    assert clocks.answer_due(MONDAY, priority, IN_DAYS) == datetime.date(*day)


def test_an_answer_on_the_last_day_is_in_time() -> None:
    due = clocks.answer_due(MONDAY, "safety", IN_DAYS)
    assert not clocks.is_late(due, due, due + datetime.timedelta(days=9))
    assert not clocks.is_late(due, None, due)
    assert clocks.is_late(due, None, due + datetime.timedelta(days=1))
    assert clocks.is_late(due, due + datetime.timedelta(days=1), due + datetime.timedelta(days=1))


@given(day=DAYS, days=st.integers(1, 15))
def test_figures_are_due_in_the_next_month(day: datetime.date, days: int) -> None:
    due = clocks.figures_due(day.year, day.month, days)
    assert (due - datetime.timedelta(days=days)).month == day.month
    assert due.day == days


# --- What goes up ---------------------------------------------------------------------------------------------------

WAITING = st.builds(Waiting, st.integers(1, 60), st.sampled_from(LEVELS), st.integers(0, 6))


@given(st.lists(WAITING, unique_by=lambda one: one.key), st.sets(st.integers(1, 60)), st.integers(1, 6))
def test_nothing_goes_up_that_was_touched_and_nothing_skips_a_level(
    waiting: list[Waiting], touched: set[int], limit: int
) -> None:
    after = after_meeting(waiting, touched=touched, limit=limit)
    assert [one.key for one in after] == [one.key for one in waiting]
    for was, now in zip(waiting, after, strict=True):
        climbed = LEVELS.index(now.level) - LEVELS.index(was.level)
        assert climbed in (0, 1)
        if was.key in touched:
            assert now == was._replace(untouched=0)
        elif climbed:
            assert (was.untouched + 1 >= limit, now.untouched) == (True, 0)
        else:
            assert now.untouched == was.untouched + 1
            assert now.untouched < limit or now.level == "assembly"


@given(st.integers(1, 6))
def test_left_by_every_meeting_it_is_before_the_assembly_after_three_times_the_limit(limit: int) -> None:
    waiting = [Waiting(1, "meeting", 0)]
    for _meeting in range(3 * limit):
        assert waiting[0].level != "assembly"
        waiting = after_meeting(waiting, touched=[], limit=limit)
    assert waiting == [Waiting(1, "assembly", 0)]


def test_a_limit_of_no_meetings_is_a_fault() -> None:
    with pytest.raises(ValueError):
        after_meeting([], touched=[], limit=0)


def test_levels_lead_up_and_down() -> None:
    for level in LEVELS[:-1]:
        higher = escalation.above(level)
        assert higher is not None
        assert escalation.below(higher) == level
    assert escalation.below("meeting") is None


# --- Likeness -------------------------------------------------------------------------------------------------------

KNOWN = [
    Known(1, 10, "Crane 4 brake slips with a full ladle"),
    Known(2, 10, "Cold canteen on nights"),
    Known(3, 20, "Press 2 loses 40 litres of oil a day"),
]


def test_the_same_words_in_another_order_are_found_without_accents_and_case() -> None:
    assert suggested("el FRENO de la grúa resbala", 10, [Known(9, 10, "Resbala freno grua")]) == [9]
    assert suggested("brake of crane 4 is slipping", 10, KNOWN) == [1]


def test_of_another_place_it_takes_more_likeness() -> None:
    words = "oil on the floor at press 1"
    here = [Known(4, 20, "Oil leaks below press 1")]
    assert suggested(words, 20, here) == [4]
    assert suggested(words, 10, here) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=8))
def test_at_most_three_are_suggested_and_none_twice(words: str, others: list[str]) -> None:
    found = suggested(words, 1, [Known(key, 1, other) for key, other in enumerate(others)])
    assert len(found) == len(set(found)) <= 3


@given(
    st.text(min_size=8, max_size=60).filter(
        lambda text: len("".join(c for c in text if c.isascii() and c.isalnum())) >= 8
    )
)
def test_what_is_written_twice_is_found(words: str) -> None:
    assert suggested(words, 1, [Known(5, 1, words)]) == [5]


# --- Pictures -------------------------------------------------------------------------------------------------------

LIFE = ("", "open", "in_progress", "solved", "verified")
LIVES = st.lists(st.lists(DAYS, min_size=1, max_size=4).map(sorted), max_size=20)


@given(LIVES, st.lists(DAYS, min_size=1, max_size=6).map(sorted))
def test_on_each_day_every_problem_that_was_raised_stands_somewhere(
    lives: list[list[datetime.date]], ends: list[datetime.date]
) -> None:
    steps = [Step(day, LIFE[place], LIFE[place + 1]) for life in lives for place, day in enumerate(life)]
    for end, standing in zip(ends, pictures.over_time(steps, ends), strict=True):
        assert sum(standing.values()) == sum(life[0] <= end for life in lives)
        assert all(number > 0 for number in standing.values())
        for place, state in enumerate(LIFE[1:], 1):
            reached = [life for life in lives if sum(day <= end for day in life) == place]
            assert standing.get(state, 0) == len(reached)


@given(
    st.lists(
        st.builds(
            Answered, st.sampled_from(clocks.PRIORITIES), st.integers(0, 90), st.booleans(), st.integers(1, 5)
        )
    )
)
def test_speeds_are_those_of_every_single_answer(answers: list[Answered]) -> None:
    found = pictures.speeds(answers)
    for priority in clocks.PRIORITIES:
        days = sorted(one.days for one in answers if one.priority == priority for _each in range(one.number))
        if not days:
            assert priority not in found
            continue
        in_time = sum(one.number for one in answers if one.priority == priority and not one.late)
        assert found[priority] == (
            len(days),
            days[(len(days) - 1) // 2],
            days[-1],
            Fraction(in_time, len(days)),
        )


def test_places_where_it_comes_back_stand_in_order() -> None:
    places = [Place(1, "quality", 2), Place(1, "quality", 1, 3), Place(2, "supply", 2), Place(3, "output", 3)]
    assert pictures.recurring(places) == [Place(1, "quality", 3, 3), Place(3, "output", 3, 0)]


def test_the_oldest_has_its_age_and_nothing_is_no_share() -> None:
    assert pictures.age_of_oldest([MONDAY, MONDAY - datetime.timedelta(days=40)], MONDAY) == 40
    assert pictures.age_of_oldest([], MONDAY) is None
    assert pictures.share_of(402, 420) == Fraction(67, 70)
    assert pictures.share_of(402, 0) is None


# --- Prices ---------------------------------------------------------------------------------------------------------

MONEY = st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100)


def four(*amounts: str) -> Four:
    return Four(*(Decimal(amount) for amount in amounts))


@pytest.mark.parametrize(
    ("amounts", "why"),
    [
        (("71.50", "78", "104", "116.48"), []),
        (("71.50", "78", "104", "116.49"), ["support-price-too-high"]),
        (("71.50", "71.49", "104", "116"), ["price-under-cost"]),
        (("71.50", "105", "104", "116"), ["prices-out-of-order"]),
        (("71.50", "78", "104", "103"), ["prices-out-of-order"]),
        (("-1", "78", "104", "104"), ["price-below-zero"]),
        (("0", "0", "0", "0"), ["price-below-zero"]),
        (("71.50", "71.50", "71.50", "71.50"), []),
    ],
)
def test_prices_stand_in_order_and_within_the_bylaws(amounts: tuple[str, ...], why: list[str]) -> None:
    assert [reason.code for reason in obstacles_in_prices(four(*amounts), support_percent=12)] == why


def test_under_cost_a_decision_says_so() -> None:
    under = four("71.50", "60", "104", "116")
    assert obstacles_in_prices(under, support_percent=12, below_cost_by="D GA 2026-3") == []
    assert obstacles_in_prices(under, support_percent=12, below_cost_by="  ") != []


@given(MONEY, MONEY, MONEY, MONEY, st.integers(0, 30))
def test_what_passes_is_in_order(
    cost: Decimal, peer: Decimal, market: Decimal, support: Decimal, percent: int
) -> None:
    if not obstacles_in_prices(Four(cost, peer, market, support), support_percent=percent):
        assert 0 <= cost <= peer <= market <= support <= prices.highest_support(market, percent)


SALES = st.lists(st.builds(Sold, st.sampled_from(prices.KINDS), MONEY, MONEY, MONEY), max_size=9)


@given(SALES, SALES)
def test_the_balance_of_two_years_is_the_sum_of_both(first: list[Sold], second: list[Sold]) -> None:
    one, other, both = prices.balance(first), prices.balance(second), prices.balance(first + second)
    assert (both.given, both.received) == (one.given + other.given, one.received + other.received)
    assert both.given >= 0
    assert both.received >= 0
    assert both.left == both.received - both.given


def test_a_kind_that_nobody_knows_has_no_price() -> None:
    assert four("1", "2", "3", "4").of("support") == 4
    with pytest.raises(ValueError):
        four("1", "2", "3", "4").of("friends")
