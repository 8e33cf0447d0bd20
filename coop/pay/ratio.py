"""The pay ratio of a month: the highest pay divided by the lowest, exact. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """One person of a month, as it was typed: who (number), which grade (code), how much of the month (per cent).

    `paid` is without supplements; those by their code. Amounts in the co-operative's currency.
    """

    number: int
    grade: str
    paid: Decimal
    share: Decimal = Decimal(100)
    supplements: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def month(self) -> Fraction:
        """What a whole month would have been: whoever worked half of it is compared with the others all the same."""
        return Fraction(self.paid) * 100 / Fraction(self.share)

    @property
    def month_with(self) -> Fraction:
        """The same with the supplements."""
        return Fraction(self.paid + sum(self.supplements.values(), Decimal(0))) * 100 / Fraction(self.share)


def highest_to_lowest(pays: Iterable[Fraction]) -> Fraction:
    """
    >>> highest_to_lowest([Fraction(1900), Fraction(2850), Fraction(2000)])
    Fraction(3, 2)

    Raises ValueError where nobody was paid.
    """
    found = list(pays)
    if not found or min(found) <= 0:
        raise ValueError("a ratio of nothing")
    return max(found) / min(found)


def due(amount: Decimal, share: Decimal, decimals: int) -> Decimal:
    """What a grade comes to for a part of a month: half a unit of the last place is rounded up.

    >>> due(Decimal("1900"), Decimal("33.33"), 2), due(Decimal("1900"), Decimal(100), 2)
    (Decimal('633.27'), Decimal('1900.00'))
    """
    return (amount * share / 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def as_text(ratio: Fraction) -> str:
    """
    >>> as_text(Fraction(3)), as_text(Fraction(57, 38))
    ('3/1', '3/2')
    """
    return f"{ratio.numerator}/{ratio.denominator}"
