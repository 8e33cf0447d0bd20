"""What stands in the way of signing a month of output whole (practice C14)."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.members.powers import Powers, powers_of
from coop.refusals import Reason

from ..models import Output, OutputSigned
from ..planned import without_output


def figures_of(cooperative: Cooperative, year: int, month: int) -> QuerySet[Output]:
    """The figures of a month that count, one for each product."""
    found = Output.objects.filter(product__cooperative=cooperative, year=year, month=month)
    return found.order_by("product_id", "-version").distinct("product_id")


def obstacles_to_signing_month(
    cooperative: Cooperative,
    year: int,
    month: int,
    *,
    by: Member,
    at: datetime.datetime,
    powers: Powers | None = None,
) -> list[Reason]:
    """Every product that was planned has its figure, and whoever signs entered none of them."""
    figures = list(figures_of(cooperative, year, month))
    if not figures:
        return [Reason("month-without-figures")]
    last = max(one.pk for one in figures)
    if OutputSigned.objects.filter(last=last).exists():
        return [Reason("entry-settled")]
    reasons = []
    if by.cooperative_id != cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    missing = list(without_output(cooperative, year, month).values_list("code", flat=True)[:10])
    if missing:
        reasons.append(Reason("month-not-whole", {"codes": ", ".join(missing)}))
    if any(one.entered_by_id == by.pk for one in figures):
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not (powers or powers_of(by, at)).confirms:
        reasons.append(Reason("no-office-that-confirms"))
    return reasons
