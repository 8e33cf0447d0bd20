"""Counts of cash and stock: everybody reads them, whoever was there signs, and both are printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.members.models import Power
from coop.oversight import actions
from coop.oversight.models import CountLine, CountSheet
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..sheets import AskedByCaseField, Sheet

PAGE = 20
EMPTY_LINES = 24  # of a sheet to fill in by hand: one page


def amount(figure: Decimal | None) -> str:
    """As people write it, without zeros behind that say nothing."""
    if figure is None:
        return ""
    exact = figure.normalize()
    return number_format(Decimal(f"{exact:f}"), force_grouping=True)


def money(here: Here, figure: Decimal | None) -> str:
    """Money of the house, without its code: with as many decimals as the currency has, or as were counted."""
    if figure is None:
        return ""
    exponent = figure.normalize().as_tuple().exponent
    decimals = max(here.cooperative.currency_decimals, -int(exponent), 0)
    return number_format(figure, decimal_pos=decimals, force_grouping=True)


def difference_in_words(
    figure: Decimal | None, unit: str = "", shown: Callable[[Decimal], str] = amount
) -> str:
    """What is there against what the book says."""
    if figure is None:
        return ""
    if figure == 0:
        return _("exactly what the book says")
    told = {"amount": f"{shown(abs(figure))} {unit}".strip()}
    return _("%(amount)s too little") % told if figure < 0 else _("%(amount)s too much") % told


def standing(sheet: CountSheet) -> tuple[str, str]:
    if sheet.signed_at is None:
        return _("waits for the second signature"), "waiting"
    return (_("signed by two"), "yes") if sheet.agrees else (_("contradicted"), "no")


@require_safe
def counts(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request,
        look.among(
            access.counts(here), "CS {year}-{number} {title} {filed_by__name} {witness__name}"
        ).order_by("-filed_at", "-pk"),
        PAGE,
    )
    rows = [{"sheet": one, "state": standing(one), "told": _in_short(here, one)} for one in page]
    context = {"look": look, "page": page, "rows": rows, "audits": here.may(Power.AUDIT)}
    return render(request, "oversight/counts/counts.html", context)


def _in_short(here: Here, sheet: CountSheet) -> str:
    if sheet.kind == CountSheet.Kind.STOCK:
        return str(sheet.get_kind_display())
    unit = here.cooperative.currency_code
    told = difference_in_words(sheet.difference, unit, partial(money, here))
    return f"{money(here, sheet.counted)} {unit}, {told}"


class SignForm(Sheet):
    agrees = forms.ChoiceField(
        label=gettext_lazy("Is it as it was counted?"),
        choices=[("yes", gettext_lazy("Yes, I was there and sign it")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    says = AskedByCaseField(
        label=gettext_lazy("What is not right"),
        max_length=300,
        help_text=gettext_lazy("Asked for only where you do not sign. It stands under the sheet."),
    )


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _show(request, here, access.count(here, key))


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.count(here, key)
    form = SignForm(request.POST)
    if not form.is_valid() and acting(here).pk == found.witness_id:
        return _show(request, here, found, form=form, status=422)
    agrees = form.cleaned_data.get("agrees") == "yes"
    try:
        actions.sign_count(
            sheet=found, agrees=agrees, says=form.cleaned_data.get("says", ""), by=acting(here), at=here.at
        )
    except Refused as refusal:
        return _show(request, here, found, form=form, reasons=refusal.reasons, status=409)
    messages.success(request, _("Signed.") if agrees else _("What you say stands under the sheet."))
    return redirect("count", coop, key)


def _show(
    request: HttpRequest,
    here: Here,
    found: CountSheet,
    *,
    form: SignForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    cash, unit = found.kind == CountSheet.Kind.CASH, here.cooperative.currency_code
    word, shape = standing(found)
    context = {
        "found": found,
        "cash": cash,
        "unit": unit,
        "lines": [_line(here, one) for one in found.lines.all()],
        "counted": money(here, found.counted),
        "book": money(here, found.book),
        "difference": difference_in_words(found.difference, unit, partial(money, here)),
        "word": word,
        "shape": shape,
        "audits": here.may(Power.AUDIT),
        "signs": found.signed_at is None and acting(here).pk == found.witness_id,
        "form": form or SignForm(),
        "reasons": reasons or [],
    }
    return render(request, "oversight/counts/count.html", context, status=status)


def _line(here: Here, one: CountLine) -> dict[str, Any]:
    return {
        "worth": money(here, one.worth),
        "pieces": one.pieces,
        "amount": money(here, one.amount),
        "thing": one.thing,
        "unit": one.unit,
        "book": amount(one.book),
        "counted": amount(one.counted),
        "difference": difference_in_words(one.difference, one.unit),
    }


# --- On paper -------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.count(here, key)
    unit = here.cooperative.currency_code
    lines = [_line(here, one) for one in found.lines.all()]
    day = date_format(found.counted_on, "DATE_FORMAT")
    notes = [
        _("Counted on %(day)s by %(first)s; %(second)s was there.")
        % {"day": day, "first": found.filed_by.name, "second": found.witness.name}
    ]
    if found.kind == CountSheet.Kind.CASH:
        told = {
            "counted": f"{money(here, found.counted)} {unit}",
            "book": f"{money(here, found.book)} {unit}",
            "difference": difference_in_words(found.difference, unit, partial(money, here)),
        }
        notes.append(_("Counted: %(counted)s. The book says: %(book)s. That is %(difference)s.") % told)
    notes += found.note.splitlines()
    notes.append(f"{capfirst(standing(found)[0])}. {found.says or ''}".strip())
    rows = (
        [[one["worth"], str(one["pieces"]), one["amount"]] for one in lines]
        if found.kind == CountSheet.Kind.CASH
        else [[one["thing"], one["unit"], one["book"], one["counted"], one["difference"]] for one in lines]
    )
    sheet = _sheet(here, str(found), found.kind, rows, notes)
    return to_print("list", sheet, name=found.label.replace(" ", "_"))


@require_safe
def blank_cash(request: HttpRequest, coop: str) -> HttpResponse:
    return _blank(request, coop, CountSheet.Kind.CASH, _("Count of cash"))


@require_safe
def blank_stock(request: HttpRequest, coop: str) -> HttpResponse:
    return _blank(request, coop, CountSheet.Kind.STOCK, _("Count of stock"))


def _blank(request: HttpRequest, coop: str, kind: str, title: str) -> HttpResponse:
    """To be filled in by hand where there is no screen; typed in afterwards."""
    here = enter(request, coop)
    notes = [
        _("What was counted, and where: ______________________________"),
        _("Day: ______________   Counted by: ______________________   Who was there: ______________________"),
        _("What the book says: ______________________   Signatures of both: ______________________________"),
    ]
    rows = [[""] * len(_columns(kind))] * EMPTY_LINES
    return to_print("list", _sheet(here, title, kind, rows, notes) | {"room": 2.4}, name=title)


def _columns(kind: str) -> list[dict[str, Any]]:
    if kind == CountSheet.Kind.CASH:
        words = [(_("Worth"), "fr"), (_("How many"), "fr"), (_("Makes"), "wide")]
        return [{"words": one, "width": width, "number": True} for one, width in words]
    words = [
        (_("Thing"), "wide"),
        (_("Unit"), "auto"),
        (_("By the book"), "fr"),
        (_("Counted"), "fr"),
        (_("Difference"), "fr"),
    ]
    return [
        {"words": one, "width": width, "number": place in (2, 3)} for place, (one, width) in enumerate(words)
    ]


def _sheet(here: Here, title: str, kind: str, rows: list[list[str]], notes: list[str]) -> dict[str, Any]:
    return {
        "title": title,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "notes": notes,
        "columns": _columns(kind),
        "rows": rows,
    }
