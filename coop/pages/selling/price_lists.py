"""Prices: those in force, each list as its decision set it, the second signature, the sheet, and a file."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.members.models import Power
from coop.production import actions
from coop.production.models import CostSheet, Price, PriceList
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..second_person import answered, beside
from .price_moves import moves_now
from .told import as_file, column, on_paper, price, state_of

ON_A_PAGE = 60
FEW = 12
ENDS_SOON = datetime.timedelta(days=30)
NAMES = {
    "cost": gettext_lazy("Cost"),
    "peer": gettext_lazy("Other plants of workers"),
    "market": gettext_lazy("Market"),
    "support": gettext_lazy("Supporters"),
}


@require_safe
def prices(request: HttpRequest, coop: str) -> HttpResponse:
    """What everything costs today, for whom; and the lists that set it."""
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request, look.among(access.prices_on(here, here.day), "{product__name} {product__code}"), ON_A_PAGE
    )
    fallen = under_cost(page)
    context = {
        "look": look,
        "page": page,
        "rows": [_row(here, one, fallen) for one in page],
        "lists": [(one, _state(here, one)) for one in access.price_lists(here)[:FEW]],
        "fallen": fallen,
        "moves": moves_now(here),
        "keeps": here.may(Power.KEEP_BUDGET),
        "percent": here.bylaws.support_price_percent,
        "discount": here.bylaws.discount_percent,
    }
    return render(request, "selling/prices/prices.html", context)


def under_cost(prices: Any) -> dict[int, CostSheet]:
    """By product: the newest cost sheet, where the market price of the list lies under it."""
    found = CostSheet.objects.filter(product__in=[one.product_id for one in prices])
    newest = {
        one.product_id: one
        for one in found.order_by("product_id", "-entered_at", "-pk").distinct("product_id")
    }
    return {
        one.product_id: newest[one.product_id]
        for one in prices
        if one.product_id in newest and one.market < newest[one.product_id].total
    }


def _row(here: Here, one: Price, fallen: dict[int, CostSheet]) -> dict[str, Any]:
    cost = fallen.get(one.product_id)
    return {
        "price": one,
        "amounts": [(words, price(here, getattr(one, name))) for name, words in NAMES.items()],
        "costs_now": price(here, cost.total) if cost else "",
    }


def _state(here: Here, one: PriceList) -> tuple[str, str]:
    if one.confirmed_at is None:
        return state_of(one)
    return (_("to come"), "draft") if one.since > here.day else (_("signed by two"), "yes")


# --- One list ---------------------------------------------------------------------------------------------------------


@require_safe
def price_list(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _shown(request, here, access.price_list(here, key))


def _shown(
    request: HttpRequest,
    here: Here,
    shown: PriceList,
    *,
    refused: list[Reason] | None = None,
    typed: str = "",
) -> HttpResponse:
    lines = shown.prices.select_related("product").order_by("product__code")
    context = {
        "list": shown,
        "rows": [_row(here, one, {}) for one in lines],
        "state": _state(here, shown),
        "refused": refused,
        "typed": typed,
        **beside(here, shown),
    }
    return render(request, "selling/prices/price_list.html", context, status=409 if refused else 200)


@require_POST
def countersign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second person confirms, or says what the decision says instead."""
    here = enter(request, coop)
    shown = access.price_list(here, key)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_prices, price_list=shown),
            turn_down=partial(actions.turn_down_prices, price_list=shown),
            confirmed=_("Confirmed. The prices hold from their day on."),
        )
    except Refused as refusal:
        again = access.price_list(here, key)
        return _shown(request, here, again, refused=refusal.reasons, typed=request.POST.get("because", ""))
    return redirect("price-list", coop, key)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The list as a sheet for the notice board."""
    here = enter(request, coop)
    shown = access.price_list(here, key)
    title = _("Price list from %(day)s") % {"day": date_format(shown.since, "DATE_FORMAT")}
    notes = [_("Set by: %(decision)s.") % {"decision": shown.decision}]
    if shown.confirmed_by is None:
        notes.append(_("Not signed by a second person: nobody sells by it."))
    else:
        who = {"one": shown.entered_by.name, "two": shown.confirmed_by.name}
        notes.append(_("Entered by %(one)s, compared with the decision and signed by %(two)s.") % who)
    lines = list(shown.prices.select_related("product").order_by("product__code"))
    below = sorted({one.below_cost_by for one in lines if one.below_cost_by})
    notes += [_("Prices under cost by: %(decision)s.") % {"decision": words} for words in below]
    data = on_paper(
        here,
        title,
        notes=notes,
        columns=[
            column(_("Product"), "wide"),
            column(_("Of one")),
            *(column(str(words), number=True) for words in NAMES.values()),
        ],
        rows=[
            [
                f"{one.product.code} {one.product.name}",
                one.product.unit,
                *(price(here, getattr(one, name)) for name in NAMES),
            ]
            for one in lines
        ],
    )
    return to_print("list", data, name=title)


@require_safe
def to_carry_out(request: HttpRequest, coop: str, kind: str) -> HttpResponse:
    """The prices of today as a file; entering a list reads the same file back. Products without a price stand in it."""
    here = enter(request, coop)
    held = {one.product_id: one for one in access.prices_on(here, here.day)}
    heads = [_("Code"), _("Name"), _("Counted in"), *map(str, NAMES.values())]
    rows = []
    for one in access.products(here):
        row = held.get(one.pk)
        amounts = [getattr(row, name) for name in NAMES] if row else [""] * len(NAMES)
        rows.append([one.code, one.name, one.unit, *amounts])
    return as_file(here, kind, _("prices"), heads, rows)
