"""Writing a plan, a price list or a choice of technique: figures and options, from which the words are made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from coop.letters import one_line
from coop.members.models import Body, Member
from coop.production.models import CostSheet, Price, Product
from coop.production.planned import years_of
from coop.production.prices import Four
from coop.refusals import refuse_if

from ..floor_words import Monthly, Way, clauses_of_plan, clauses_of_prices, clauses_of_technique
from ..models import PlanAsked, PriceAsked, Proposal, TechnicalOption, TechnicalStudy
from ..rules.floor import obstacles_in_plan_asked, obstacles_in_prices_asked, obstacles_in_technique
from .proposals import write


@transaction.atomic
def write_plan(
    *,
    title: str,
    figures: Mapping[Product, Monthly],
    year: int,
    from_month: int = 1,
    reasons: str = "",
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """A draft with a clause for each product. Words and figures are never written apart: to change them it is thrown
    away and written anew, and nobody amends it; another figure is another proposal."""
    house, today = by.cooperative, by.cooperative.day_of(at)
    refuse_if(
        obstacles_in_plan_asked(house, figures, year=year, from_month=from_month, today=today),
    )
    planned = {one.product.pk: one.months[from_month - 1].target for one in years_of(figures, year)}
    now = {key: target for key, target in planned.items() if target is not None}
    proposal = write(
        title=title,
        clauses=clauses_of_plan(house, figures, year=year, from_month=from_month, now=now),
        reasons=reasons,
        kind=Proposal.Kind.PLAN,
        on_behalf_of=on_behalf_of,
        by=by,
        at=at,
    )
    PlanAsked.objects.bulk_create(
        PlanAsked(
            proposal=proposal,
            number=number,
            product=product,
            year=year,
            from_month=from_month,
            **monthly._asdict(),
        )
        for number, (product, monthly) in enumerate(figures.items(), 1)
    )
    return proposal


@transaction.atomic
def write_prices(
    *,
    title: str,
    prices: Mapping[Product, Four],
    since: datetime.date | None = None,
    under_cost: bool = False,
    cost_sheets: Mapping[Product, CostSheet] | None = None,
    reasons: str = "",
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """The same for a price list. `under_cost`: whoever writes it knows that a peer price lies under cost, and asks
    for that too; its clause says so."""
    house, today, sheets = by.cooperative, by.cooperative.day_of(at), cost_sheets or {}
    refuse_if(
        obstacles_in_prices_asked(
            house, prices, since=since, under_cost=under_cost, cost_sheets=sheets, today=today
        )
    )
    held = Price.objects.filter(product__in=prices, since__lte=today)
    held = held.filter(until=None) | held.filter(until__gt=today)
    proposal = write(
        title=title,
        clauses=clauses_of_prices(house, prices, since=since, now={one.product_id: one for one in held}),
        reasons=reasons,
        kind=Proposal.Kind.PRICE,
        on_behalf_of=on_behalf_of,
        by=by,
        at=at,
    )
    PriceAsked.objects.bulk_create(
        PriceAsked(
            proposal=proposal,
            number=number,
            product=product,
            cost_sheet=sheets.get(product),
            **four._asdict(),
            under_cost=four.peer < four.cost,
            since=since,
        )
        for number, (product, four) in enumerate(prices.items(), 1)
    )
    return proposal


@transaction.atomic
def write_technique(
    *,
    title: str,
    ways: Sequence[Way],
    took_part: str,
    reasons: str = "",
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """The same for a choice of technique: the vote asks whether one of the options shall be, and which."""
    ways, took_part = [Way(*map(one_line, way)) for way in ways], one_line(took_part)
    refuse_if(obstacles_in_technique(ways, took_part=took_part))
    proposal = write(
        title=title,
        clauses=clauses_of_technique(by.cooperative, ways, took_part=took_part),
        reasons=reasons,
        kind=Proposal.Kind.TECHNIQUE,
        on_behalf_of=on_behalf_of,
        by=by,
        at=at,
    )
    TechnicalOption.objects.bulk_create(
        TechnicalOption(proposal=proposal, number=number, **way._asdict())
        for number, way in enumerate(ways, 1)
    )
    TechnicalStudy.objects.create(proposal=proposal, took_part=took_part)
    return proposal
