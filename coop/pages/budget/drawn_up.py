"""The lines of a draft by hand: one more, another in its place, one taken out; with what is missing to balance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.budget import actions
from coop.budget.balance import Side
from coop.budget.drafts import mark_of_line
from coop.budget.models import Line, Year
from coop.budget.reading import Written
from coop.budget.rules.years import obstacles_to_drawing_up
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper, page_of
from ..sheets import Sheet, WordsField
from .amounts import HOW, AmountField, in_our_money, typed_back
from .departments import OF_ONE
from .words import told


class LineForm(Sheet):
    code = WordsField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Short, and the same every year: by it a line is followed over the years."),
    )
    title = WordsField(label=gettext_lazy("Title"), max_length=160)
    department = forms.ChoiceField(label=gettext_lazy("Department"))
    side = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(side, capfirst(words)) for side, words in Line.Side.choices],
        widget=forms.RadioSelect,
    )
    last = AmountField(label=gettext_lazy("Two years before"), required=False)
    current = AmountField(label=gettext_lazy("The year before"), required=False)
    proposed = AmountField(label=gettext_lazy("Proposed"), help_text=HOW)
    basis = WordsField(
        label=gettext_lazy("Basis"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("How the amount was found, in words: 60 t of flour at 900."),
    )
    is_contingency = forms.BooleanField(
        label=gettext_lazy("It is the line for what nobody foresaw"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, here: Here, year: Year, **more: Any) -> None:
        super().__init__(*args, **more)
        in_our_money(self, here.cooperative.currency_decimals)
        places = [(one.code, f"{one.code} {one.name}") for one in access.departments(here)]
        self.fields["department"].choices = [("", _("choose one")), *places]  # type: ignore[attr-defined]
        for field, before in (("last", 2), ("current", 1)):
            self.fields[field].label = _("In %(year)s") % {"year": year.year - before}
        self.fields["proposed"].label = _("Proposed for %(year)s") % {"year": year.year}

    def line(self) -> Written:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Written(**typed)


@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every line of the draft, and a form for one more."""
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    form = LineForm(request.POST if request.method == "POST" else None, here=here, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_line(year=year, line=form.line(), by=acting(here), at=here.at)
        except Refused as refusal:
            return _show(request, here, year, form, 409, refused=refusal.reasons)
        messages.success(request, _("Entered: %(code)s.") % {"code": form.cleaned_data["code"]})
        return redirect("budget-draw-up", coop, key)
    return _show(request, here, year, form, 422 if form.is_bound else 200)


def _show(
    request: HttpRequest, here: Here, year: Year, form: LineForm, status: int, **more: Any
) -> HttpResponse:
    lines = list(year.lines.select_related("department").order_by("department__code", "-side", "code"))
    page = page_of(request, lines, OF_ONE)
    context = {
        "year": year,
        "form": form,
        "page": page,
        "lines": [(line, told(line.proposed)) for line in page],
        "balance": balance(lines),
        "against": [] if more else obstacles_to_drawing_up(year, by=acting(here), at=here.at),
        "ceilings": year.ceilings.count(),
        **more,
    }
    return render(request, "budget/budget_kept/draw_up.html", context, status=status)


def balance(lines: Any) -> dict[str, str]:
    """Income, expense, and what is missing until they are the same."""
    sums = {side: sum((one.proposed for one in lines if one.side == side), Decimal(0)) for side in Side}
    left = sums[Side.INCOME] - sums[Side.EXPENSE]
    return {
        "income": told(sums[Side.INCOME]),
        "expense": told(sums[Side.EXPENSE]),
        "more_income": told(left) if left > 0 else "",
        "more_expense": told(-left) if left < 0 else "",
    }


@require_http_methods(["GET", "POST"])
def change_line(request: HttpRequest, coop: str, key: int, code: str) -> HttpResponse:
    """A line as it stands in the draft: written anew, or taken out."""
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    line = access.budget_line(year, code)
    context: dict[str, Any] = {"year": year, "line": line}
    if request.method == "GET":
        context["form"] = LineForm(here=here, year=year, initial=_as_it_stands(line))
        context["against"] = obstacles_to_drawing_up(year, by=acting(here), at=here.at)
        return render(request, "budget/budget_kept/change_line.html", context)
    context["form"] = form = LineForm(request.POST, here=here, year=year)
    act: dict[str, Any] = {"year": year, "by": acting(here), "at": here.at}
    taken_out = request.POST.get("do") == "take-out"
    if not taken_out and not form.is_valid():
        return render(request, "budget/budget_kept/change_line.html", context, status=422)
    try:
        if taken_out:
            actions.take_line_out(code=code, seen=request.POST.get("seen", ""), **act)
            messages.success(request, _("Taken out: %(code)s.") % {"code": code})
        else:
            actions.write_line(line=form.line(), was=code, seen=form.cleaned_data["seen"], **act)
            messages.success(request, _("Entered: %(code)s.") % {"code": form.cleaned_data["code"]})
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "budget/budget_kept/change_line.html", context, status=409)
    return redirect("budget-draw-up", coop, key)


def _as_it_stands(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "department": line.department.code,
        "side": line.side,
        "last": typed_back(line.last),
        "current": typed_back(line.current),
        "proposed": typed_back(line.proposed),
        "basis": line.basis,
        "is_contingency": line.is_contingency,
        "seen": mark_of_line(line),
    }
