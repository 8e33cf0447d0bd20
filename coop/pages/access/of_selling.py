"""Products, plans, prices, sales and what is kept beside them, of this co-operative, or 404."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.production.models import (
    BuyerBar,
    Gift,
    KinContract,
    Output,
    OutputSigned,
    PlanLine,
    Pledge,
    Price,
    PriceList,
    PriceMove,
    Product,
    Refusal,
    Sale,
    SaleSlip,
)
from coop.production.promises import with_sales

from .entering import Here, one


def products(here: Here) -> QuerySet[Product]:
    found = Product.objects.select_related("department").filter(cooperative=here.cooperative)
    return found.order_by("department__code", "code")


def product(here: Here, key: int) -> Product:
    thing: Product = one(products(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def plan_lines(here: Here) -> QuerySet[PlanLine]:
    found = PlanLine.objects.select_related("product__department", "entered_by", "confirmed_by", "refused_by")
    return found.filter(cooperative=here.cooperative)


def plan_line(here: Here, key: int) -> PlanLine:
    thing: PlanLine = one(plan_lines(here), pk=key)
    return thing


def price_lists(here: Here) -> QuerySet[PriceList]:
    found = PriceList.objects.select_related("entered_by", "confirmed_by", "refused_by")
    return found.filter(cooperative=here.cooperative).order_by("-since", "-pk")


def price_list(here: Here, key: int) -> PriceList:
    thing: PriceList = one(price_lists(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def prices_on(here: Here, day: datetime.date) -> QuerySet[Price]:
    """The price of each product that holds on a day, by code."""
    held = Price.objects.filter(product__cooperative=here.cooperative, since__lte=day)
    held = held.filter(until=None) | held.filter(until__gt=day)
    return held.select_related("product", "price_list").order_by("product__code")


def sales(here: Here, year: int) -> QuerySet[Sale]:
    """The open book of a year by the day of the sale, the newest first."""
    found = Sale.objects.filter(cooperative=here.cooperative, sold_on__year=year)
    return found.select_related("product", "price", "signed_by", "second_by", "kin").order_by(
        "-sold_on", "-number"
    )


def sale_slips(here: Here) -> QuerySet[SaleSlip]:
    found = SaleSlip.objects.select_related(
        "product", "price", "kin", "entered_by", "confirmed_by", "refused_by", "sale"
    )
    return found.filter(cooperative=here.cooperative).order_by("-sold_on", "-pk")


def sale_slip(here: Here, key: int) -> SaleSlip:
    thing: SaleSlip = one(sale_slips(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def gifts(here: Here) -> QuerySet[Gift]:
    return Gift.objects.filter(cooperative=here.cooperative).select_related("member", "entered_by")


def kin_contracts(here: Here) -> QuerySet[KinContract]:
    return KinContract.objects.filter(cooperative=here.cooperative).select_related("member", "entered_by")


def pledges(here: Here) -> QuerySet[Pledge]:
    return with_sales(Pledge.objects.filter(cooperative=here.cooperative)).select_related("entered_by")


def refusals(here: Here) -> QuerySet[Refusal]:
    return Refusal.objects.filter(cooperative=here.cooperative).select_related("entered_by")


def buyer_bars(here: Here) -> QuerySet[BuyerBar]:
    found = BuyerBar.objects.filter(cooperative=here.cooperative)
    return found.select_related("entered_by", "lifted_by")


def buyer_bar(here: Here, key: int) -> BuyerBar:
    thing: BuyerBar = one(buyer_bars(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def outputs(here: Here, year: int) -> QuerySet[Output]:
    """The figure that counts of each product and month."""
    found = Output.objects.filter(product__cooperative=here.cooperative, year=year)
    found = found.order_by("product__code", "product_id", "month", "-version")
    return found.distinct("product__code", "product_id", "month").select_related("product", "entered_by")


def outputs_signed(here: Here, year: int) -> QuerySet[OutputSigned]:
    found = OutputSigned.objects.filter(cooperative=here.cooperative, year=year)
    return found.order_by("pk").select_related("signed_by")


def price_moves(here: Here) -> QuerySet[PriceMove]:
    found = PriceMove.objects.filter(cooperative=here.cooperative)
    return found.select_related("price__product", "entered_by", "confirmed_by", "refused_by")


def price_move(here: Here, key: int) -> PriceMove:
    thing: PriceMove = one(price_moves(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def price_moves_now(here: Here) -> QuerySet[PriceMove]:
    """Of prices that hold: what is moved today, and what waits for its second signature."""
    return price_moves(here).filter(price__until=None, refused_at=None, until__gt=here.day)
