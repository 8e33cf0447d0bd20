"""Costs and envelopes as they come in, whole or with decimals; exact."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

Cost = int | Decimal


def checked_costs(costs: Mapping[str, Cost], envelope: Cost, votes: Mapping[str, int]) -> dict[str, int]:
    """The votes of every project, in the order of the costs.

    Raises ValueError on a project that costs nothing, an envelope below zero, a number that is none, votes
    for a project that is not there or below zero.
    """
    if not all(Decimal(cost).is_finite() and cost > 0 for cost in costs.values()):
        raise ValueError("a project costs something")
    if not Decimal(envelope).is_finite() or envelope < 0:
        raise ValueError("an envelope is not below zero")
    if strangers := set(votes) - set(costs):
        raise ValueError(f"{min(strangers)!r} is not one of the projects")
    if any(number < 0 for number in votes.values()):
        raise ValueError("a count below zero")
    return {code: votes.get(code, 0) for code in costs}


def as_number(amount: Cost | Fraction) -> int | str:
    """An amount for a fact: whole numbers as they are, others as text, so that no digit is lost.

    >>> as_number(Decimal("60700.00")), as_number(Decimal("0.50")), as_number(Fraction(7200, 43))
    (60700, '0.5', '7200/43')
    """
    exact = Fraction(amount)
    if exact.denominator == 1:
        return exact.numerator
    return str(exact) if isinstance(amount, Fraction) else f"{amount.normalize():f}"  # type: ignore[union-attr]
