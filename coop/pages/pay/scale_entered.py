"""Entering a pay scale as it was adopted; a second person compares it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.pay import actions
from coop.refusals import Refused

from ..access import Here, acting, budget_keeper
from ..fields import PastDay
from ..sheets import DayField, Sheet, WordsField
from . import read


def table(label: Any, help_text: Any, rows: int, **more: Any) -> WordsField:
    """A box for lines whose parts stand between semicolons."""
    return WordsField(
        label=label, help_text=help_text, strip=False, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


# --- A scale ----------------------------------------------------------------------------------------------------------


class ScaleForm(Sheet):
    grades = table(
        gettext_lazy("Grades, one in each line"),
        gettext_lazy(
            "Code; name; amount a month; jobs as the register calls them. A; Floor; 1900; Baker, Packer"
        ),
        8,
        max_length=20_000,
    )
    supplements = table(
        gettext_lazy("Supplements, one in each line"),
        gettext_lazy(
            "Code; name; night, seniority or effort; at most so much. night; Night shifts; night; 20 %"
        ),
        5,
        max_length=10_000,
        required=False,
    )
    adopted_on = PastDay(label=gettext_lazy("Adopted on"))
    adopted_by = WordsField(
        label=gettext_lazy("Adopted by"),
        help_text=gettext_lazy("The decision, such as “D GA 2026-3”, or book and page."),
        max_length=200,
    )
    valid_from = DayField(label=gettext_lazy("Valid from"))

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.decimals = here.cooperative.currency_decimals

    def clean_grades(self) -> list[Any]:
        return _read(read.grades(self.cleaned_data["grades"], self.decimals))

    def clean_supplements(self) -> list[Any]:
        return _read(read.supplements(self.cleaned_data["supplements"], self.decimals))


def _read(found: read.Found) -> list[Any]:
    if found.faults:
        raise forms.ValidationError(found.faults)
    return found.lines


@require_http_methods(["GET", "POST"])
def enter_scale(request: HttpRequest, coop: str) -> HttpResponse:
    """Waits for a second person; nothing is adopted here."""
    here = budget_keeper(request, coop)
    form = ScaleForm(request.POST if request.method == "POST" else None, here=here)
    if request.method == "GET":
        return render(request, "pay/enter_scale.html", {"form": form})
    if not form.is_valid():
        return render(request, "pay/enter_scale.html", {"form": form}, status=422)
    try:
        made = actions.enter_scale(
            cooperative=here.cooperative, **form.cleaned_data, by=acting(here), at=here.at
        )
    except Refused as refusal:
        context = {"form": form, "refused": refusal.reasons}
        return render(request, "pay/enter_scale.html", context, status=409)
    messages.success(request, _("Entered. It counts when a second person has compared it with the original."))
    return redirect("pay-scale", coop, made.number)
