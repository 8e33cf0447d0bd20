"""One problem: where it stands, its photos, all that was said and done, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.keys.models import Kind as Device
from coop.production.models import Problem, ProblemEvent
from coop.production.models import ProblemPhoto as Photo

from .. import access
from ..access import Here, acting, enter
from ..files import SHUT
from ..meetings import floor_meetings
from ..paper import to_print
from . import stops
from .act_table import ACTS
from .acts import open_to
from .printed import sheet
from .raised import like_it
from .told import late, say_age, say_clock, say_level, say_place, standing, whose

Kind = ProblemEvent.Kind
# What answers the question "is it solved?" stands above everything else; the rest is offered below.
ASKED = ("confirm", "object")
MAIN = ("me-too", "say", "add-photo", "solved", "came-back")


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.problem(here, key)
    stop = stops.standing_still(found)
    word, shape = standing(found, here.day, still=stop is not None)
    may = open_to(here, found)
    new = not found.events.exists() and acting(here).pk in (found.raised_by_id, found.through_id)
    context = {
        "problem": found,
        "word": word,
        "shape": shape,
        "late": late(found, here.day),
        "place": say_place(found),
        "clock": capfirst(say_clock(here, found)),
        "age": capfirst(say_age(here, found)),
        "level": capfirst(say_level(found)),
        "whose": whose(found),
        "photos": found.photos.defer("content"),
        "tasks": floor_meetings.actions_on(here, found),
        "too": found.me_too.count(),
        "history": history(found),
        "joined": access.problems(here).filter(joined_to=found),
        "stop": stop,
        "lifts": stop is not None and stops.lifts(here, stop),
        "mine": stop is not None and stop.asked_by_id == acting(here).pk,
        "asked": "confirm" in may,
        "objects": "object" in may,
        "main": [(name, ACTS[name], _to(here, name, found)) for name in MAIN if name in may],
        "others": [(one, _to(here, name, found)) for name, one in may.items() if name not in (*ASKED, *MAIN)],
        "may_stop": stop is None and found.state in Problem.TO_DO,
        "alike": like_it(here, found) if new else [],
        "conduct": found.state == Problem.State.CONDUCT,
    }
    return render(request, "problems/problem.html", context)


def _to(here: Here, name: str, problem: Problem) -> str:
    return reverse(f"problem-{name}", args=[here.cooperative.slug, problem.pk])


def history(problem: Problem) -> list[dict[str, Any]]:
    """Everything that was said and done, the first on top. One query."""
    events = problem.events.select_related("by", "other")
    return [
        {
            "kind": capfirst(str(one.get_kind_display())),
            "who": _who(one),
            "at": one.at,
            "day_only": one.by_id is None and one.kind == Kind.STOPPED,
            "words": one.words,
            "more": _more(one),
            "said": one.kind in (*ProblemEvent.SAID, *ProblemEvent.ANSWERS),
        }
        for one in events
    ]


def _who(event: ProblemEvent) -> str:
    if event.by is not None:
        return event.by.name
    return _("by the rules") if event.kind == Kind.ESCALATED else _("unnamed")


def _more(event: ProblemEvent) -> str:
    """What a kind tells besides its words."""
    if event.kind == Kind.MEASURE:
        before, after = figure(event.value_before), figure(event.value_after)
        if not after:
            return _("%(what)s: %(before)s before") % {"what": event.measured, "before": before}
        told = {"what": event.measured, "before": before, "after": after}
        return _("%(what)s: %(before)s before, %(after)s after") % told
    if event.kind == Kind.PRIORITY:
        return str(Problem.Priority(event.priority).label)
    if event.kind in (Kind.ESCALATED, Kind.CAME_DOWN):
        return str(Problem.Level(event.level).label)
    return event.other.label if event.other is not None else ""


def figure(value: Any) -> str:
    """Without zeros behind that say nothing."""
    return "" if value is None else str(number_format(f"{value.normalize():f}", force_grouping=True))


@require_safe
def photo(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """The picture as this house has written it. It never changes, so one's own telephone may keep it for a
    day; a tablet for everybody keeps nothing."""
    here = enter(request, coop)
    found: Photo = access.photo(here, key, number)
    answer = HttpResponse(bytes(found.content), content_type="image/jpeg")
    answer["Content-Disposition"] = content_disposition_header(False, f"{found.hash[:12]}.jpg") or "inline"
    answer["Content-Security-Policy"] = SHUT
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    if found.problem.state != Problem.State.CONDUCT and request.session.get("kind") != Device.KIOSK:
        answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.problem(here, key)
    return to_print("told", sheet(here, found, history(found)), name=found.label.replace(" ", "_"))
