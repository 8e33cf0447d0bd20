"""The open book of sales: every line with buyer, price and the two who signed; slips that wait; the year's balance."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.intake import writing
from coop.members.models.countersigned import waiting
from coop.production import actions
from coop.production.models import BuyerKind, Sale, SaleSlip
from coop.production.prices import Sold, balance
from coop.production.rules.selling import obstacles_to_refusing_sale, obstacles_to_second_signature
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..second_person import refusal_typed
from .told import as_file, column, on_paper, price, state_of, units, year_of, years_beside

ON_A_PAGE = 40
MOST_PRINTED = 1_000  # lines of one sheet
KINDS = {
    BuyerKind.PEER: gettext_lazy("other plants of workers"),
    BuyerKind.MARKET: gettext_lazy("market"),
    BuyerKind.SUPPORT: gettext_lazy("supporter"),
}


@require_safe
def sales(request: HttpRequest, coop: str) -> HttpResponse:
    """Every member reads the whole book."""
    here = enter(request, coop)
    year, only = year_of(request, here), request.GET.get("only", "")
    if only not in ("", "under"):
        raise Http404
    found = access.sales(here, year)
    if only:
        found = found.filter(unit_price__lt=F("list_price"))
    look = Look(request, year=year, only=only)
    told = "V {year}-{number} {buyer} {product__name} {product__code} {signed_by__name} {second_by__name} {reason}"
    page = page_of(request, look.among(found, told), ON_A_PAGE)
    waits = access.sale_slips(here).filter(waiting())[:ON_A_PAGE]
    context = {
        "year": year,
        "beside": years_beside(year, here.day),
        "only": only,
        "look": look,
        "page": page,
        "rows": [_row(here, one) for one in page],
        "waits": [_row(here, one) for one in waits],
        "balance": _balance(here, year),
        "signs": here.powers.signs,
    }
    return render(request, "selling/sales/sales.html", context)


def _row(here: Here, one: Sale | SaleSlip) -> dict[str, Any]:
    return {
        "sale": one,
        "kind": KINDS[BuyerKind(one.kind)],
        "quantity": units(one.quantity, one.product.unit),
        "price": price(here, one.unit_price),
        "listed": price(here, one.list_price),
        "under": one.unit_price < one.list_price,
        "total": price(here, (one.quantity * one.unit_price).quantize(_cents(here))),
    }


def _cents(here: Here) -> Decimal:
    return Decimal(1).scaleb(-here.cooperative.currency_decimals)


def _balance(here: Here, year: int) -> dict[str, str]:
    """What peer prices gave in the year and support prices brought, against the market price of each day."""
    sold = access.sales(here, year).values_list("kind", "quantity", "unit_price", "price__market")
    found = balance(Sold(*line) for line in sold.iterator(chunk_size=2_000))
    words = _("more came in than was given") if found.left >= 0 else _("more was given than came in")
    decimals = here.cooperative.currency_decimals
    amounts = {"given": found.given, "received": found.received, "left": abs(found.left)}
    told = {
        name: str(number_format(round(amount, decimals), decimal_pos=decimals, force_grouping=True))
        for name, amount in amounts.items()
    }
    return told | {"words": words, "money": here.cooperative.currency_code}


# --- A slip -----------------------------------------------------------------------------------------------------------


@require_safe
def slip(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _slip(request, here, access.sale_slip(here, key))


def _slip(
    request: HttpRequest, here: Here, shown: SaleSlip, *, refused: list[Reason] | None = None, typed: str = ""
) -> HttpResponse:
    me = acting(here)
    mine = shown.entered_by_id == me.pk
    context = {
        **_row(here, shown),
        "slip": shown,
        "booked": getattr(shown, "sale", None),
        "state": state_of(shown),
        "refused": refused,
        "typed": typed,
        "mine": mine,
        "obstacles": obstacles_to_second_signature(shown, by=me, at=here.at) if shown.waits else [],
        "may_refuse": shown.waits and not obstacles_to_refusing_sale(shown, because="x", by=me, at=here.at),
    }
    return render(request, "selling/sales/slip.html", context, status=409 if refused else 200)


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second signature, or the reason why there is none."""
    here = enter(request, coop)
    shown = access.sale_slip(here, key)
    try:
        if request.POST.get("do") == "refuse":
            because = refusal_typed(request)
            actions.refuse_sale(slip=shown, because=because, by=acting(here), at=here.at)
            messages.success(request, _("Refused. The slip stays in the record; nothing was sold."))
        else:
            made = actions.sign_sale(slip=shown, by=acting(here), at=here.at)
            messages.success(
                request, _("Signed. It stands in the open book as %(label)s.") % {"label": made.label}
            )
    except Refused as refusal:
        again = access.sale_slip(here, key)
        return _slip(request, here, again, refused=refusal.reasons, typed=request.POST.get("because", ""))
    return redirect("sale-slip", coop, key)


@require_safe
def slip_printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The slip on paper, with the lines to sign."""
    here = enter(request, coop)
    shown = access.sale_slip(here, key)
    row = _row(here, shown)
    title = _("Sale slip %(number)s") % {"number": shown.pk}
    facts = [
        [_("Day"), date_format(shown.sold_on, "DATE_FORMAT")],
        [_("Buyer"), f"{shown.buyer} ({row['kind']})"],
        [_("Product"), f"{shown.product.code} {shown.product.name}"],
        [_("Amount"), row["quantity"]],
        [_("Price of one"), row["price"]],
        [_("List price"), row["listed"]],
        [_("Together"), row["total"]],
    ]
    facts += [[_("Why under list"), shown.reason]] if shown.reason else []
    facts += [[_("Decision"), shown.decision]] if shown.decision else []
    facts += [[_("Firm of"), shown.kin.name]] if shown.kin else []
    second = shown.confirmed_by.name if shown.confirmed_by else ""
    signers = [f"{_('First signature')}: {shown.entered_by.name}", f"{_('Second signature')}: {second}"]
    mark = _("Sold under list") if row["under"] else ""
    data = on_paper(here, title, under=str(state_of(shown)[0]), mark=mark, facts=facts, signers=signers)
    return to_print("facts", data, name=title)


# --- Out of the house -------------------------------------------------------------------------------------------------


@require_safe
def to_carry_out(request: HttpRequest, coop: str, kind: str) -> HttpResponse:
    """The book of a year as a file."""
    here = enter(request, coop)
    year = year_of(request, here)
    heads = [_("No."), _("Day"), _("Buyer"), _("Kind"), _("Code"), _("Amount"), _("Price"), _("List price")]
    heads += [_("Reason"), _("Decision"), _("First signature"), _("Second signature")]
    rows: Iterator[list[writing.Value]] = (
        [
            one.label,
            one.sold_on,
            one.buyer,
            str(KINDS[BuyerKind(one.kind)]),
            one.product.code,
            one.quantity,
            one.unit_price,
            one.list_price,
            one.reason,
            one.decision,
            one.signed_by.name,
            one.second_by.name,
        ]
        for one in access.sales(here, year).iterator(chunk_size=1_000)
    )
    return as_file(here, kind, f"{_('sales')}-{year}", heads, rows)


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """The book of a year on paper, with its balance; what is under list says why."""
    here = enter(request, coop)
    year = year_of(request, here)
    title = _("Open book of sales %(year)s") % {"year": year}
    told = _balance(here, year)
    notes = [
        _("Given by peer prices: %(given)s %(money)s. Received by support prices: %(received)s %(money)s.")
        % told
    ]
    volume = page_of(request, access.sales(here, year), MOST_PRINTED)
    data = on_paper(
        here,
        title,
        notes=notes,
        columns=[
            column(_("No.")),
            column(_("Day")),
            column(_("Buyer"), "wide"),
            column(_("Product"), "wide"),
            column(_("Price"), number=True),
            column(_("Signed by"), "fr"),
        ],
        rows=[_printed(here, one) for one in volume],
    )
    return to_print("list", data, name=title)


def _printed(here: Here, one: Sale) -> list[str]:
    row = _row(here, one)
    why = _("under list: %(reason)s") % {"reason": one.reason} if row["under"] else ""
    return [
        one.label,
        date_format(one.sold_on, "SHORT_DATE_FORMAT"),
        f"{one.buyer} ({row['kind']})",
        "\n".join(filter(None, [f"{row['quantity']} {one.product.code}", why])),
        row["price"],
        f"{one.signed_by.name}, {one.second_by.name}",
    ]
