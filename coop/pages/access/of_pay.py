"""Pay scales and months of this co-operative, or 404; of slips nobody gets any but their own."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.pay.models import PayMonth, PayScale, Slip

from .entering import Here, acting, one


def pay_scales(here: Here) -> QuerySet[PayScale]:
    found = PayScale.objects.select_related("entered_by", "confirmed_by", "refused_by")
    return found.filter(cooperative=here.cooperative).order_by("-valid_from", "-number")


def pay_scale(here: Here, number: int) -> PayScale:
    thing: PayScale = one(pay_scales(here), number=number)
    thing.cooperative = here.cooperative
    return thing


def pay_months(here: Here) -> QuerySet[PayMonth]:
    """The last entry of each month, the newest month first."""
    found = PayMonth.objects.filter(cooperative=here.cooperative).select_related("scale", "entered_by")
    last = found.order_by("-month", "-number").distinct("month").values("pk")
    return found.filter(pk__in=last).order_by("-month")


def my_slips(here: Here) -> QuerySet[Slip]:
    """Of the person who asks and of nobody else: what the last entry of each month says."""
    found = Slip.objects.filter(member=acting(here), month__in=pay_months(here).values("pk"))
    return (
        found.select_related("month", "grade")
        .prefetch_related("supplements__supplement")
        .order_by("-month__month")
    )
