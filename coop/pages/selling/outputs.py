"""What a month brought: a list of products, looked at before it is entered; and a list to fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.members.models import Department, Power
from coop.production import actions
from coop.production.clocks import figures_due
from coop.production.models import Output
from coop.production.rules.answering import LEADS, answers_for
from coop.production.rules.figures import obstacles_to_output
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..pay.month import months_until
from .read import CODE, Columns, Line, ListSheet
from .told import as_file, units

AMOUNT, WHY = "amount", "why"
COLUMNS = Columns(
    {AMOUNT: (gettext_lazy("Amount"), 3)}, {WHY: gettext_lazy("Why corrected")}, frozenset({AMOUNT})
)


class OutputSheet(ListSheet):
    month = forms.ChoiceField(label=gettext_lazy("Month"))
    columns = COLUMNS
    field_order = ("month", "file", "lines")

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        over = months_until(here.day)[1:]
        self.fields["month"].choices = [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in over]  # type: ignore[attr-defined]

    @property
    def when(self) -> tuple[int, int]:
        year, month = self.cleaned_data["month"].split("-")
        return int(year), int(month)


def tells_output(here: Here) -> bool:
    """Who keeps the budget, and whoever answers for a department; what exactly they may tell, each line says."""
    if here.may(Power.KEEP_BUDGET):
        return True
    me = acting(here)
    if not here.powers.any_of(LEADS) and not me.mandates.exists():
        return False
    departments = Department.objects.filter(cooperative=here.cooperative).select_related("cooperative")
    return any(answers_for(me, one, here.at) for one in departments)


@require_http_methods(["GET", "POST"])
def enter_output(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not tells_output(here):
        raise Http404
    form = (
        OutputSheet(request.POST, request.FILES, here=here)
        if request.method == "POST"
        else OutputSheet(here=here)
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "GET":
        return render(request, "selling/products/enter_output.html", context)
    if form.is_valid():
        _judge(here, form)
    if form.errors:
        form.with_the_rows()
        return render(request, "selling/products/enter_output.html", context, status=422)
    if request.POST.get("do") != "enter":
        context["preview"] = _preview(here, form)
        form.as_read()
        return render(request, "selling/products/enter_output.html", context)
    try:
        made = actions.enter_outputs(
            cooperative=here.cooperative, figures=_figures(form), by=acting(here), at=here.at
        )
    except Refused as refusal:
        form.with_the_rows()
        context["refused"] = refusal.reasons[:50]
        return render(request, "selling/products/enter_output.html", context, status=409)
    done = ngettext("Entered: one figure.", "Entered: %(many)s figures.", len(made))
    messages.success(request, done % {"many": len(made)})
    return redirect("products", coop)


def _figures(form: OutputSheet) -> list[actions.Figure]:
    year, month = form.when
    return [
        actions.Figure(one.product, year, month, one.amounts[AMOUNT], one.words[WHY])
        for one in form.found.lines
    ]


def _judge(here: Here, form: OutputSheet) -> None:
    """What the rule says of each line stands beside it, before anything is entered."""
    for line, figure in zip(form.found.lines, _figures(form), strict=True):
        for reason in obstacles_to_output(**figure._asdict(), by=acting(here), at=here.at):
            form.found.fault(line.number, line.product.code, reason)
    if form.found.faults:
        form.add_error("lines", form.found.faults[:50])


def _preview(here: Here, form: OutputSheet) -> dict[str, Any]:
    year, month = form.when
    found = Output.objects.filter(
        product__in=[one.product for one in form.found.lines], year=year, month=month
    )
    before = {one.product_id: one.amount for one in found.order_by("version")}
    due = figures_due(year, month, here.bylaws.monthly_figures_days)
    return {
        "late": here.day > due,
        "due": due,
        "rows": [_row(one, before.get(one.product.pk)) for one in form.found.lines],
    }


def _row(line: Line, before: Any) -> dict[str, Any]:
    return {
        "line": line,
        "amount": units(line.amounts[AMOUNT], line.product.unit),
        "before": "" if before is None else units(before, line.product.unit),
        "why": line.words[WHY],
    }


@require_safe
def to_fill_in(request: HttpRequest, coop: str, kind: str) -> HttpResponse:
    """Every product with an empty amount."""
    here = enter(request, coop)
    if not tells_output(here):
        raise Http404
    told = COLUMNS.heads()
    heads = [told[CODE], _("Name"), _("Counted in"), told[AMOUNT], told[WHY]]
    rows = [[one.code, one.name, one.unit, "", ""] for one in access.products(here)]
    return as_file(here, kind, _("output"), heads, rows)
