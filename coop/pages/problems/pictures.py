"""What ten years of problems look like: by department and shift, never by person. Beside each picture is its table."""

from __future__ import annotations

import datetime
from collections import Counter
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate, TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.members.models import Department, Shift
from coop.production.clocks import PRIORITIES, month_ends
from coop.production.models import Area, Problem, ProblemEvent
from coop.production.pictures import Answered, Place, Step, age_of_oldest, over_time, recurring, speeds

from .. import access
from ..access import Here, enter
from .drawn import Stack, drawn

State = Problem.State
FIRST_YEAR = 2000
MOST_PLACES = 15
WAITS = (State.OPEN, State.IN_PROGRESS, State.REOPENED)


@require_safe
def pictures(request: HttpRequest, coop: str) -> HttpResponse:
    """`?year=2026&department=OVN`; what no year or department is called shows this year, of all."""
    here = enter(request, coop)
    problems = access.problems(here).order_by()
    first = problems.aggregate(first=Min("year"))["first"] or here.day.year
    years = list(range(here.day.year, max(first, FIRST_YEAR) - 1, -1))
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(one) for one in years} else here.day.year
    departments = list(
        Department.objects.filter(cooperative=here.cooperative, funds_only=False).order_by("name")
    )
    department = next((one for one in departments if one.code == request.GET.get("department")), None)
    if department is not None:
        problems = problems.filter(area__department=department)
    raised = problems.filter(year=year)
    context = {
        "year": year,
        "years": years,
        "departments": departments,
        "department": department,
        "months": _over_time(here, problems, year, department),
        "speeds": _speeds(raised, here),
        "oldest": _oldest(here, problems),
        "places": _places(raised, here, year, department),
        "by_department": _by_department(raised),
        "by_shift": _by_shift(here, raised),
        "total": raised.count(),
    }
    return render(request, "problems/pictures.html", context)


def _over_time(
    here: Here, problems: QuerySet[Any], year: int, department: Department | None
) -> dict[str, Any]:
    """How many stood where at the end of each month that is over, and today."""
    zone, months = here.cooperative.zone, range(1, 13)
    ends = [month_ends(year, month) for month in months if month_ends(year, month) < here.day]
    ends += [here.day] if here.day.year == year else []
    raised = (
        problems.annotate(month=TruncMonth("raised_at", tzinfo=zone))
        .values_list("month")
        .annotate(many=Count("pk"))
    )
    told = ProblemEvent.objects.filter(problem__cooperative=here.cooperative).exclude(before=F("after"))
    told = told.exclude(problem__state=State.CONDUCT)
    if department is not None:
        told = told.filter(problem__area__department=department)
    moved = (
        told.order_by().annotate(month=TruncMonth("at", tzinfo=zone)).values_list("before", "after", "month")
    )
    steps = [Step(month.date(), "", State.OPEN, many) for month, many in raised]
    steps += [
        Step(month.date(), before, after, many)
        for before, after, month, many in moved.annotate(many=Count("pk"))
    ]
    rows: list[dict[str, Any]] = [
        {
            "day": end,
            "label": date_format(end, "M"),
            "open": sum(stood.get(state, 0) for state in WAITS),
            "solved": stood.get(State.SOLVED, 0),
            "verified": stood.get(State.VERIFIED, 0),
        }
        for end, stood in zip(ends, over_time(steps, ends), strict=True)
    ]
    # What was confirmed before this year would only make every bar the same.
    before = over_time(steps, [datetime.date(year, 1, 1) - datetime.timedelta(days=1)])[0].get(
        State.VERIFIED, 0
    )
    for row in rows:
        row["verified"] = max(0, row["verified"] - before)
    stacks = [Stack(row["label"], (row["open"], row["solved"], row["verified"])) for row in rows]
    return {"rows": rows, "picture": drawn(stacks)}


def _speeds(raised: QuerySet[Any], here: Here) -> list[dict[str, Any]]:
    """How fast the problems that were raised in the year were answered."""
    zone = here.cooperative.zone
    answered = (
        raised.filter(answered_at__isnull=False)
        .annotate(first=TruncDate("raised_at", tzinfo=zone), last=TruncDate("answered_at", tzinfo=zone))
        .values_list("priority", "answer_by", "first", "last")
    )
    counted: Counter[Answered] = Counter()
    for priority, by, first, last in answered:
        counted[Answered(priority, max(0, (last - first).days), last > by)] += 1
    found = speeds(one._replace(number=many) for one, many in counted.items())
    waiting = dict(
        raised.filter(answered_at=None, state__in=Problem.TO_DO)
        .values_list("priority")
        .annotate(many=Count("pk"))
    )
    return [
        {
            "words": Problem.Priority(name).label,
            "number": found[name].number if name in found else 0,
            "middle": found[name].middle if name in found else None,
            "longest": found[name].longest if name in found else None,
            "in_time": percent(found[name].in_time) if name in found else None,
            "waiting": waiting.get(name, 0),
        }
        for name in PRIORITIES
    ]


def percent(share: Fraction) -> int:
    """Whole per cent, rounded down: nothing looks better than it is."""
    return int(share * 100)


def _oldest(here: Here, problems: QuerySet[Any]) -> dict[str, Any] | None:
    found = problems.filter(state__in=WAITS).order_by("raised_at").first()
    if found is None:
        return None
    days = age_of_oldest([here.cooperative.day_of(found.raised_at)], here.day)
    return {"problem": found, "days": days}


def _places(
    raised: QuerySet[Any], here: Here, year: int, department: Department | None
) -> list[dict[str, Any]]:
    """Where the same kind of problem was raised, or came back, three times and more in the year."""
    grouped = raised.values_list("area", "category").annotate(many=Count("pk"))
    back = ProblemEvent.objects.filter(
        problem__cooperative=here.cooperative,
        kind=ProblemEvent.Kind.REOPENED,
        at__gte=datetime.datetime(year, 1, 1, tzinfo=here.cooperative.zone),
        at__lt=datetime.datetime(year + 1, 1, 1, tzinfo=here.cooperative.zone),
    ).exclude(problem__state=State.CONDUCT)
    if department is not None:
        back = back.filter(problem__area__department=department)
    returned = back.order_by().values_list("problem__area", "problem__category").annotate(many=Count("pk"))
    found = recurring(
        [
            *(Place(area, category, many) for area, category, many in grouped),
            *(Place(area, category, 0, many) for area, category, many in returned),
        ]
    )[:MOST_PLACES]
    areas = Area.objects.select_related("department").in_bulk([one.area for one in found])
    return [
        {
            "place": f"{areas[one.area].name}, {areas[one.area].department.name}",
            "category": Problem.Category(one.category).label,
            "raised": one.raised,
            "reopened": one.reopened,
        }
        for one in found
    ]


def _by_department(raised: QuerySet[Any]) -> list[dict[str, Any]]:
    """Raised in the year, of these still to be done, and confirmed."""
    to_do, confirmed = Q(state__in=WAITS), Q(state=State.VERIFIED)
    grouped = raised.values("area__department__name").annotate(
        many=Count("pk"), waiting=Count("pk", filter=to_do), verified=Count("pk", filter=confirmed)
    )
    found = [{"name": row["area__department__name"], **row} for row in grouped]
    return sorted(found, key=lambda row: (-row["many"], row["name"]))


def _by_shift(here: Here, raised: QuerySet[Any]) -> list[dict[str, Any]]:
    """In which shift they were raised, by the hour. A shift that begins within an hour takes the whole hour. Of what
    was raised without a name no hour is kept."""
    shifts = list(Shift.objects.filter(cooperative=here.cooperative).order_by("position"))
    if not shifts:
        return []
    hours = (
        raised.filter(raised_by__isnull=False)
        .annotate(hour=ExtractHour("raised_at", tzinfo=here.cooperative.zone))
        .values_list("hour")
        .annotate(many=Count("pk"))
    )
    counted: Counter[int] = Counter()
    for hour, many in hours:
        counted[_shift_at(shifts, hour)] += many
    unnamed = raised.filter(raised_by=None).count()
    beside = [(_("between the shifts"), counted[-1]), (_("without a name"), unnamed)]
    rows = [(one.name, counted[place]) for place, one in enumerate(shifts)]
    rows += [(name, many) for name, many in beside if many]
    return [{"name": name, "many": many} for name, many in rows]


def _shift_at(shifts: list[Shift], hour: int) -> int:
    moment = datetime.time(hour, 59)
    for place, one in enumerate(shifts):
        within = one.starts <= moment < one.ends
        if within or (one.crosses_midnight and (moment >= one.starts or moment < one.ends)):
            return place
    return -1
