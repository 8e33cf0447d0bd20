"""What problems ask of somebody on the front page: lines that stand still, "is it solved?", answers that are late."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.production.models import Problem
from coop.production.rules.answering import answered_by

from .. import access
from ..access import Here, acting
from ..stories import Story
from .problems import departments_of
from .told import address_of, late_on, say_age, say_place, story

FEW = 4


def standing_still(here: Here) -> QuerySet[Any]:
    """Lines of the department in which this person works."""
    return access.problems(here).filter(stands_still=True, area__department__in=departments_of(here))


def to_confirm(here: Here) -> QuerySet[Any]:
    """What this person raised and somebody else says is solved."""
    mine = access.problems(here).filter(raised_by=acting(here), state=Problem.State.SOLVED)
    return mine.exclude(solved_by=acting(here))


def late_here(here: Here) -> QuerySet[Any]:
    """Without an answer in time, where this person answers."""
    places = answered_by(acting(here), here.powers, here.at)
    return access.problems(here).filter(late_on(here.day), area__department__in=places)


def stopped(here: Here) -> list[Story]:
    """With a button, so that it leads the front page."""
    return [
        replace(
            story(here, one, kicker=_("The line stands still: %(place)s") % {"place": say_place(one)}),
            button=_("Look at it"),
        )
        for one in standing_still(here).order_by("raised_at")[:FEW]
    ]


def is_it_solved(here: Here) -> list[Story]:
    return [
        Story(
            kicker=_("Said to be solved: is it?"),
            headline=one.title,
            address=address_of(here, one),
            word=_("you are asked"),
            shape="waiting",
            meta=f"{one.label} · {say_place(one)}",
            meta2=say_age(here, one),
        )
        for one in to_confirm(here).order_by("solved_at")[:FEW]
    ]


def without_answer(here: Here) -> list[Story]:
    late = late_here(here)
    many = late.count()
    if not many:
        return []
    words = ngettext(
        "One problem without an answer in time", "%(many)s problems without an answer in time", many
    )
    return [
        Story(
            kicker=_("Where you answer"),
            headline=words % {"many": many},
            address=f"{reverse('problems', args=[here.cooperative.slug])}?state=late",
            word=_("late"),
            shape="late",
            meta=_("take them up, answer, or send them up"),
        )
    ]
