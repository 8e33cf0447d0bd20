"""What each month came to: typed or out of a file, seen before it counts; what is entered again keeps what stood."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.text import capfirst, get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.budget import actions
from coop.budget.balance import Side
from coop.budget.models import Actual, Year
from coop.budget.money import typed
from coop.budget.reading import Month, read_month
from coop.budget.rules.running import obstacles_to_entering_a_month
from coop.budget.tables import Running, running
from coop.intake.sheets import Row
from coop.intake.writing import as_csv
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter
from ..budget_columns import BUDGET_COLUMNS
from ..sheets import WordsField
from .read import FileOrBox, our_heads
from .words import told


class MonthForm(FileOrBox):
    month = forms.ChoiceField(label=gettext_lazy("Month"))
    source = WordsField(
        label=gettext_lazy("The ledger that the figures come from"),
        max_length=200,
        help_text=gettext_lazy("With its page or file: Ledger 2026, pages 40 to 52."),
    )

    field_order = ("month", "source", "file", "lines")

    def __init__(self, *args: Any, here: Here, year: Year, **more: Any) -> None:
        super().__init__(*args, **more)
        months = range(1, begun(here, year) + 1)
        self.fields["month"].choices = [(str(one), name_of(one)) for one in months]  # type: ignore[attr-defined]
        self.fields["lines"].help_text = _(
            "The first line names the columns: Code; Amount. A line on which nothing moved has 0."
        )


def begun(here: Here, year: Year) -> int:
    """How many months of the year have begun."""
    if here.day.year != year.year:
        return 12 if here.day.year > year.year else 0
    return here.day.month


def name_of(month: int) -> str:
    return capfirst(str(MONTHS[month]))


def _form(here: Here, year: Year, *data: Any, **more: Any) -> MonthForm:
    codes = list(year.lines.values_list("code", flat=True))

    def reader(rows: Sequence[Row]) -> Month:
        decimals = here.cooperative.currency_decimals
        return read_month(rows, decimals=decimals, codes=codes, heads=our_heads())

    return MonthForm(*data, here=here, year=year, reader=reader, **more)


@require_safe
def months(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every month that was entered: what it came to, out of which ledger, by whom, and what was corrected."""
    here = enter(request, coop)
    year = access.budget(here, key)
    asked = Actual.objects.filter(line__year=year).values("month", "source", "entered_by__name", "entered_at")
    rows = asked.annotate(lines=Count("pk"), corrected=Count("pk", filter=Q(revision__gt=1)))
    entries: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("month", "entered_at"):
        entries.setdefault(row["month"], []).append({**row, "who": row["entered_by__name"]})
    lines = running(year) if year.is_locked else []
    context = {
        "year": year,
        "months": [(name_of(month), *_sums(lines, month), entries[month]) for month in sorted(entries)],
        "keeps": here.may(Power.KEEP_BUDGET) and year.state == Year.State.RUNNING,
    }
    return render(request, "budget/budget_kept/months.html", context)


def _sums(lines: Sequence[Running], month: int) -> tuple[str, str]:
    return tuple(
        told(sum((one.by_month.get(month, Decimal(0)) for one in lines if one.line.side == side), Decimal(0)))
        for side in (Side.INCOME, Side.EXPENSE)
    )  # type: ignore[return-value]


@require_http_methods(["GET", "POST"])
def enter_month(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    context: dict[str, Any] = {"year": year}
    if request.method == "GET":
        last = Actual.objects.filter(line__year=year).aggregate(last=Max("month"))["last"] or 0
        context["form"] = _form(here, year, initial={"month": str(min(last + 1, 12))})
        context["against"] = _against(here, year)
        return render(request, "budget/budget_kept/enter_month.html", context)
    if against := _against(here, year):
        context |= {"form": _form(here, year, request.POST), "refused": against}
        return _answer(request, context, 409)
    context["form"] = form = _form(here, year, request.POST, request.FILES)
    if not form.is_valid():
        form.with_the_rows()
        return _answer(request, context, 422)
    month, source = int(form.cleaned_data["month"]), form.cleaned_data["source"]
    if request.POST.get("do") != "enter":
        told_so = {"month": str(month), "source": source, "lines": _as_text(year, form.found.amounts)}
        context["form"] = _form(here, year, told_so)
        context["preview"] = _preview(year, month, form.found.amounts)
        return _answer(request, context, 200)
    try:
        made = actions.enter_month(
            year=year, month=month, amounts=form.found.amounts, source=source, by=acting(here), at=here.at
        )
    except Refused as refusal:
        form.with_the_rows()
        context["refused"] = refusal.reasons[:50]
        return _answer(request, context, 409)
    what = {"month": name_of(month), "many": made}
    messages.success(
        request,
        ngettext(
            "Entered: %(month)s, %(many)s figure that is new.",
            "Entered: %(month)s, %(many)s figures that are new.",
            made,
        )
        % what,
    )
    return redirect("budget-months", coop, key)


def _against(here: Here, year: Year) -> list[Reason]:
    """Why no month of this year can be entered at all, whatever its figures are."""
    asked = obstacles_to_entering_a_month(year, 1, {}, source="-", by=acting(here), at=here.at)
    return [one for one in asked if one.code != "budget-month-without-figures"]


def _answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    answer = render(request, "budget/budget_kept/enter_month.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _heads() -> list[str]:
    return [str(BUDGET_COLUMNS[name]) for name in ("code", "title", "amount")]


def _as_text(year: Year, amounts: dict[str, Decimal]) -> str:
    titles = dict(year.lines.values_list("code", "title"))
    rows = [[code, titles[code], typed(amount)] for code, amount in amounts.items()]
    return as_csv(_heads(), rows).decode("utf-8-sig").replace("\r\n", "\n")


def _preview(year: Year, month: int, amounts: dict[str, Decimal]) -> dict[str, Any]:
    there = {one.line.code: one for one in running(year)}
    rows = []
    for code, amount in amounts.items():
        was = there[code].by_month.get(month)
        word, shape = (_("new"), "live") if was is None else (_("as it was"), "done")
        if was is not None and was != amount:
            word, shape = _("before: %(amount)s") % {"amount": told(was)}, "waiting"
        rows.append((there[code].line, told(amount), word, shape))
    missing = [one.line for code, one in there.items() if code not in amounts and month not in one.by_month]
    sums = [
        told(sum((amount for code, amount in amounts.items() if there[code].line.side == side), Decimal(0)))
        for side in (Side.INCOME, Side.EXPENSE)
    ]
    return {"month": name_of(month), "rows": rows, "missing": missing, "income": sums[0], "expense": sums[1]}


@require_safe
def to_fill_in(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    lines = year.lines.order_by("-side", "code").values_list("code", "title")
    content = as_csv(_heads(), [[code, title, ""] for code, title in lines])
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = get_valid_filename(f"{year.label}.csv".replace("/", "-"))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
