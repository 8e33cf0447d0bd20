"""The ratio of a month is exact, whatever the amounts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.pay.ratio import Line, as_text, due, highest_to_lowest

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 9, places=2)
shares = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(100), places=2)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_it_is_the_highest_over_the_lowest_and_no_order_changes_it(pays: list[Decimal]) -> None:
    found = highest_to_lowest(map(Fraction, pays))
    assert found >= 1
    assert found * Fraction(min(pays)) == Fraction(max(pays))
    assert highest_to_lowest(map(Fraction, reversed(pays))) == found
    assert Fraction(as_text(found)) == found


@given(st.lists(amounts, min_size=1, max_size=30), amounts)
def test_raising_the_lowest_never_raises_it(pays: list[Decimal], more: Decimal) -> None:
    raised = sorted(pays)
    raised[0] = min(raised[0] + more, max(pays))
    assert highest_to_lowest(map(Fraction, raised)) <= highest_to_lowest(map(Fraction, pays))


@given(amounts, shares)
def test_half_a_month_is_compared_as_a_whole_one(amount: Decimal, share: Decimal) -> None:
    """Exact for what was paid; what is due is off by half a cent at most."""
    line = Line(1, "A", amount, share)
    assert line.month * Fraction(share) == Fraction(amount) * 100
    owed = due(amount, share, 2)
    assert abs(Fraction(owed) - Fraction(amount) * Fraction(share) / 100) <= Fraction(1, 200)


def test_supplements_count_in_the_second_ratio_only() -> None:
    line = Line(1, "A", Decimal(950), Decimal(50), {"night": Decimal(190)})
    assert (line.month, line.month_with) == (1900, 2280)


@pytest.mark.parametrize("pays", [[], [Fraction(0)], [Fraction(1), Fraction(0)]])
def test_nothing_has_no_ratio(pays: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        highest_to_lowest(pays)
