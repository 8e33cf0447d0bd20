"""The year that runs: what came in and went out against the plan, line by line, and what is off it; and last year's
lines that go on after a budget was turned down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.budget.balance import Side
from coop.budget.models import Line, Year
from coop.budget.tables import Running, before, continued, running
from coop.budget.watch import MONTHS as IN_A_YEAR
from coop.budget.watch import Alarm, alarm
from coop.members.models import Power

from .. import access
from ..access import Here, enter, page_of, wants_fragment
from .departments import OF_ONE, ROOM
from .words import told

OFF = 20  # lines off their plan that are told by their names
ALARMS: dict[Alarm, Any] = {
    Alarm.OVER: gettext_lazy("over the plan of the whole year"),
    Alarm.AHEAD: gettext_lazy("ahead of the plan"),
    Alarm.LATE: gettext_lazy("income is late"),
}


@dataclass(frozen=True)
class Row:
    """A line with its amounts as people read them; `share`: per cent of its plan."""

    line: Line
    plan: str
    spent: str
    left: str
    share: str
    alarm: str


@dataclass(frozen=True)
class Place:
    """A department: what it has spent of what it may, and its lines."""

    name: str
    plan: Decimal
    spent: Decimal
    needed: Decimal
    count: str
    sentence: str
    code: str
    lines: tuple[Running, ...]
    months: int

    @property
    def rows(self) -> list[Row]:
        return [_row(one, self.months) for one in self.lines]


@require_safe
def watched(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Before the year runs it says so; nothing is compared with a plan that nobody adopted.

    With `department=CODE` the lines of that one alone.
    """
    here = enter(request, coop)
    year = access.budget(here, key)
    lines = running(year) if year.is_locked else []
    entered = sorted({month for one in lines for month in one.by_month})
    places = _places(lines, len(entered))
    if "department" in request.GET:
        return _department(request, year, places)
    off = [one for one in lines if _alarm(one, len(entered)) is not None]
    last = _last_month(here, year)
    context = {
        "year": year,
        "places": places,
        "folded": len(lines) > ROOM,
        "off": [_row(one, len(entered)) for one in off[:OFF]],
        "more_off": max(0, len(off) - OFF),
        "entered": len(entered),
        "expected": f"{Decimal(len(entered) * 100) / IN_A_YEAR:.0f}",
        "missing": [capfirst(str(MONTHS[month])) for month in range(1, last + 1) if month not in entered]
        if year.state == Year.State.RUNNING
        else [],
        "sums": [_sum(lines, side, len(entered)) for side in Side] if lines else [],
        "goes_on": _continued(here, year),
        "keeps": here.may(Power.KEEP_BUDGET),
    }
    return render(request, "budget/budget_kept/watched.html", context)


def _department(request: HttpRequest, year: Year, places: list[Place]) -> HttpResponse:
    """For a page of its own, or to be put where it was folded."""
    place = next((one for one in places if one.code == request.GET["department"]), None)
    if place is None:
        raise Http404
    page = page_of(request, place.lines, OF_ONE)
    context: dict[str, Any] = {
        "year": year,
        "place": place,
        "page": page,
        "rows": [_row(one, place.months) for one in page],
        "query": urlencode({"department": place.code}) + "&",
    }
    part = "#lines" if wants_fragment(request) else ""
    return render(request, f"budget/budget_kept/watched_department.html{part}", context)


def _last_month(here: Here, year: Year) -> int:
    """The last month that is over; 0 before the year begins."""
    if here.day.year != year.year:
        return IN_A_YEAR if here.day.year > year.year else 0
    return here.day.month - 1


def _alarm(one: Running, months: int) -> Alarm | None:
    return alarm(Side(one.line.side), plan=one.plan, so_far=one.spent, months=months)


def _row(one: Running, months: int) -> Row:
    off = _alarm(one, months)
    return Row(
        line=one.line,
        plan=told(one.plan),
        spent=told(one.spent),
        left=told(one.left),
        share=_per_cent(one.spent, one.plan),
        alarm=str(ALARMS[off]) if off else "",
    )


def _per_cent(part: Decimal, whole: Decimal) -> str:
    return f"{part * 100 / whole:.0f} %" if whole else ""


def _places(lines: Sequence[Running], months: int) -> list[Place]:
    """By code; the bar is what goes out, because a department answers for that."""
    of_place: dict[tuple[str, str], list[Running]] = {}
    for one in sorted(
        lines, key=lambda one: (one.line.department.code, one.line.side != Side.INCOME, one.line.code)
    ):
        of_place.setdefault((one.line.department.code, one.line.department.name), []).append(one)
    return [
        Place(name, *_sum(found, Side.EXPENSE, months), code, tuple(found), months)
        for (code, name), found in of_place.items()
    ]


def _sum(lines: Sequence[Running], side: Side, months: int) -> tuple[Decimal, Decimal, Decimal, str, str]:
    """Plan, so far, where it should be by now, and both in words."""
    mine = [one for one in lines if one.line.side == side]
    plan = sum((one.plan for one in mine), Decimal(0))
    spent = sum((one.spent for one in mine), Decimal(0))
    off = alarm(side, plan=plan, so_far=spent, months=months)
    count = _("%(spent)s of %(plan)s") % {"spent": told(spent), "plan": told(plan)}
    return plan, spent, plan * months / IN_A_YEAR, count, capfirst(str(ALARMS[off])) if off else ""


def _continued(here: Here, year: Year) -> dict[str, Any] | None:
    """What each line may spend this month, and how long that still goes on."""
    found = continued(year, here.day, here.bylaws)
    if found is None:
        return None
    last = before(year)
    titles = {one.code: one for one in last.lines.all()} if last else {}
    month = max(here.day, found.begins_on).month
    return {
        "begins_on": found.begins_on,
        "days_left": found.days_left,
        "month": capfirst(str(MONTHS[month])),
        "lines": [(titles[code], told(amount)) for code, amount in sorted(found.lines.items())],
    }
