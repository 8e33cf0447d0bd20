"""The sheet on which the auditor types what was counted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.budget.money import read
from coop.oversight import actions
from coop.oversight.count_lines import Faults, cash, stock
from coop.oversight.models import CountSheet
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField
from ..reasons import say
from ..sheets import DayField, WordsField

TOLD = 10  # lines that cannot be read, at once


class CountForm(PeopleForm):
    title = WordsField(label=gettext_lazy("What was counted, and where"), max_length=140)
    counted_on = DayField(label=gettext_lazy("Day"))
    witness = PersonField(label=gettext_lazy("Who was there and signs"))
    lines = WordsField(label=gettext_lazy("Lines"), max_length=20_000)
    note = WordsField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it."),
    )

    reads: Callable[[str], tuple[list[Any], Faults]]

    def clean_lines(self) -> list[Any]:
        found, faults = type(self).reads(self.cleaned_data["lines"])
        if faults:
            told = [
                _("Line %(line)s: %(why)s") % {"line": place, "why": say(reason)}
                for place, reason in faults[:TOLD]
            ]
            raise forms.ValidationError(told)
        return found

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if "witness" in answers:
            answers["witness"] = self.member("witness")
        return answers


def _lines(words: Any) -> WordsField:
    return WordsField(
        label=gettext_lazy("Lines"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=words,
    )


class CashForm(CountForm):
    lines = _lines(gettext_lazy("One a line, the worth and how many: 100 x 12. The sum is made here."))
    book = WordsField(label=gettext_lazy("What the cash book says"), max_length=40)

    field_order = ("title", "counted_on", "witness", "lines", "book", "note")
    reads = staticmethod(cash)

    def clean_book(self) -> Decimal:
        found = read(self.cleaned_data["book"], decimals=2)
        if isinstance(found, Reason):
            raise forms.ValidationError(say(found))
        return found


class StockForm(CountForm):
    lines = _lines(
        gettext_lazy(
            "One a line: thing; unit; what the book says; what is there. Such as: Flour; kg; 1200; 1187,5"
        )
    )

    field_order = ("title", "counted_on", "witness", "lines", "note")
    reads = staticmethod(stock)


@require_http_methods(["GET", "POST"])
def file_cash(request: HttpRequest, coop: str) -> HttpResponse:
    return _file(request, coop, CashForm, actions.file_cash_count, CountSheet.Kind.CASH)


@require_http_methods(["GET", "POST"])
def file_stock(request: HttpRequest, coop: str) -> HttpResponse:
    return _file(request, coop, StockForm, actions.file_stock_count, CountSheet.Kind.STOCK)


def _file(
    request: HttpRequest, coop: str, sheet: type[CountForm], act: Callable[..., CountSheet], kind: str
) -> HttpResponse:
    here: Here = enter(request, coop)
    access.audits(here)
    form = sheet(
        request.POST if request.method == "POST" else None, here=here, initial={"counted_on": here.day}
    )
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = act(by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            told = {"name": made.witness.name}
            messages.success(request, _("Filed. %(name)s reads and signs it now.") % told)
            return redirect("count", coop, made.pk)
    status = 409 if reasons else 422 if form.errors else 200
    context = {"form": form, "reasons": reasons, "cash": kind == CountSheet.Kind.CASH}
    return render(request, "oversight/counts/file.html", context, status=status)
