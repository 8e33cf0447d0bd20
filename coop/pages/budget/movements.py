"""Money that the assembly moved in an adopted budget: the list, its sheet, and entering one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.budget import actions
from coop.budget.balance import Side
from coop.budget.models import Movement, Year
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..sheets import Sheet, WordsField
from .amounts import HOW, AmountField, in_our_money
from .words import told

ON_A_PAGE = 30
ON_PAPER = 1_000
OPEN = (Year.State.ADOPTED, Year.State.RUNNING)


class MovementForm(Sheet):
    source = forms.ChoiceField(
        label=gettext_lazy("From the line"),
        help_text=gettext_lazy("From a line of income: more came in, and it is spent."),
    )
    target = forms.ChoiceField(label=gettext_lazy("To the line of expense"))
    amount = AmountField(label=gettext_lazy("Amount"), help_text=HOW)
    decision = WordsField(
        label=gettext_lazy("Number of the decision"),
        max_length=200,
        help_text=gettext_lazy("As the register of decisions quotes it, such as D GA 2026-7."),
        widget=forms.TextInput(attrs={"placeholder": "D GA 2026-7", "autocomplete": "off"}),
    )
    reasons = WordsField(
        label=gettext_lazy("What for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, here: Here, year: Year, **more: Any) -> None:
        super().__init__(*args, **more)
        in_our_money(self, here.cooperative.currency_decimals)
        self.lines = {one.code: one for one in year.lines.order_by("-side", "code")}
        named = [(code, f"{code} {one.title}", one.side) for code, one in self.lines.items()]
        nothing = [("", _("choose one"))]
        self.fields["source"].choices = nothing + [(code, words) for code, words, _side in named]  # type: ignore[attr-defined]
        self.fields["target"].choices = nothing + [  # type: ignore[attr-defined]
            (code, words) for code, words, side in named if side == Side.EXPENSE
        ]


@require_safe
def movements(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    look = Look(request)
    page = page_of(
        request,
        look.among(
            access.budget_movements(year),
            "{number} {reasons} {source__title} {target__title} {decided_by} {entered_by__name}",
        ),
        ON_A_PAGE,
    )
    context = {
        "year": year,
        "look": look,
        "page": page,
        "movements": [(one, told(one.amount)) for one in page],
        "keeps": here.may(Power.KEEP_BUDGET) and year.state in OPEN,
    }
    return render(request, "budget/budget_kept/movements.html", context)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    against = [] if year.state in OPEN else [Reason("budget-not-running", {"label": year.label})]
    context: dict[str, Any] = {"year": year}
    context["form"] = form = MovementForm(
        request.POST if request.method == "POST" else None, here=here, year=year
    )
    if request.method == "GET":
        return render(request, "budget/budget_kept/move.html", {**context, "against": against})
    if not form.is_valid():
        return render(request, "budget/budget_kept/move.html", context, status=422)
    told_so = form.cleaned_data
    try:
        made = actions.move_money(
            **{name: told_so[name] for name in ("amount", "decision", "reasons")},
            source=form.lines[told_so["source"]],
            target=form.lines[told_so["target"]],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "budget/budget_kept/move.html", context, status=409)
    what = {"amount": told(made.amount), "source": told_so["source"], "target": told_so["target"]}
    messages.success(request, _("Moved: %(amount)s from %(source)s to %(target)s.") % what)
    return redirect("budget-movements", coop, key)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every movement of the year, each with the decision it rests on."""
    here = enter(request, coop)
    year = access.budget(here, key)
    found = list(access.budget_movements(year)[: ON_PAPER + 1])
    title = _("Movements in the budget of %(year)s") % {"year": year.year}
    data = {
        "title": title,
        "under": year.label,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": f"{here.cooperative.short_name} · {title}",
        "notes": [
            ngettext(
                "As it stood on %(day)s: %(count)s movement. An adopted budget moves by decisions alone.",
                "As it stood on %(day)s: %(count)s movements. An adopted budget moves by decisions alone.",
                min(len(found), ON_PAPER),
            )
            % {"day": date_format(here.day, "DATE_FORMAT"), "count": min(len(found), ON_PAPER)},
        ],
        "columns": [
            {"words": _("No."), "width": "auto", "number": True},
            {"words": _("Day"), "width": "auto"},
            {"words": _("From and to"), "width": "wide"},
            {"words": _("Amount"), "width": "auto", "number": True},
            {"words": _("Decided by, and what for"), "width": "wide"},
        ],
        "rows": [_printed_row(one) for one in found[:ON_PAPER]],
    }
    return to_print("list", data, name=title)


def _printed_row(one: Movement) -> list[str]:
    return [
        str(one.number),
        date_format(localtime(one.entered_at), "SHORT_DATE_FORMAT"),
        f"{one.source.code} {one.source.title} → {one.target.code} {one.target.title}",
        told(one.amount),
        f"{one.decided_by}: {one.reasons}",
    ]
