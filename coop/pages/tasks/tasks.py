"""Actions agreed: what I have taken on, what a body waits for, one action with what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.meetings.models import Action
from coop.meetings.tasks import (
    LATEST_FIRST,
    REMINDED,
    mine,
    obstacles_to_dropping,
    obstacles_to_reopening,
    obstacles_to_reporting,
    open_for,
    readable,
    with_age,
)
from coop.members.models import Body, Member
from coop.production.rules.measures import measured_before

from .. import access
from ..access import Here, acting, enter, page_of
from ..asked_here import asked
from ..belonging import bodies_of
from ..looking import Look
from ..stories import Story
from ..timetable import say_day, say_distance

PAGE = 30


@dataclass(frozen=True)
class Line:
    """An action as lists print it. `times`: how many meetings it has outlived, in words."""

    action: Action
    word: str
    shape: str
    when: str
    times: str = ""


def line(action: Action, day: datetime.date) -> Line:
    """Where it stands in a word and a shape, and how far its day is."""
    when = _("by %(day)s") % {"day": say_day(action.due_on)}
    if action.done_at is not None:
        return Line(action, _("done"), "done", when)
    if action.dropped_at is not None:
        return Line(action, _("dropped"), "stopped", when)
    late = action.due_on < day
    far = say_distance(day, action.due_on)
    times = _outlived(getattr(action, "age", 0))
    soon = _("due soon") if action.due_on - day <= REMINDED else _("open")
    word = _("overdue") if late else soon
    return Line(action, word, "late" if late else "waiting", f"{when}, {far}", times)


def _outlived(meetings: int) -> str:
    if not meetings:
        return ""
    return ngettext("%(times)s meeting since", "%(times)s meetings since", meetings) % {"times": meetings}


def lines(found: Iterable[Action], day: datetime.date) -> list[Line]:
    return [line(one, day) for one in found]


def seen(here: Here, found: QuerySet[Action]) -> QuerySet[Action]:
    """Those whose words the reader may know."""
    return readable(found, by=acting(here), bodies=bodies_of(here))


# --- Lists ----------------------------------------------------------------------------------------------------------


@require_safe
def my_actions(request: HttpRequest, coop: str) -> HttpResponse:
    """What I have taken on, and the bodies that wait for something, from whomever."""
    here = enter(request, coop)
    me = acting(here)
    open_ones = Q(done_at=None, dropped_at=None)
    waiting = seen(here, Action.objects.filter(open_ones, body__cooperative=here.cooperative))
    counted = waiting.values("body").annotate(
        many=Count("pk"), late=Count("pk", filter=Q(due_on__lt=here.day))
    )
    many = {row["body"]: row for row in counted.order_by()}
    done = Action.objects.filter(owner=me).exclude(open_ones).order_by(*LATEST_FIRST)
    look = Look(request)
    page = page_of(request, look.among(done.select_related("body"), "{text} {body__name}"), PAGE)
    context = {
        "open": lines(with_age(mine(me), here.at), here.day),
        "bodies": [(body, many[body.pk]) for body in Body.objects.filter(pk__in=many)],
        "done": lines(page, here.day),
        "look": look,
        "page": page,
    }
    return render(request, "tasks/mine.html", context)


@require_safe
def body_actions(request: HttpRequest, coop: str, code: str) -> HttpResponse:
    """Everything a body has agreed: what is open, the longest overdue first, and what is over."""
    here = enter(request, coop)
    body = access.body(here, code)
    over = Action.objects.filter(body=body).exclude(done_at=None, dropped_at=None)
    look = Look(request)
    over = look.among(seen(here, over).select_related("owner"), "{text} {owner__name}")
    page = page_of(request, over.order_by(*LATEST_FIRST), PAGE)
    found = lines(seen(here, open_for(body, here.at)), here.day)
    context = {
        "body": body,
        "open": found,
        "late": sum(one.shape == "late" for one in found),
        "done": lines(page, here.day),
        "look": look,
        "page": page,
    }
    return render(request, "tasks/body.html", context)


@require_safe
def action(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """One action: what, who, until when, where it was agreed, and what became of it."""
    here = enter(request, coop)
    found = one_seen(here, key)
    me = acting(here)
    context = {
        "action": found,
        "line": line(found, here.day),
        "events": found.events.select_related("by", "owner"),
        "may_report": not obstacles_to_reporting(found, note="-", by=me, at=here.at),
        "may_drop": not obstacles_to_dropping(found, note="-", by=me, at=here.at),
        "may_measure": _may_measure(found, me),
        "may_reopen": not obstacles_to_reopening(found, note="-", by=me, at=here.at),
    }
    return render(request, "tasks/action.html", context)


def _may_measure(found: Action, me: Member) -> bool:
    """Its work is done, and a figure from before waits for the one from afterwards."""
    if found.problem is None or found.done_at is None or found.owner_id != me.pk:
        return False
    return measured_before(found.problem) is not None


def one_seen(here: Here, key: int) -> Action:
    """An action, with its age, that the reader may know of."""
    found = access.action(here, key)
    visible = with_age(seen(here, Action.objects.filter(pk=found.pk)), here.at).first()
    if visible is None:
        raise Http404
    found.age = visible.age  # type: ignore[attr-defined]
    return found


# --- On the front page ----------------------------------------------------------------------------------------------


def reminders(here: Here) -> list[Story]:
    """What I have taken on and is due in three days, or over. One query."""
    return [_reminder(here, one) for one in asked(here, due_soon)]


def due_soon(here: Here) -> QuerySet[Action]:
    return mine(acting(here)).filter(due_on__lte=here.day + REMINDED)


def _reminder(here: Here, one: Action) -> Story:
    told = line(one, here.day)
    return Story(
        kicker=_("You have taken on"),
        headline=one.text,
        address=reverse("action", args=[here.cooperative.slug, one.pk]),
        word=told.word,
        shape=told.shape,
        meta=told.when,
        meta2=one.body.name,
    )
