"""Plans and prices that a vote sets: no second signature, for there is no paper that they were copied from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import CostSheet, PlanLine, Price, PriceList, Product
from ..prices import Four
from ..rules.selling import obstacles_in_list
from .locks import hold


class PlanSet(NamedTuple):
    """What was carried of a product; in units a month."""

    product: Product
    year: int
    from_month: int
    target: Decimal
    capacity: Decimal | None


@transaction.atomic
def set_plan(
    *,
    cooperative: Cooperative,
    lines: Sequence[PlanSet],
    decision: str,
    moved_by: Member,
    by: Actor,
    at: datetime.datetime,
) -> list[PlanLine]:
    """From its month, or from this one where that has gone by; what stood for these months is replaced.

    `at`: when the proposal was settled. Of a year that is over nothing is set any more.
    """
    cooperative = hold(cooperative)
    day = cooperative.day_of(at)
    made = []
    for line in lines:
        if line.year < day.year:
            continue
        from_month = max(line.from_month, day.month) if line.year == day.year else line.from_month
        PlanLine.objects.filter(
            product=line.product,
            year=line.year,
            from_month__gte=from_month,
            refused_at=None,
            replaced_at=None,
        ).update(replaced_at=at)
        made.append(
            PlanLine.objects.create(
                cooperative=cooperative,
                **line._asdict() | {"from_month": from_month},
                decision=decision,
                voted=True,
                confirmed_at=at,
                entered_by=moved_by,
                entered_at=at,
                entered_on=day,
            )
        )
    if made:
        years = Subject("plan", str(made[0].year), str(made[0].year))
        facts = {"decision": decision, "number": len(made)}
        write(cooperative.chain, verb="plan-voted", subject=years, by=by, at=at, facts=facts)
    return made


@transaction.atomic
def set_prices(
    *,
    cooperative: Cooperative,
    prices: Mapping[Product, Four],
    since: datetime.date | None,
    cost_sheets: Mapping[Product, CostSheet],
    decision: str,
    bylaws: Bylaws,
    moved_by: Member,
    by: Actor,
    at: datetime.datetime,
) -> PriceList:
    """From their day, or from today, or from the day after a list that was set for later or today.

    Whoever carries a list with a price under cost allows that by the same decision. `bylaws`: those of the vote, whose
    limits hold for it also where another vote has lowered them meanwhile.
    """
    cooperative = hold(cooperative)
    day = cooperative.day_of(at)
    later = Price.objects.filter(product__in=prices, since__isnull=False).order_by("-since").first()
    begins = max(day, since) if since else day
    refuse_if(
        obstacles_in_list(prices, bylaws=bylaws, since=begins, below_cost=True, cost_sheets={}, today=day)
    )
    if later is not None and later.since is not None and later.since >= begins:
        begins = later.since + datetime.timedelta(days=1)
    made = PriceList.objects.create(
        cooperative=cooperative,
        decision=decision,
        since=begins,
        voted=True,
        entered_by=moved_by,
        entered_at=at,
        entered_on=day,
    )
    Price.objects.bulk_create(
        Price(
            price_list=made,
            product=product,
            cost_sheet=cost_sheets.get(product),
            **four._asdict(),
            support_percent=bylaws.support_price_percent,
            below_cost_by=decision if four.peer < four.cost else "",
        )
        for product, four in prices.items()
    )
    PriceList.objects.filter(pk=made.pk).update(confirmed_at=at)
    Price.objects.filter(product__in=prices, since__isnull=False, until=None).update(until=begins)
    made.prices.update(since=begins)
    subject = Subject("price-list", str(made.pk), decision)
    facts = {"since": begins.isoformat(), "number": len(prices)}
    write(cooperative.chain, verb="prices-voted", subject=subject, by=by, at=at, facts=facts)
    return PriceList.objects.get(pk=made.pk)
