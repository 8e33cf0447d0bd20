"""The plan of a year: entered from the decision, compared by a second person, printed; and what could not wait."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.members.models import Power
from coop.members.rules.second_person import obstacles_to_confirming
from coop.production import actions
from coop.production.models import PlanLine, Product
from coop.production.planned import years_of
from coop.production.rules.answering import answers_for
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter, page_of
from ..paper import to_print
from ..second_person import answered
from ..sheets import Sheet, WordsField
from .told import UnitsField, column, decision_field, on_paper, state_of, units, year_of, years_beside

ON_A_PAGE = 50


@require_safe
def plan(request: HttpRequest, coop: str) -> HttpResponse:
    """All of a year: what holds, and what waits for a second signature."""
    here = enter(request, coop)
    return _plan(request, here, year_of(request, here))


def _plan(
    request: HttpRequest,
    here: Here,
    year: int,
    *,
    refused: list[Reason] | None = None,
    about: PlanLine | None = None,
    typed: str = "",
) -> HttpResponse:
    lines = access.plan_lines(here).filter(year=year).order_by("product__code", "from_month", "pk")
    page = page_of(request, lines, ON_A_PAGE)
    rows = [_line(here, one, about=about, typed=typed) for one in page]
    signs = [row["line"].pk for row in rows if row["signs"]]
    context = {
        "year": year,
        "beside": years_beside(year, here.day),
        "page": page,
        "rows": rows,
        "all": signs if len(signs) > 1 else [],
        "refused": refused,
        "keeps": here.may(Power.KEEP_BUDGET),
    }
    return render(request, "selling/products/plan.html", context, status=409 if refused else 200)


def _line(here: Here, one: PlanLine, *, about: PlanLine | None, typed: str) -> dict[str, Any]:
    me, unit = acting(here), one.product.unit
    obstacles = obstacles_to_confirming(one, by=me, at=here.at, powers=here.powers) if one.waits else []
    return {
        "line": one,
        "state": state_of(one),
        "month": str(MONTHS[one.from_month]),
        "target": units(one.target, unit),
        "capacity": units(one.capacity, unit) if one.capacity else "",
        "mine": one.entered_by_id == me.pk,
        "signs": one.waits and not obstacles,
        "typed": typed if about is not None and about.pk == one.pk else "",
    }


@require_POST
def countersign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    line = access.plan_line(here, key)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_plan, line=line),
            turn_down=partial(actions.turn_down_plan, line=line),
            confirmed=_("Confirmed. The plan counts."),
        )
    except Refused as refusal:
        typed = request.POST.get("because", "")
        return _plan(request, here, line.year, refused=refusal.reasons, about=line, typed=typed)
    return redirect(f"{request.path.rsplit('/lines/', 1)[0]}/?year={line.year}")


@require_POST
def countersign_all(request: HttpRequest, coop: str) -> HttpResponse:
    """All lines that stood on the page and wait, or none of them."""
    here = enter(request, coop)
    year = year_of(request, here)
    keys = [key for key in request.POST.getlist("line") if key.isascii() and key.isdigit()][:ON_A_PAGE]
    lines = list(access.plan_lines(here).filter(year=year, pk__in=[int(key[:18]) for key in keys]))
    if not lines:
        return _plan(request, here, year, refused=[Reason("entry-settled")])
    try:
        actions.confirm_plans(lines=lines, by=acting(here), at=here.at)
    except Refused as refusal:
        return _plan(request, here, year, refused=refusal.reasons)
    messages.success(request, _("Confirmed. The plan counts."))
    return redirect(reverse("plan", args=[coop]) + f"?year={year}")


class PlanSheet(Sheet):
    product: forms.ModelChoiceField[Product] = forms.ModelChoiceField(None, label=gettext_lazy("Product"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    from_month = forms.TypedChoiceField(
        label=gettext_lazy("From this month on"),
        choices=[(number, name) for number, name in MONTHS.items()],
        coerce=int,
        initial=1,
    )
    target = UnitsField(label=gettext_lazy("To be made in a month, in units"))
    capacity = UnitsField(
        label=gettext_lazy("What the machines can do in a month"),
        required=False,
        help_text=gettext_lazy("The use of capacity is reckoned from it."),
    )
    decision = decision_field()

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["product"]
        field.queryset = access.products(here)
        self.fields["year"].initial = here.day.year


@require_http_methods(["GET", "POST"])
def enter_plan(request: HttpRequest, coop: str) -> HttpResponse:
    """Copied from the decision that adopted it; it waits for a second person."""
    here = budget_keeper(request, coop)
    first = {"product": request.GET.get("product", "")}
    form = PlanSheet(request.POST if request.method == "POST" else None, here=here, initial=first)
    if request.method == "GET":
        return render(request, "selling/products/enter_plan.html", {"form": form})
    if not form.is_valid():
        return render(request, "selling/products/enter_plan.html", {"form": form}, status=422)
    try:
        made = actions.enter_plan(**form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context = {"form": form, "refused": refusal.reasons}
        return render(request, "selling/products/enter_plan.html", context, status=409)
    messages.success(request, _("Entered. It counts when a second person has compared it with the decision."))
    return redirect("product", coop, made.product_id)


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """The plan of a year for the notice board: what two have signed, and by which decision."""
    here = enter(request, coop)
    year = year_of(request, here)
    lines = access.plan_lines(here).filter(PlanLine.counted(), year=year).order_by("product__code")
    title = _("Production plan %(year)s") % {"year": year}
    data = on_paper(
        here,
        title,
        notes=[_("What the vote of the assembly set, or two have compared with its decision and signed.")],
        columns=[
            column(_("Product"), "wide"),
            column(_("From")),
            column(_("A month"), number=True),
            column(_("Machines can do"), number=True),
            column(_("Decision"), "fr"),
        ],
        rows=[
            [
                f"{one.product.code} {one.product.name}",
                str(MONTHS[one.from_month]),
                units(one.target, one.product.unit),
                units(one.capacity, one.product.unit) if one.capacity else "—",
                one.decision,
            ]
            for one in lines
        ],
    )
    return to_print("list", data, name=title)


# --- What cannot wait -------------------------------------------------------------------------------------------------


class ChangeSheet(Sheet):
    target = UnitsField(label=gettext_lazy("To be made in a month instead, in units"))
    because = WordsField(label=gettext_lazy("Why it cannot wait"), max_length=300)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """By those who answer for the department, until the next production meeting."""
    here = enter(request, coop)
    product = access.product(here, key)
    if not answers_for(acting(here), product.department, here.at):
        raise Http404
    form = ChangeSheet(request.POST if request.method == "POST" else None)
    now = years_of([product], here.day.year)[0].months[here.day.month - 1]
    target = units(now.target, product.unit) if now.target is not None else ""
    context: dict[str, Any] = {"form": form, "product": product, "target": target}
    context["days"] = here.bylaws.production_every_days
    if request.method == "GET":
        return render(request, "selling/products/change.html", context)
    if not form.is_valid():
        return render(request, "selling/products/change.html", context, status=422)
    try:
        made = actions.change_plan(product=product, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/products/change.html", context, status=409)
    day = date_format(made.until, "DATE_FORMAT")
    messages.success(
        request, _("Changed until the next production meeting, at most until %(day)s.") % {"day": day}
    )
    return redirect("product", coop, product.pk)
