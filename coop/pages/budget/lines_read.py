"""The lines of a draft out of a file: seen with what they would change, then put in the place of what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.budget import actions
from coop.budget.drafts import mark, written
from coop.budget.models import Year
from coop.budget.reading import Lines, Written, read_lines
from coop.budget.rules.years import obstacles_to_drawing_up
from coop.budget.tables import running
from coop.intake.sheets import Row
from coop.intake.writing import Value, as_csv
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper
from .amounts import typed_back
from .drawn_up import balance
from .read import FileOrBox, heads, lines_as_text, our_heads
from .words import told

SHOWN = 200  # lines of a preview; what is wrong is told of all


class LinesForm(FileOrBox):
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)


def _form(here: Here, year: Year, *data: Any) -> LinesForm:
    names = {one.code: one.name for one in access.departments(here)}

    def reader(rows: Sequence[Row]) -> Lines:
        decimals = here.cooperative.currency_decimals
        return read_lines(rows, year=year.year, decimals=decimals, departments=names, heads=our_heads())

    return LinesForm(*data, reader=reader)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Read and shown without storing anything; entered when somebody has seen what it would change."""
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    context: dict[str, Any] = {"year": year}
    if request.method == "GET":
        context["form"] = _form(here, year)
        context["against"] = obstacles_to_drawing_up(year, by=acting(here), at=here.at)
        return render(request, "budget/budget_kept/enter_lines.html", context)
    context["form"] = form = _form(here, year, request.POST, request.FILES)
    if not form.is_valid():
        form.with_the_rows()
        return _answer(request, context, 422)
    if request.POST.get("do") != "enter":
        context["form"] = _as_read(here, year, form.found)
        context["preview"] = _preview(year, form.found)
        return _answer(request, context, 200)
    try:
        actions.set_lines(
            year=year,
            lines=form.found.lines,
            over=form.cleaned_data["seen"] or None,
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        form.with_the_rows()
        context["refused"] = refusal.reasons[:50]
        return _answer(request, context, 409)
    messages.success(
        request,
        ngettext("Entered: %(many)s line.", "Entered: %(many)s lines.", len(form.found.lines))
        % {"many": len(form.found.lines)},
    )
    return redirect("budget-draw-up", coop, key)


def _answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    answer = render(request, "budget/budget_kept/enter_lines.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _as_read(here: Here, year: Year, found: Lines) -> LinesForm:
    """What was read stands in the box: it is this that is entered, with a mark of what it takes the place of."""
    return _form(here, year, {"lines": lines_as_text(found.lines), "seen": mark(year)})


def _preview(year: Year, found: Lines) -> dict[str, Any]:
    there = {one.code: one for one in written(year)}
    read = {one.code: one for one in found.lines}
    rows = [(one, *_compared(one, there.get(one.code))) for one in found.lines]
    gone = [one for code, one in there.items() if code not in read]
    return {
        "lines": [(one, told(one.proposed), *rest) for one, *rest in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "many": len(rows),
        "new": sum(one.code not in there for one in found.lines),
        "changed": sum(one.code in there and there[one.code] != one for one in found.lines),
        "gone": [f"{one.code} {one.title}: {told(one.proposed)}" for one in gone[:SHOWN]],
        "unknown": ", ".join(found.unknown),
        "balance": balance(found.lines),
    }


def _compared(line: Written, was: Written | None) -> tuple[str, str]:
    """In words what it is against the line that stands there, and the shape of that word."""
    if was is None:
        return _("new"), "live"
    if was == line:
        return _("as it was"), "done"
    if was.proposed != line.proposed:
        return _("before: %(amount)s") % {"amount": told(was.proposed)}, "waiting"
    return _("changed"), "waiting"


@require_safe
def to_fill_in(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A list to fill in: the lines of the draft; of an empty one those of the budget before, without an amount."""
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    lines = written(year)
    content = (
        lines_as_text(lines).replace("\n", "\r\n").encode("utf-8-sig") if lines else _empty_list(here, year)
    )
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = get_valid_filename(f"{year.label}.csv".replace("/", "-"))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _empty_list(here: Here, year: Year) -> bytes:
    """The lines of the budget before; where that one was adopted for the year before, with its amounts beside."""
    before = access.budgets(here).filter(year__lt=year.year).exclude(state=Year.State.REJECTED).first()
    rows: list[list[Value]] = [
        [one.code, one.department, one.side, one.title, "", "", "", "", "x" if one.is_contingency else ""]
        for one in (written(before) if before else [])
    ]
    if before is not None and before.is_locked and before.year == year.year - 1:
        plans = {one.line.code: one for one in running(before)}
        for row in rows:
            was = plans[str(row[0])]
            row[5:7] = [typed_back(was.line.current), typed_back(was.plan)]
    return as_csv(heads(), rows)
