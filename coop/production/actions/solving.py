"""Solved, and confirmed by whoever raised it; not solved after all; come back.

The event is written first, then the columns; PostgreSQL holds them to it.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from coop.charter.models import Bylaws
from coop.letters import legible
from coop.members.models import Member
from coop.refusals import refuse_if

from ..clocks import answer_due
from ..history import answered_now, changed, told
from ..models import Problem, ProblemEvent
from ..rules import problems as rules
from .locks import locked

Kind = ProblemEvent.Kind
State = Problem.State

_UNSOLVED: dict[str, Any] = {"solved_by": None, "solved_at": None, "met_since": 0, "untouched": 0}


@transaction.atomic
def say_solved(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """Mended, and how. It is closed when whoever raised it has confirmed that."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_solving(problem, words=words, by=by, at=at))
    columns = {"state": State.SOLVED, "solved_by": by, "solved_at": at, "untouched": 0}
    changed(problem, Kind.SOLVED, words, by=by, at=at, columns=columns | answered_now(problem, at))
    told(problem, by=by, at=at, verb="problem-solved")


@transaction.atomic
def verify(*, problem: Problem, words: str = "", by: Member, at: datetime.datetime) -> None:
    problem = locked(problem)
    refuse_if(rules.obstacles_to_verifying(problem, by=by, at=at))
    columns = {"state": State.VERIFIED, "verified_by": by, "verified_at": at}
    changed(problem, Kind.VERIFIED, words.strip(), by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-verified")


@transaction.atomic
def object_to(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """It is not solved, and why."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_objecting(problem, words=words, by=by, at=at))
    columns = {"state": State.IN_PROGRESS, **_UNSOLVED}
    changed(problem, Kind.OBJECTED, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-not-solved")


@transaction.atomic
def reopen(*, problem: Problem, words: str, by: Member, at: datetime.datetime) -> None:
    """It came back. A new clock runs, before the production meeting again; what happened stays with it."""
    problem = locked(problem)
    words = legible(words).strip()
    refuse_if(rules.obstacles_to_reopening(problem, words=words, by=by, at=at))
    day = problem.cooperative.day_of(at)
    days = rules.days_of(Bylaws.in_force(problem.cooperative, day))
    columns = {
        "state": State.REOPENED,
        "verified_by": None,
        "verified_at": None,
        **_UNSOLVED,
        "answer_by": answer_due(day, problem.priority, days),
        "answered_at": None,
        "level": Problem.Level.MEETING,
        "reopened": problem.reopened + 1,
    }
    changed(problem, Kind.REOPENED, words, by=by, at=at, columns=columns)
    told(problem, by=by, at=at, verb="problem-reopened")
