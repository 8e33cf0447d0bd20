"""When a line is off its plan: for any amounts and months, and at the very edge."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.budget.balance import Side
from coop.budget.watch import Alarm, alarm

AMOUNTS = st.decimals(0, 10**12, places=2)
MONTHS = st.integers(0, 12)


@given(AMOUNTS, MONTHS)
def test_what_is_spent_evenly_is_never_off(plan: Decimal, months: int) -> None:
    so_far = plan * months / 12
    for side in Side:
        assert alarm(side, plan=plan, so_far=min(so_far, plan), months=months) is None


@given(AMOUNTS, AMOUNTS, MONTHS)
def test_more_out_is_never_better_and_more_in_never_worse(
    plan: Decimal, so_far: Decimal, months: int
) -> None:
    order = [None, Alarm.AHEAD, Alarm.OVER]
    facts = {"plan": plan, "months": months}
    more = so_far + Decimal("0.01")
    assert order.index(alarm(Side.EXPENSE, so_far=more, **facts)) >= order.index(
        alarm(Side.EXPENSE, so_far=so_far, **facts)
    )
    if alarm(Side.INCOME, so_far=so_far, **facts) is None:
        assert alarm(Side.INCOME, so_far=more, **facts) is None


def test_a_unit_over_the_whole_plan_is_told_in_every_month() -> None:
    for months in range(13):
        assert alarm(Side.EXPENSE, plan=Decimal(0), so_far=Decimal("0.01"), months=months) == Alarm.OVER
        assert alarm(Side.INCOME, plan=Decimal(0), so_far=Decimal(0), months=months) is None


def test_the_edge_is_a_tenth_of_the_year() -> None:
    third = {"plan": Decimal(100), "months": 4}  # 33.33… so far
    assert alarm(Side.EXPENSE, so_far=Decimal("43.33"), **third) is None
    assert alarm(Side.EXPENSE, so_far=Decimal("43.34"), **third) == Alarm.AHEAD
    assert alarm(Side.INCOME, so_far=Decimal("23.34"), **third) is None
    assert alarm(Side.INCOME, so_far=Decimal("23.33"), **third) == Alarm.LATE


@pytest.mark.parametrize("months", [-1, 13])
def test_a_year_has_twelve_months(months: int) -> None:
    with pytest.raises(ValueError, match="no number of months"):
        alarm(Side.INCOME, plan=Decimal(1), so_far=Decimal(1), months=months)
