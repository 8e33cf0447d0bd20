"""What buyers promised, held against what they bought: read in one question, however many promises (C15)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import DecimalField, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from .models import Pledge, Sale

MONEY = DecimalField(max_digits=32, decimal_places=7)  # units with three decimals times a price with four


class Kept(StrEnum):
    OPEN = "open"
    DELIVERED = "delivered"
    LATE = "late"
    REPLACED = "replaced"  # by a later promise of the same buyer for the same year and price


def with_sales(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """`bought`: what the open book says that this buyer, under this name, bought at this kind of price in the year."""
    sold = (
        Sale.objects.filter(
            cooperative=OuterRef("cooperative"),
            kind=OuterRef("kind"),
            sold_on__year=OuterRef("year"),
            buyer__iexact=OuterRef("buyer"),
        )
        .order_by()
        .values("cooperative")
        .annotate(together=Sum(F("quantity") * F("unit_price"), output_field=MONEY))
    )
    later = Pledge.objects.filter(
        cooperative=OuterRef("cooperative"),
        kind=OuterRef("kind"),
        year=OuterRef("year"),
        buyer__iexact=OuterRef("buyer"),
        pk__gt=OuterRef("pk"),
    )
    return pledges.annotate(
        bought=Coalesce(Subquery(sold.values("together")), Decimal(0), output_field=MONEY),
        replaced=Exists(later),
    )


def due_on(pledge: Pledge) -> datetime.date:
    """Its last day: the one that was said, or that of its year."""
    return pledge.due_on or datetime.date(pledge.year, 12, 31)


def kept(pledge: Pledge, today: datetime.date) -> Kept:
    """Of one that `with_sales` read."""
    if pledge.replaced:  # type: ignore[attr-defined]
        return Kept.REPLACED
    if pledge.bought >= pledge.amount:  # type: ignore[attr-defined]
        return Kept.DELIVERED
    return Kept.LATE if due_on(pledge) < today else Kept.OPEN
