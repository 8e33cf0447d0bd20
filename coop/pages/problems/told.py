"""How a problem is told in a line: where it stands as a word and a shape, its age, and its clock in words."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.production.clocks import PRIORITIES, is_late
from coop.production.models import Problem

from ..access import Here
from ..stories import Story
from ..timetable import say_day, say_distance

State = Problem.State
SHAPES = {
    State.OPEN: "waiting",
    State.IN_PROGRESS: "live",
    State.SOLVED: "done",
    State.VERIFIED: "yes",
    State.REOPENED: "waiting",
    State.JOINED: "stopped",
    State.CONDUCT: "stopped",
}


def late_on(day: datetime.date) -> Q:
    """The condition "nobody has answered it, and its day is over"."""
    return Q(state__in=Problem.TO_DO, answered_at=None, answer_by__lt=day)


def in_order(problems: QuerySet[Problem], day: datetime.date) -> QuerySet[Problem]:
    """What stands still, safety that is late, what is late, by priority, and the oldest first; then what is said to be
    solved; and what is settled, the newest first. Asks for `stands_still` (`access.problems`)."""
    late, safety = late_on(day), Q(priority=Problem.Priority.SAFETY)
    turn = Case(
        When(stands_still=True, then=0),
        When(late & safety, then=1),
        When(late, then=2),
        When(state__in=Problem.TO_DO, then=3),
        When(state=State.SOLVED, then=4),
        default=5,
        output_field=IntegerField(),
    )
    weight = Case(
        *(When(priority=name, then=place) for place, name in enumerate(PRIORITIES)),
        output_field=IntegerField(),
    )
    settled = Q(state__in=(State.VERIFIED, State.JOINED))
    none = Value(None, output_field=DateTimeField())
    newest = Case(When(settled, then=F("raised_at")), default=none)
    return problems.annotate(turn=turn, weight=weight, newest=newest).order_by(
        "turn", F("newest").desc(nulls_first=True), "weight", "raised_at", "pk"
    )


def late(problem: Problem, today: datetime.date) -> bool:
    """Whether it waits for an answer whose day is over."""
    waits = problem.state in Problem.TO_DO and problem.answered_at is None
    return waits and is_late(problem.answer_by, None, today)


def standing(problem: Problem, today: datetime.date, *, still: bool) -> tuple[str, str]:
    """Where it stands, as a word and a shape. `still`: the line stands still because of it."""
    if still:
        return _("the line stands still"), "stopped"
    if late(problem, today):
        return _("no answer in time"), "late"
    state = State(problem.state)  # `get_state_display` would translate all of them to find one
    return str(state.label), SHAPES[state]


def say_age(here: Here, problem: Problem) -> str:
    day = here.cooperative.day_of(problem.raised_at)
    return _("raised %(distance)s") % {"distance": say_distance(here.day, day)}


def say_clock(here: Here, problem: Problem) -> str:
    """Until when somebody answers, or that somebody has; nothing once it is settled."""
    if problem.state not in Problem.TO_DO:
        return ""
    if problem.answered_at is not None:
        on = here.cooperative.day_of(problem.answered_at)
        return _("answered %(distance)s") % {"distance": say_distance(here.day, on)}
    told = {"day": say_day(problem.answer_by), "distance": say_distance(here.day, problem.answer_by)}
    return _("answer by %(day)s (%(distance)s)") % told


def say_level(problem: Problem) -> str:
    """Before whom it stands, when that is not the production meeting any more."""
    if problem.level == Problem.Level.MEETING or problem.state not in Problem.TO_DO:
        return ""
    return _("before: %(level)s") % {"level": Problem.Level(problem.level).label}


def say_place(problem: Problem) -> str:
    return f"{problem.area.name}, {problem.area.department.name}"


def whose(problem: Problem) -> str:
    """Who raised it; who was unnamed stays so."""
    return problem.raised_by.name if problem.raised_by is not None else _("unnamed")


def address_of(here: Here, problem: Problem) -> str:
    return reverse("problem", args=[here.cooperative.slug, problem.pk])


def story(here: Here, problem: Any, *, kicker: str = "") -> Story:
    """One line of a list. `problem` comes out of `access.problems`."""
    word, shape = standing(problem, here.day, still=problem.stands_still)
    priority = _("priority: %(priority)s") % {"priority": Problem.Priority(problem.priority).label}
    facts = [say_clock(here, problem), say_age(here, problem), say_level(problem)]
    return Story(
        kicker=kicker or f"{problem.label} · {say_place(problem)}",
        headline=problem.title,
        address=address_of(here, problem),
        word=word,
        shape=shape,
        meta=priority,
        meta2=capfirst(" · ".join(filter(None, facts))),
    )
