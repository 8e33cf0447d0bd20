"""What stands in the way of prices, sales, gifts and contracts with kin (practice C10, C15)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Member
from coop.members.powers import powers_of
from coop.members.rules.second_person import obstacles_in_refusal
from coop.refusals import Reason

from ..models import CostSheet, Price, PriceList, Product, SaleSlip
from ..models.selling import BuyerKind
from ..prices import Four, lowest_without_decision, obstacles_in_prices
from .answering import obstacles_of_the_house
from .bars import obstacles_to_peer_price
from .figures import FARTHEST_YEARS, MOST_MONEY, obstacles_in_decision, obstacles_to_keeping_figures
from .moves import listed_on

FARTHEST = datetime.timedelta(days=731)  # a list that begins
EARLIEST = datetime.timedelta(days=31)  # a sale that is written down later
OLDEST = datetime.timedelta(days=3660)  # a gift or a contract


def obstacles_to_pricing(
    cooperative: Cooperative,
    *,
    decision: str,
    since: datetime.date,
    prices: Mapping[Product, Four],
    below_cost_by: str,
    cost_sheets: Mapping[Product, CostSheet],
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """A list copied from a decision; it never holds backwards, and each price keeps to the bylaws."""
    reasons = obstacles_to_keeping_figures(by=by, at=at)
    day = cooperative.day_of(at)
    reasons += obstacles_in_decision(cooperative, decision, at)
    if below_cost_by:
        reasons += obstacles_in_decision(cooperative, below_cost_by, at)
    if any({product.cooperative_id, by.cooperative_id} != {cooperative.pk} for product in prices):
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    reasons += obstacles_in_list(
        prices,
        bylaws=Bylaws.in_force(cooperative, day),
        since=since,
        below_cost=bool(below_cost_by),
        cost_sheets=cost_sheets,
        today=day,
    )
    return list(dict.fromkeys(reasons))


def obstacles_in_list(
    prices: Mapping[Product, Four],
    *,
    bylaws: Bylaws,
    since: datetime.date,
    below_cost: bool,
    cost_sheets: Mapping[Product, CostSheet],
    today: datetime.date,
) -> list[Reason]:
    """What the bylaws and the order of prices say of a list, however it came. `below_cost`: a decision allows that."""
    reasons = []
    if since < today:
        reasons.append(Reason("prices-not-backwards"))
    if since > today + FARTHEST:
        reasons.append(Reason("prices-too-far", {"last": (today + FARTHEST).isoformat()}))
    if not prices:
        reasons.append(Reason("prices-of-nothing"))
    percent = bylaws.support_price_percent
    for product, four in prices.items():
        if any(abs(amount) >= MOST_MONEY for amount in four):
            reasons.append(Reason("amount-out-of-range"))
        allowed = "-" if below_cost else ""
        reasons += obstacles_in_prices(four, support_percent=percent, below_cost_by=allowed)
        sheet = cost_sheets.get(product)
        if sheet is not None and (sheet.product_id != product.pk or sheet.total != four.cost):
            reasons.append(Reason("cost-not-of-the-sheet", {"product": product.name}))
    return list(dict.fromkeys(reasons))


def obstacles_to_confirming_prices(price_list: PriceList) -> list[Reason]:
    """A later list holds already for one of the products."""
    products = price_list.prices.values("product")
    later = Price.objects.filter(product__in=products, since__gte=price_list.since)
    return [
        Reason("prices-overlap", {"product": one.product.name}) for one in later.select_related("product")[:1]
    ]


def price_on(product: Product, day: datetime.date) -> Price | None:
    """The price that holds on a day."""
    held = Price.objects.filter(product=product, since__lte=day)
    return (held.filter(until=None) | held.filter(until__gt=day)).first()


def obstacles_to_selling(
    product: Product,
    *,
    kind: str,
    buyer: str,
    quantity: Decimal,
    unit_price: Decimal,
    reason: str,
    decision: str,
    kin: Member | None,
    sold_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Under list with a reason; far under it, under cost, or to a member's own firm by a decision."""
    reasons = obstacles_to_signing_sales(by=by, at=at)
    cooperative = product.cooperative
    day = cooperative.day_of(at)
    if by.cooperative_id != cooperative.pk or (kin is not None and kin.cooperative_id != cooperative.pk):
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not day - EARLIEST <= sold_on <= day:
        reasons.append(Reason("sold-on-another-day", {"days": EARLIEST.days}))
    if not buyer:
        reasons.append(Reason("sale-without-buyer"))
    reasons += obstacles_to_peer_price(cooperative, kind=kind, buyer=buyer)
    if not 0 < quantity < MOST_MONEY or not 0 <= unit_price < MOST_MONEY:
        reasons.append(Reason("amount-out-of-range"))
    if kin is not None and not decision:
        reasons.append(Reason("sale-to-kin"))
    if decision:
        reasons += obstacles_in_decision(cooperative, decision, at)
    price = price_on(product, sold_on)
    if price is None:
        return [*reasons, Reason("no-price-that-day", {"product": product.name})]
    if kind not in BuyerKind.values:
        return [*reasons, Reason("no-such-buyer")]
    listed = listed_on(price, kind, sold_on)
    percent = Bylaws.in_force(cooperative, sold_on).discount_percent
    if unit_price < listed and not reason:
        reasons.append(Reason("under-list-without-reason", {"price": f"{listed.normalize():f}"}))
    if unit_price < lowest_without_decision(listed, percent) and not decision:
        reasons.append(Reason("far-under-list", {"percent": percent}))
    elif unit_price < min(price.cost, listed) and not decision:
        reasons.append(Reason("under-cost-without-decision"))
    return reasons


def obstacles_to_writing_again(slip: SaleSlip, *, by: Member) -> list[Reason]:
    """The number of a form is drawn for one person; nobody else writes under it."""
    return [] if slip.entered_by_id == by.pk else [Reason("changed-meanwhile")]


def obstacles_to_signing_sales(*, by: Member, at: datetime.datetime) -> list[Reason]:
    """Two office-holders sign a sale; whoever audits signs nothing."""
    return [] if powers_of(by, at).signs else [Reason("sale-needs-an-office")]


def obstacles_to_second_signature(slip: SaleSlip, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A bar that came after the first signature holds too."""
    barred = obstacles_to_peer_price(slip.cooperative, kind=slip.kind, buyer=slip.buyer) if slip.waits else []
    return _in_second_person(slip, by=by, at=at) + barred


def _in_second_person(slip: SaleSlip, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if not slip.waits:
        return [Reason("entry-settled")]
    reasons = obstacles_to_signing_sales(by=by, at=at)
    if by.pk == slip.entered_by_id:
        reasons.append(Reason("sale-needs-somebody-else"))
    if slip.kin_id == by.pk:
        reasons.append(Reason("sale-to-yourself"))
    if by.cooperative_id != slip.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return reasons


def obstacles_to_refusing_sale(
    slip: SaleSlip, *, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who may sign may also refuse; who wrote it may take it back."""
    reasons = obstacles_in_refusal(because)
    if by.pk == slip.entered_by_id:
        return reasons if slip.waits else [*reasons, Reason("entry-settled")]
    return reasons + _in_second_person(slip, by=by, at=at)


def obstacles_to_gift(
    member: Member,
    *,
    giver: str,
    what: str,
    value: Decimal,
    received_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Anybody enters what they were given; so may an office, of anybody."""
    reasons = obstacles_of_the_house(by, member.cooperative_id, at)
    if by.pk != member.pk and not powers_of(by, at).signs:
        reasons.append(Reason("gift-of-others"))
    if not giver or not what:
        reasons.append(Reason("gift-without-words"))
    if not 0 <= value < MOST_MONEY:
        reasons.append(Reason("amount-out-of-range"))
    return reasons + _against_past_day(received_on, by.cooperative.day_of(at))


def obstacles_to_kin_contract(
    member: Member,
    *,
    party: str,
    relation: str,
    what: str,
    amount: Decimal,
    decision: str,
    agreed_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Only by a decision of the assembly, and never entered by whom it concerns."""
    reasons = obstacles_to_signing_sales(by=by, at=at)
    if by.cooperative_id != member.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk == member.pk:
        reasons.append(Reason("contract-of-your-own"))
    if not party or not relation or not what:
        reasons.append(Reason("contract-without-words"))
    if not decision:
        reasons.append(Reason("contract-without-assembly"))
    else:
        reasons += obstacles_in_decision(by.cooperative, decision, at)
    if not 0 <= amount < MOST_MONEY * 1000:
        reasons.append(Reason("amount-out-of-range"))
    return reasons + _against_past_day(agreed_on, by.cooperative.day_of(at))


def obstacles_to_pledge(
    cooperative: Cooperative,
    *,
    buyer: str,
    kind: str,
    year: int,
    amount: Decimal,
    what: str,
    due_on: datetime.date | None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """What an organisation promises to buy, written down by an office that signs sales."""
    reasons = obstacles_to_signing_sales(by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not buyer or not what:
        reasons.append(Reason("pledge-without-words"))
    if kind not in BuyerKind.values:
        reasons.append(Reason("no-such-buyer"))
    if not 0 < amount < MOST_MONEY * 1000:
        reasons.append(Reason("amount-out-of-range"))
    now = cooperative.day_of(at).year
    if not now - 1 <= year <= now + FARTHEST_YEARS:
        reasons.append(Reason("year-out-of-range", {"first": now - 1, "until": now + FARTHEST_YEARS}))
    if due_on is not None and due_on.year != year:
        reasons.append(Reason("pledge-due-in-its-year", {"year": year}))
    return reasons


def obstacles_to_refusal(
    cooperative: Cooperative,
    *,
    refuser: str,
    what: str,
    because: str,
    ours: bool,
    refused_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Who would not deal with us, or whose order we refused and why; an office writes it down, of any past day."""
    reasons = obstacles_to_signing_sales(by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not refuser or not what:
        reasons.append(Reason("refusal-without-words"))
    if ours and not because:
        reasons.append(Reason("refusal-without-principle"))
    return reasons + _against_past_day(refused_on, cooperative.day_of(at))


def _against_past_day(day: datetime.date, today: datetime.date) -> list[Reason]:
    if today - OLDEST <= day <= today:
        return []
    return [Reason("day-out-of-range", {"since": (today - OLDEST).isoformat(), "day": today.isoformat()})]
