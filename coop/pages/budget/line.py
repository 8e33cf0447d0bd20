"""A line of the budget over the years: proposed, adopted, spent; who wanted it otherwise; month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.budget.balance import Side
from coop.budget.models import Actual, Line, Movement
from coop.budget.untold import year_as_told
from coop.budget.watch import alarm
from coop.meetings.budgets import untold_since

from .. import access
from ..access import BUDGET_PAGE, enter, page_of
from .asked import address_to_ask
from .watched import ALARMS
from .words import asked_for, told

YEARS = 20  # that are shown, the newest first


@dataclass(frozen=True)
class OfYear:
    """A line in one budget, amounts as people read them, and the bars of its picture: words, amount, length."""

    year: int
    label: str
    key: int | None
    word: str
    proposed: str
    plan: str
    spent: str
    bars: tuple[tuple[str, str, str], ...]


@require_safe
def line(request: HttpRequest, coop: str, key: int, code: str) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    shown = access.budget_line(year, code)
    lines = _as_told(access.budget_lines_named(here, code)[:YEARS])
    page = page_of(request, access.budget_line_amendments(shown), BUDGET_PAGE)
    plans, months = _plans(lines), _months(lines)
    of_month = months.get(shown.pk, {})
    spent = sum((rows[-1].amount for rows in of_month.values()), Decimal(0))
    entered = Actual.objects.filter(line__year=year).values("month").distinct().count()
    warned = alarm(Side(shown.side), plan=plans[shown.pk], so_far=spent, months=entered)
    context = {
        "year": year,
        "line": shown,
        "years": _over_the_years(shown, lines, plans, months),
        "page": page,
        "amendments": [asked_for(one, year) for one in page],
        "movements": [
            (one, told(one.amount), one.source_id == shown.pk)
            for one in access.budget_movements(year).filter(Q(source=shown) | Q(target=shown))
        ],
        "months": [_month(rows) for _month_number, rows in sorted(of_month.items())],
        "alarm": ALARMS[warned] if warned and year.is_locked else "",
        "ask": address_to_ask(here, f"{year.label} {shown.code} {shown.title}"),
    }
    return render(request, "budget/budget_kept/line.html", context)


def _as_told(found: Iterable[Line]) -> list[Line]:
    """Without what was adopted and nobody was told yet."""
    lines = list(found)
    since = untold_since([one.year for one in lines])
    for one in lines:
        if not year_as_told(one.year, since.get(one.year_id)).is_locked:
            one.adopted = None
    return lines


def _plans(lines: Sequence[Line]) -> dict[int, Decimal]:
    """What was adopted, with what decisions moved since; of a budget that is not adopted what was proposed."""
    found = {one.pk: one.proposed if one.adopted is None else one.adopted for one in lines}
    moved = Movement.objects.filter(Q(source__in=found) | Q(target__in=found)).select_related("source")
    for one in moved:
        if one.source_id in found:
            found[one.source_id] += one.amount if one.source.side == Line.Side.INCOME else -one.amount
        if one.target_id in found:
            found[one.target_id] += one.amount
    return found


def _months(lines: Sequence[Line]) -> dict[int, dict[int, list[Actual]]]:
    """By line and month: every row that was entered, the one that counts last."""
    found: dict[int, dict[int, list[Actual]]] = {}
    for one in Actual.objects.filter(line__in=lines).select_related("entered_by").order_by("revision"):
        found.setdefault(one.line_id, {}).setdefault(one.month, []).append(one)
    return found


def _month(rows: Sequence[Actual]) -> dict[str, Any]:
    last = rows[-1]
    return {
        "name": capfirst(str(MONTHS[last.month])),
        "amount": told(last.amount),
        "source": last.source,
        "who": last.entered_by.name,
        "before": [(told(one.amount), one.source) for one in rows[:-1]],
    }


def _over_the_years(
    shown: Line, lines: Sequence[Line], plans: dict[int, Decimal], months: dict[int, Any]
) -> list[OfYear]:
    """The newest first; years from before the first budget as the line itself tells them."""
    amounts: list[tuple[int, Line | None, dict[str, Decimal]]] = []
    for one in lines:
        of_line = {"proposed": one.proposed}
        if one.adopted is not None:
            of_line["plan"] = plans[one.pk]
            if one.pk in months:
                of_line["spent"] = sum((rows[-1].amount for rows in months[one.pk].values()), Decimal(0))
        amounts.append((one.year.year, one, of_line))
    there = {year for year, _line, _amounts in amounts}
    for back, amount in ((1, shown.current), (2, shown.last)):
        if amount is not None and shown.year.year - back not in there:
            amounts.append((shown.year.year - back, None, {"plan": amount}))
    longest = max((amount for _y, _l, told_of in amounts for amount in told_of.values()), default=Decimal(0))
    return [_of_year(year, line, told_of, longest) for year, line, told_of in amounts]


def _of_year(year: int, line: Line | None, amounts: dict[str, Decimal], longest: Decimal) -> OfYear:
    words = {"proposed": _("proposed"), "plan": _("adopted"), "spent": _("came in or went out")}
    shown = {name: told(amount) for name, amount in amounts.items()}
    return OfYear(
        year=year,
        label=line.year.label if line else str(year),
        key=line.year_id if line else None,
        word=line.year.get_state_display() if line else _("as this budget tells it"),
        proposed=shown.get("proposed", ""),
        plan=shown.get("plan", ""),
        spent=shown.get("spent", ""),
        bars=tuple(
            (
                words[name],
                shown[name],
                f"{(amount * 100 / longest).quantize(Decimal('0.1'))}%" if longest else "0%",
            )
            for name, amount in amounts.items()
        ),
    )
