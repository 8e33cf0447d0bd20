"""What stands in the way of an emergency price, and which price a buyer is asked on a day (practice C15).

A sudden jump of prices does not wait for an assembly: those who keep the prices move one that was set, two of them,
once, by no more than the bylaws let a sale differ from the market, and for a month at most. Then the assembly says.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from coop.charter.models import Bylaws
from coop.members.models import Member
from coop.refusals import Reason

from ..models import Price, PriceMove
from ..prices import Four, highest_support, lowest_without_decision, obstacles_in_prices
from .figures import obstacles_to_keeping_figures

LONGEST = datetime.timedelta(days=30)


def move_on(price: Price, day: datetime.date) -> PriceMove | None:
    """The emergency price that holds in the place of one that was set."""
    held = PriceMove.objects.filter(price=price, confirmed_at__isnull=False, since__lte=day, until__gt=day)
    return held.first()


def listed_on(price: Price, kind: str, day: datetime.date) -> Decimal:
    """What the list says to a kind of buyer on a day on which the price holds."""
    held = move_on(price, day) or price
    return Four(price.cost, held.peer, held.market, held.support).of(kind)


def obstacles_to_moving_price(
    price: Price,
    *,
    peer: Decimal,
    market: Decimal,
    support: Decimal,
    because: str,
    until: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """`price`: the one that was set and holds today."""
    cooperative = price.product.cooperative
    day, reasons = cooperative.day_of(at), obstacles_to_keeping_figures(by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not because:
        reasons.append(Reason("no-reason-given"))
    if PriceMove.objects.filter(price=price, refused_at=None).exists():
        reasons.append(Reason("price-moved-already", {"product": price.product.name}))
    if not day < until <= day + LONGEST:
        reasons.append(Reason("move-too-long", {"last": (day + LONGEST).isoformat()}))
    bylaws = Bylaws.in_force(cooperative, day)
    four = Four(price.cost, peer, market, support)
    reasons += obstacles_in_prices(
        four, support_percent=bylaws.support_price_percent, below_cost_by=price.below_cost_by
    )
    lowest = lowest_without_decision(price.market, bylaws.discount_percent)
    if not lowest <= market <= highest_support(price.market, bylaws.support_price_percent):
        told: dict[str, object] = {"down": bylaws.discount_percent, "up": bylaws.support_price_percent}
        reasons.append(Reason("price-moved-too-far", told))
    return reasons


def obstacles_to_confirming_move(move: PriceMove, *, at: datetime.datetime) -> list[Reason]:
    """Its time has not gone by, and the price that it moves still holds."""
    day = move.cooperative.day_of(at)
    if move.until <= day or (move.price.until is not None and move.price.until <= day):
        return [Reason("move-is-over")]
    return []
