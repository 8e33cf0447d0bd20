"""What stands in the way of a plan, a price list or a choice of technique: figures, day, options (C14, C15)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from coop.charter.models import Bylaws, Cooperative
from coop.production.clocks import month_ends
from coop.production.models import CostSheet, Product
from coop.production.prices import Four
from coop.production.rules.figures import FARTHEST_YEARS, obstacles_in_amount
from coop.production.rules.selling import obstacles_in_list
from coop.refusals import Reason

from ..floor_words import Monthly, Way
from ..models import Proposal

MOST_PRODUCTS = 150  # each is a clause
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6


def obstacles_in_plan_asked(
    house: Cooperative,
    figures: Mapping[Product, Monthly],
    *,
    year: int,
    from_month: int,
    today: datetime.date,
) -> list[Reason]:
    """Of a month that is not over, of products of the house, amounts that somebody could mean."""
    reasons = _in_products(house, figures)
    if not 1 <= from_month <= 12:
        reasons.append(Reason("no-such-month"))
    elif not today.year <= year <= today.year + FARTHEST_YEARS:
        told: dict[str, object] = {"first": today.year, "until": today.year + FARTHEST_YEARS}
        reasons.append(Reason("year-out-of-range", told))
    elif month_ends(year, from_month) < today:
        reasons.append(Reason("plan-of-a-month-gone-by"))
    for monthly in figures.values():
        reasons += obstacles_in_amount(monthly.target)
        if monthly.capacity is not None:
            reasons += obstacles_in_amount(monthly.capacity)
            reasons += [Reason("capacity-of-nothing")] if monthly.capacity == 0 else []
    return list(dict.fromkeys(reasons))


def obstacles_in_prices_asked(
    house: Cooperative,
    prices: Mapping[Product, Four],
    *,
    since: datetime.date | None,
    under_cost: bool,
    cost_sheets: Mapping[Product, CostSheet],
    today: datetime.date,
) -> list[Reason]:
    """As a list that is entered by hand; under cost only where the proposal says so in words."""
    return _in_products(house, prices) + obstacles_in_list(
        prices,
        bylaws=Bylaws.in_force(house, today),
        since=since or today,
        below_cost=under_cost,
        cost_sheets=cost_sheets,
        today=today,
    )


def obstacles_in_technique(ways: Sequence[Way], *, took_part: str) -> list[Reason]:
    """At least two ways, each with all that it means for people, and who looked into it (C14)."""
    reasons = []
    if not FEWEST_OPTIONS <= len(ways) <= MOST_OPTIONS:
        reasons.append(Reason("options-out-of-range", {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}))
    if any(not part for way in ways for part in way):
        reasons.append(Reason("option-leaves-out"))
    names = [way.name.casefold() for way in ways]
    if len(set(names)) < len(names):
        reasons.append(Reason("option-twice"))
    if not took_part:
        reasons.append(Reason("study-by-nobody"))
    return reasons


def obstacles_to_setting(proposal: Proposal, today: datetime.date) -> list[Reason]:
    """What it asks for can still be set, by the bylaws as they are now."""
    if proposal.kind == Proposal.Kind.PLAN:
        asked = list(proposal.plan_asked.all())
        if not asked:
            return [Reason("plan-of-nothing")]
        return [Reason("plan-of-a-month-gone-by")] if asked[0].year < today.year else []
    if proposal.kind == Proposal.Kind.PRICE:
        rows = list(proposal.prices_asked.select_related("product"))
        prices = {one.product: Four(one.cost, one.peer, one.market, one.support) for one in rows}
        return obstacles_in_list(
            prices,
            bylaws=Bylaws.in_force(proposal.cooperative, today),
            since=max([today, *(one.since for one in rows if one.since)]),
            below_cost=any(one.under_cost for one in rows),
            cost_sheets={},
            today=today,
        )
    if proposal.technical_options.count() < FEWEST_OPTIONS:
        return [Reason("options-out-of-range", {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS})]
    return []


def _in_products(house: Cooperative, named: Mapping[Product, object]) -> list[Reason]:
    reasons = [] if named else [Reason("plan-of-nothing")]
    if len(named) > MOST_PRODUCTS:
        reasons.append(Reason("too-many-products", {"most": MOST_PRODUCTS}))
    if any(product.cooperative_id != house.pk for product in named):
        reasons.append(Reason("no-such-product", {"code": ""}))
    return reasons
