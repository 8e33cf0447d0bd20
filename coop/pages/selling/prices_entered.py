"""Entering a price list as the assembly set it: typed or as a file, looked at, then kept for the second signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.production import actions
from coop.production.models import CostSheet, Product
from coop.production.prices import Four, obstacles_in_prices
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper
from ..sheets import DayField
from .price_lists import NAMES
from .read import Columns, ListSheet
from .told import decision_field, price

DECIMALS = 4
COLUMNS = Columns(
    {name: (words, DECIMALS) for name, words in NAMES.items()},
    {},
    frozenset(NAMES),
)


class PricesSheet(ListSheet):
    decision = decision_field()
    since = DayField(label=gettext_lazy("Valid from"), help_text=gettext_lazy("Today or later."))
    below_cost_by = decision_field(
        label=gettext_lazy("Decision that lets a price lie under cost"), required=False
    )
    columns = COLUMNS
    field_order = ("decision", "since", "file", "lines", "below_cost_by")

    @property
    def prices(self) -> dict[Product, Four]:
        return {one.product: Four(*(one.amounts[name] for name in NAMES)) for one in self.found.lines}


@require_http_methods(["GET", "POST"])
def enter_prices(request: HttpRequest, coop: str) -> HttpResponse:
    here = budget_keeper(request, coop)
    posted = request.method == "POST"
    form = PricesSheet(request.POST, request.FILES, here=here) if posted else PricesSheet(here=here)
    context: dict[str, Any] = {"form": form}
    if request.method == "GET":
        return render(request, "selling/prices/enter.html", context)
    if form.is_valid():
        _judge(here, form)
    if form.errors:
        form.with_the_rows()
        return render(request, "selling/prices/enter.html", context, status=422)
    if request.POST.get("do") != "enter":
        context["preview"] = _preview(here, form)
        form.as_read()
        return render(request, "selling/prices/enter.html", context)
    try:
        made = actions.enter_prices(
            cooperative=here.cooperative,
            decision=form.cleaned_data["decision"],
            since=form.cleaned_data["since"],
            prices=form.prices,
            below_cost_by=form.cleaned_data["below_cost_by"],
            cost_sheets=newest_sheets(form.prices),
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        form.with_the_rows()
        context["refused"] = refusal.reasons[:50]
        return render(request, "selling/prices/enter.html", context, status=409)
    messages.success(request, _("Entered. It counts when a second person has compared it with the decision."))
    return redirect("price-list", coop, made.pk)


def _judge(here: Here, form: PricesSheet) -> None:
    """Which line breaks the order of prices or the bylaws."""
    percent = here.bylaws.support_price_percent
    below = form.cleaned_data["below_cost_by"]
    for line, four in zip(form.found.lines, form.prices.values(), strict=True):
        for reason in obstacles_in_prices(four, support_percent=percent, below_cost_by=below):
            form.found.fault(line.number, line.product.code, reason)
    if form.found.faults:
        form.add_error("lines", form.found.faults[:50])


def newest_sheets(prices: dict[Product, Four]) -> dict[Product, CostSheet]:
    """The newest cost sheet of each product whose total is the cost of the list."""
    found = CostSheet.objects.filter(product__in=prices)
    newest = {
        one.product_id: one
        for one in found.order_by("product_id", "-entered_at", "-pk").distinct("product_id")
    }
    return {
        product: newest[product.pk]
        for product, four in prices.items()
        if product.pk in newest and newest[product.pk].total == four.cost
    }


def _preview(here: Here, form: PricesSheet) -> list[dict[str, Any]]:
    """Beside each price the one that holds today."""
    held = {one.product_id: one for one in access.prices_on(here, here.day)}
    rows = []
    for product, four in form.prices.items():
        before = held.get(product.pk)
        amounts = [
            (words, price(here, getattr(four, name)), price(here, getattr(before, name)) if before else "")
            for name, words in NAMES.items()
        ]
        rows.append({"product": product, "amounts": amounts})
    return rows
