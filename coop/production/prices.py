"""Bounds of the four prices, and what solidarity gave and received in a year. Pure; amounts are exact.

cost <= peer <= market <= support. A peer price is for other plants of workers; a support price is paid freely above the
market by organisations that want jobs and wages to stay. The second pays for the first, or not: that is the balance.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from coop.refusals import Reason

KINDS = ("peer", "market", "support")
NOTHING = Decimal(0)


class Four(NamedTuple):
    """The prices of one unit of a product."""

    cost: Decimal
    peer: Decimal
    market: Decimal
    support: Decimal

    def of(self, kind: str) -> Decimal:
        """The list price for a kind of buyer; raises `ValueError` for a kind nobody knows."""
        return self[1 + KINDS.index(kind)]


class Sold(NamedTuple):
    """One sale: to which kind of buyer, how much, at what price, and the market price of that day."""

    kind: str
    quantity: Decimal
    price: Decimal
    market: Decimal


class Balance(NamedTuple):
    """`given`: what buyers at peer prices did not pay; `received`: what supporters paid above the market."""

    given: Decimal
    received: Decimal

    @property
    def left(self) -> Decimal:
        return self.received - self.given


def highest_support(market: Decimal, percent: int) -> Decimal:
    """The highest support price that the bylaws allow.

    >>> highest_support(Decimal("104.00"), 12)
    Decimal('116.48')
    """
    return market * (100 + percent) / 100


def lowest_without_decision(listed: Decimal, percent: int) -> Decimal:
    """Below this a sale needs a decision of its own.

    >>> lowest_without_decision(Decimal("2490.00"), 5)
    Decimal('2365.50')
    """
    return listed * (100 - percent) / 100


def obstacles_in_prices(four: Four, *, support_percent: int, below_cost_by: str = "") -> list[Reason]:
    """In order, within the bylaws, and under cost only by a decision that says so."""
    reasons = []
    if any(price < 0 for price in four) or not four.market:
        reasons.append(Reason("price-below-zero"))
    if not four.peer <= four.market <= four.support:
        reasons.append(Reason("prices-out-of-order"))
    if four.peer < four.cost and not below_cost_by.strip():
        reasons.append(Reason("price-under-cost"))
    if four.support > highest_support(four.market, support_percent):
        reasons.append(Reason("support-price-too-high", {"percent": support_percent}))
    return reasons


def balance(sales: Iterable[Sold]) -> Balance:
    """What was given and received. A sale above or below that line gives or receives nothing.

    >>> balance([Sold("peer", Decimal(60), Decimal(78), Decimal(104)), Sold("support", Decimal(24), Decimal(116),
    ...          Decimal(104)), Sold("market", Decimal(9), Decimal(100), Decimal(104))])
    Balance(given=Decimal('1560'), received=Decimal('288'))
    """
    given = received = NOTHING
    for one in sales:
        if one.kind == "peer":
            given += max(NOTHING, one.market - one.price) * one.quantity
        elif one.kind == "support":
            received += max(NOTHING, one.price - one.market) * one.quantity
    return Balance(given, received)
