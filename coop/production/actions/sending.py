"""Where a problem stands: a level up or down, joined to another, or taken off the list.

The event is written first, then the columns; PostgreSQL holds them to it.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.letters import legible
from coop.members.models import Member
from coop.refusals import refuse_if

from ..escalation import above, below
from ..history import answered_now, changed, told
from ..models import MeToo, Problem, ProblemEvent
from ..rules import problems as rules
from .locks import locked

Kind = ProblemEvent.Kind
State = Problem.State


@transaction.atomic
def send_up(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """What cannot be settled here goes to the next level."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_sending_up(problem, words=words, by=by, at=at))
    level = above(problem.level)
    changed(problem, Kind.ESCALATED, words, by=by, at=at, columns={"level": level, "untouched": 0})
    told(problem, by=by, at=at, verb="problem-sent-up", level=level)


@transaction.atomic
def send_down(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """The answer comes down to the level from which the problem came."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_sending_down(problem, words=words, by=by, at=at))
    level = below(problem.level)
    columns = {"level": level, "untouched": 0, **answered_now(problem, at)}
    changed(problem, Kind.CAME_DOWN, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-came-down", level=level)


@transaction.atomic
def join(*, problem: Problem, other: Problem, by: Member, at: datetime.datetime) -> None:
    """The same as `other`, which goes on for both. Whoever raised this one has said "me too" there."""
    held = {one.pk: locked(one) for one in sorted((problem, other), key=lambda one: one.pk)}
    problem, other = held[problem.pk], held[other.pk]
    refuse_if(rules.obstacles_to_joining(problem, other, by=by, at=at))
    columns = {"state": State.JOINED, "joined_to": other}
    changed(problem, Kind.JOINED, "", by=by, at=at, more={"other": other}, columns=columns)
    if problem.raised_by is not None and problem.raised_by_id != other.raised_by_id:
        MeToo.objects.get_or_create(problem=other, member=problem.raised_by, defaults={"at": at})
    told(problem, by=by, at=at, verb="problem-joined", to=other.label)


@transaction.atomic
def part(*, problem: Problem, words: str = "", by: Member, at: datetime.datetime) -> None:
    """It was another thing after all."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_parting(problem, by=by, at=at))
    columns = {"state": State.OPEN, "joined_to": None}
    changed(problem, Kind.PARTED, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-parted")


@transaction.atomic
def move_to_conduct(*, problem: Problem, by: Member, at: datetime.datetime) -> None:
    """Its words blame a person: they leave the list. The journal tells the number only."""
    problem = locked(problem)
    refuse_if(rules.obstacles_to_moving_to_conduct(problem, by=by, at=at))
    changed(problem, Kind.CONDUCT, "", by=by, at=at, columns={"state": State.CONDUCT})
    told(problem, by=by, at=at, verb="problem-to-conduct")
