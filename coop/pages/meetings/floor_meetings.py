"""The list of problems of a meeting: what stands on it, and one after the other while a sitting goes through it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coop.meetings import actions
from coop.meetings.course import call_under_way, sitting_under_way
from coop.meetings.models import AgendaItem, Meeting, ProblemCall
from coop.meetings.problems import Group, list_item, of_problem, on_the_list, said_in, under_way
from coop.meetings.rules.leading import obstacles_to_leading
from coop.meetings.tasks import standing_on
from coop.production.models import Problem, ProblemEvent

from .. import access
from ..access import Here, acting, enter, page_of
from ..tasks import tasks
from ..timetable import say_day, say_distance
from .floor import led
from .in_session import sitting_of

PAGE = 40
SHAPES = {
    "open": "waiting",
    "in_progress": "live",
    "reopened": "waiting",
    "solved": "done",
    "verified": "yes",
    "joined": "stopped",
}


@dataclass(frozen=True)
class Line:
    """A problem as the list tells it. `age`, `clock`: in words."""

    problem: Problem
    word: str
    shape: str
    age: str
    clock: str
    spoken: bool
    group: str


def say_group(group: str) -> str:
    return {
        Group.STOPPED: _("The line stands still"),
        Group.SAFETY: _("Safety"),
        Group.LISTED: _("The list, by its clocks"),
        Group.CAME_DOWN: _("Answered from above"),
    }[Group(group)]


def line(problem: Problem, here: Here) -> Line:
    """`problem`: out of `on_the_list`."""
    days = (here.day - here.cooperative.day_of(problem.raised_at)).days
    age = ngettext("%(days)s day old", "%(days)s days old", days) % {"days": days}
    late = problem.answered_at is None and problem.answer_by < here.day and problem.state in Problem.TO_DO
    return Line(
        problem,
        _("answer late") if late else str(problem.get_state_display()),
        "late" if late else SHAPES.get(problem.state, "waiting"),
        age if days else _("raised today"),
        _clock(problem, here.day),
        getattr(problem, "spoken", False),
        getattr(problem, "group", Group.LISTED),
    )


def _clock(problem: Problem, day: datetime.date) -> str:
    if problem.answered_at is not None:
        return _("answered on %(day)s") % {"day": say_day(problem.cooperative.day_of(problem.answered_at))}
    words = {"day": say_day(problem.answer_by), "distance": say_distance(day, problem.answer_by)}
    return _("answer by %(day)s, %(distance)s") % words


def groups(found: Iterable[Problem], here: Here) -> list[tuple[str, list[Line]]]:
    """Heading and lines, in the order of the list."""
    lines = []
    for problem in found:
        problem.cooperative = here.cooperative
        lines.append(line(problem, here))
    return [(say_group(group), list(some)) for group, some in groupby(lines, lambda one: one.group)]


def late_actions(here: Here, meeting: Meeting) -> list[tasks.Line]:
    """What earlier meetings of the body agreed about problems and is over its day: it comes first."""
    found = standing_on(meeting, here.at).filter(problem__isnull=False, due_on__lt=here.day)
    return tasks.lines(tasks.seen(here, found), here.day)


# --- What everybody reads -------------------------------------------------------------------------------------------


@require_safe
def problems(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everything on the list, in its order; whoever leads goes on from here."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    item = list_item(meeting)
    page = page_of(request, on_the_list(meeting), PAGE)
    context = {
        "meeting": meeting,
        "item": item,
        "groups": groups(page, here),
        "late": late_actions(here, meeting) if page.number == 1 else [],
        "page": page,
        **_desk(here, meeting, item),
    }
    return render(request, "meetings/floor_meetings/problems.html", context)


def _desk(here: Here, meeting: Meeting, item: AgendaItem | None) -> dict[str, Any]:
    """What whoever leads has before them; nothing for everybody else."""
    if meeting.state != Meeting.State.IN_SESSION:
        return {}
    if obstacles_to_leading(meeting, by=acting(here), at=here.at):
        return {}
    sitting = sitting_under_way(meeting)
    called = call_under_way(sitting) if sitting is not None else None
    return {
        "leads": True,
        "sitting": sitting,
        "list_called": called is not None and item is not None and called.item_id == item.pk,
        "present": under_way(sitting) if sitting is not None else None,
    }


@require_safe
def problem(request: HttpRequest, coop: str, key: int, problem: int) -> HttpResponse:
    """One problem with what was said about it, today and before; and for whoever leads, what can be done now."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    return render(request, "meetings/floor_meetings/problem.html", seen(here, meeting, problem))


def seen(here: Here, meeting: Meeting, key: int) -> dict[str, Any]:
    """One problem as its page in the meeting shows it."""
    found = access.problem_of_meeting(here, meeting, key)
    item = list_item(meeting)
    desk = _desk(here, meeting, item)
    today = said_in(meeting, here.at).filter(problem=found)
    here_now = {event.pk for event in today}
    events = found.events.select_related("by")
    present = desk.get("present")
    return {
        "meeting": meeting,
        "problem": found,
        "line": line(found, here),
        "today": today,
        "before": [event for event in events if event.pk not in here_now],
        "tasks": actions_on(here, found),
        "photos": found.photos.defer("content"),
        "next": _next(meeting, found) if desk else None,
        "is_present": present is not None and present.problem_id == found.pk,
        "kinds": [ProblemEvent.Kind.CAUSE, ProblemEvent.Kind.IDEA, ProblemEvent.Kind.ANSWER],
        **desk,
    }


def actions_on(here: Here, problem: Problem) -> list[tasks.Line]:
    """What meetings agreed to do about it, as far as the reader may know."""
    return tasks.lines(tasks.seen(here, of_problem(problem)), here.day)


def _next(meeting: Meeting, problem: Problem) -> Problem | None:
    """The first of the list that nobody has spoken about yet."""
    spoken = ProblemCall.objects.filter(sitting__meeting=meeting)
    return on_the_list(meeting).exclude(pk__in=spoken.values("problem")).exclude(pk=problem.pk).first()


# --- The desk -------------------------------------------------------------------------------------------------------


@require_POST
def call(request: HttpRequest, coop: str, key: int, problem: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    found = access.problem_of_meeting(here, meeting, problem)
    actions.call_problem(problem=found, sitting=sitting_of(meeting), by=acting(here), at=here.at)
    messages.success(request, _("%(problem)s is on the screen in the hall.") % {"problem": found.label})
    return redirect("meeting-problem", coop, key, problem)


@require_POST
def leave(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    actions.leave_problem(sitting=sitting_of(meeting), by=acting(here), at=here.at)
    return redirect("meeting-problems", coop, key)


# --- In the hall and on the page of the meeting ---------------------------------------------------------------------


def on_screen(meeting: Meeting, here: Here) -> dict[str, Any]:
    """The present problem for the screen in the hall; nothing where none is spoken about."""
    sitting = sitting_under_way(meeting)
    call: ProblemCall | None = under_way(sitting) if sitting is not None else None
    if call is None or call.problem.state == Problem.State.CONDUCT:
        return {}
    call.problem.cooperative = here.cooperative
    said = [ProblemEvent.Kind.CAUSE, ProblemEvent.Kind.IDEA, ProblemEvent.Kind.DECISION]
    return {
        "problem": line(call.problem, here),
        "said": call.problem.events.filter(kind__in=said).order_by("-pk")[:4],
        "photo": call.problem.photos.defer("content").first(),
    }


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """For the page of a meeting that goes through its list: how many stand on it."""
    return {"listed": True, "many": on_the_list(meeting).count()}


# --- On paper -------------------------------------------------------------------------------------------------------

PRINTED = 200  # problems; who has more meets more often


def how_many(meeting: Meeting) -> list[str]:
    """Beside the item on the notice, as it stands when it is printed."""
    many = on_the_list(meeting).count()
    return [ngettext("%(many)s problem now", "%(many)s problems now", many) % {"many": many}] if many else []


def printed(here: Here, meeting: Meeting) -> list[str]:
    """The list as lines of words, under its headings."""
    found = []
    for heading, lines in groups(on_the_list(meeting)[:PRINTED], here):
        found.append(heading.upper())
        for one in lines:
            where = f"{one.problem.area.name}, {one.problem.area.department.name}"
            facts = " · ".join([where, str(one.problem.get_priority_display()), one.age, one.clock])
            found.append(f"{one.problem.label} {one.problem.title}. {facts}")
    return found or [_("Nothing stands on the list.")]
