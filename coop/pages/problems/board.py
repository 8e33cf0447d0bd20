"""The list of problems on the wall: a screen read from five metres, and a sheet for the board at the gate."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.members.models import Department
from coop.production.models import Problem, ProblemEvent

from .. import access, polled
from ..access import Here, enter, wants_fragment
from ..paper import to_print
from ..squares import address_of, square_of
from .told import in_order, late_on, say_age, say_clock, say_level, standing

SHOWN = 6  # lines of a screen that are read from five metres
PRINTED = 300  # lines of a board; more hang nowhere, and the sheet says how many there are
ANSWERS = datetime.timedelta(days=30)  # an answer to whoever is unnamed hangs so long


@require_safe
def wall(request: HttpRequest, coop: str) -> HttpResponse:
    """`?department=OVN`: of one department. Who may look is asked each time, what is seen is put together once."""
    here = enter(request, coop)
    department = _department(here, request.GET.get("department", ""))
    night = request.GET.get("night") == "1"
    if not wants_fragment(request):
        return render(request, "problems/wall.html", _seen(here, department) | {"night": night})

    def made() -> tuple[bytes, str]:
        return polled.tagged(render(request, "problems/wall.html#live", _seen(here, department)).content)

    key = ("problems", here.cooperative.pk, department.pk if department else 0, get_language())
    return polled.answer(request, *polled.kept(key, here.at, made))


def _department(here: Here, code: str) -> Department | None:
    if not code:
        return None
    found = Department.objects.filter(cooperative=here.cooperative, code=code[:12]).first()
    if found is None:
        raise Http404
    return found


def _of(here: Here, department: Department | None) -> QuerySet[Any]:
    found = access.problems(here)
    return found.filter(area__department=department) if department is not None else found


def _seen(here: Here, department: Department | None) -> dict[str, Any]:
    """Five questions, however many problems there are."""
    waiting = _of(here, department).filter(state__in=[*Problem.TO_DO, Problem.State.SOLVED])
    states = Counter(dict(waiting.order_by().values_list("state").annotate(many=Count("pk"))))
    still = list(in_order(waiting.filter(stands_still=True), here.day)[:SHOWN])
    rest = in_order(waiting.filter(stands_still=False, state__in=Problem.TO_DO), here.day)
    late = waiting.filter(late_on(here.day)).count()
    return {
        "department": department,
        "still": still,
        "rows": [
            {"problem": one, "state": standing(one, here.day, still=False), "age": say_age(here, one)}
            for one in rest[: SHOWN - min(len(still) * 2, SHOWN - 2)]
        ],
        "late": late,
        "open": sum(states[state] for state in Problem.TO_DO),
        "solved": states[Problem.State.SOLVED],
        "late_words": ngettext("without an answer in time", "without an answer in time", late),
    }


# --- The sheet ------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """By department: what stands still, what is late, what is to be done, in order; and the answers to the unnamed."""
    here = enter(request, coop)
    waiting = access.problems(here).filter(state__in=[*Problem.TO_DO, Problem.State.SOLVED])
    found = list(in_order(waiting.defer("details", "risk"), here.day)[: PRINTED + 1])
    by_department = sorted(
        found[:PRINTED], key=lambda one: one.area.department.name
    )  # keeps the order within
    groups = [
        {"title": name, "rows": [_line(here, one) for one in some]}
        for name, some in groupby(by_department, key=lambda one: one.area.department.name)
    ]
    address = address_of(request, "problem-raise", here.cooperative.slug)
    notes = (
        []
        if len(found) <= PRINTED
        else [_("The first %(many)s of them; the others are on the list.") % {"many": PRINTED}]
    )
    sheet = {
        "title": _("Problems"),
        "under": _("As they stand on %(day)s") % {"day": date_format(localtime(here.at), "DATETIME_FORMAT")},
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": _("Printed on %(day)s · the list: %(address)s")
        % {
            "day": date_format(localtime(here.at), "DATETIME_FORMAT"),
            "address": address_of(request, "problems", here.cooperative.slug),
        },
        "square": square_of(address),
        "scan": _("Raise a problem: point a telephone here, or tell anybody of the council."),
        "notes": notes or ([] if groups else [_("Nothing is to be done.")]),
        "words": {
            "number": _("Number"),
            "place": _("Place"),
            "what": _("What happens"),
            "stands": _("How it stands"),
        },
        "groups": groups,
        "answered_title": _("Answered: raised without a name"),
        "answered": _answers(here),
    }
    return to_print("problems", sheet, name=_("Problems"))


def _line(here: Here, one: Any) -> dict[str, Any]:
    word, shape = standing(one, here.day, still=one.stands_still)
    facts = [say_clock(here, one), say_age(here, one), say_level(one)]
    return {
        "number": one.label,
        "place": one.area.name,
        "what": one.title,
        "priority": str(Problem.Priority(one.priority).label),
        "word": word,
        "strong": shape in ("stopped", "late"),
        "facts": " · ".join(filter(None, facts)),
    }


def _answers(here: Here) -> list[dict[str, str]]:
    """The last answer to each problem of somebody unnamed, for a month: nobody can be told it in any other way."""
    told = (
        *ProblemEvent.ANSWERS,
        ProblemEvent.Kind.CAME_DOWN,
        ProblemEvent.Kind.TAKEN_UP,
        ProblemEvent.Kind.SOLVED,
    )
    events = ProblemEvent.objects.filter(problem=OuterRef("pk"), kind__in=told).order_by("-pk")
    found = (
        access.problems(here)
        .filter(raised_by=None)
        .annotate(said=Subquery(events.values("words")[:1]), said_at=Subquery(events.values("at")[:1]))
        .filter(said_at__gt=here.at - ANSWERS)
        .order_by("-said_at")
    )
    return [
        {
            "number": one.label,
            "what": one.title,
            "said": one.said or str(one.get_state_display()),
            "day": date_format(localtime(one.said_at), "DATE_FORMAT"),
        }
        for one in found[:PRINTED]
    ]
