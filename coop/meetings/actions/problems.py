"""The list of problems: onto the agenda, gone through problem by problem, and counted when the meeting ends."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.models import Member
from coop.production import actions as production
from coop.production.models import Problem
from coop.refusals import refuse_if

from ..models import AgendaItem, Meeting, ProblemCall, Sitting
from ..problems import (
    goes_through_problems,
    has_list_to_take_up,
    list_item,
    obstacles_to_calling_problem,
    obstacles_to_leaving_problem,
    place_on,
    touched_in,
)
from .locks import locked, subject_of

PLANNED = 30  # minutes; whoever calls the meeting puts it right


@transaction.atomic
def take_up_problems(*, meeting: Meeting, by: Actor = CLOCK, at: datetime.datetime) -> AgendaItem | None:
    """Puts the list on a draft, once and as early as it can be; None where there is nothing to put there."""
    meeting = locked(meeting)
    if not has_list_to_take_up(meeting):
        return None
    number = place_on(meeting)
    meeting.items.filter(number__gte=number).update(number=F("number") + 1)
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=number,
        kind=AgendaItem.Kind.PROBLEMS,
        title=str(AgendaItem.Kind.PROBLEMS.label),
        planned_minutes=PLANNED,
    )
    _tell(meeting, verb="problems-on-agenda", by=by, at=at, item=number)
    return item


@transaction.atomic
def call_problem(*, problem: Problem, sitting: Sitting, by: Member, at: datetime.datetime) -> ProblemCall:
    """From now on the sitting speaks about this problem; the one before has ended."""
    sitting = _fresh(sitting)
    refuse_if(obstacles_to_calling_problem(problem, sitting=sitting, by=by, at=at))
    ProblemCall.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)
    called = ProblemCall.objects.create(sitting=sitting, problem=problem, called_by=by, called_at=at)
    facts = {"problem": problem.label, "sitting": sitting.number}
    _tell(sitting.meeting, verb="problem-called", by=by.actor, at=at, **facts)
    return called


@transaction.atomic
def leave_problem(*, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
    """It is done for today, and no other is called yet."""
    sitting = _fresh(sitting)
    refuse_if(obstacles_to_leaving_problem(sitting, by=by, at=at))
    ProblemCall.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)
    _tell(sitting.meeting, verb="problem-left", by=by.actor, at=at, sitting=sitting.number)


@transaction.atomic
def count_meeting(*, meeting: Meeting, by: Actor, at: datetime.datetime) -> list[Problem]:
    """Part of closing, under its lock: what was left too often goes up. A meeting that was not held leaves nothing.

    What went up stands before the next body, whose draft gets its list from the clock, or at its notice.
    """
    if meeting.state != Meeting.State.IN_SESSION or not goes_through_problems(meeting.body):
        return []
    if list_item(meeting) is None:
        return []
    touched = list(touched_in(meeting, at))
    return production.met(body=meeting.body, label=meeting.label, touched=touched, by=by, at=at)


def _fresh(sitting: Sitting) -> Sitting:
    meeting = locked(sitting.meeting)
    held = meeting.sittings.get(pk=sitting.pk)
    held.meeting = meeting
    return held


def _tell(meeting: Meeting, *, verb: str, by: Actor, at: datetime.datetime, **facts: Any) -> None:
    write(meeting.cooperative.chain, verb=verb, subject=subject_of(meeting), by=by, at=at, facts=facts)
