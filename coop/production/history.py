"""How an act on a problem is written down: its event, its columns, its line in the journal. For `actions` only."""

from __future__ import annotations

import datetime
from typing import Any

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.models import Member

from .models import Problem, ProblemEvent, Stop

# Who raises something unnamed is written nowhere: neither here nor in the journal.
UNNAMED = Actor("unnamed", "unnamed")


def moment_kept(cooperative: Cooperative, at: datetime.datetime, *, unnamed: bool) -> datetime.datetime:
    """When something was raised, as it is written down: of whoever is unnamed the day alone. The minute beside any list
    of who came in or signed in when would tell the name."""
    if not unnamed:
        return at
    return datetime.datetime.combine(cooperative.day_of(at), datetime.time.min, tzinfo=cooperative.zone)


def subject_of(problem: Problem) -> Subject:
    """The number, never the words: what blames somebody leaves the list, and the journal is never cleared."""
    return Subject("problem", str(problem.pk), problem.label)


def changed(
    problem: Problem,
    kind: str,
    words: str,
    *,
    by: Member | None,
    at: datetime.datetime,
    more: dict[str, Any] | None = None,
    columns: dict[str, Any] | None = None,
) -> None:
    """The event, then the columns of the problem."""
    columns = columns or {}
    ProblemEvent.objects.create(
        problem=problem,
        kind=kind,
        at=at,
        by=by,
        words=words,
        before=problem.state,
        after=columns.get("state", problem.state),
        level=columns.get("level", problem.level),
        priority=columns.get("priority", problem.priority),
        **(more or {}),
    )
    if columns:
        Problem.objects.filter(pk=problem.pk).update(**columns)


def answered_now(problem: Problem, at: datetime.datetime) -> dict[str, Any]:
    """The first answer stops the clock; later ones do not move it."""
    return {} if problem.answered_at is not None else {"answered_at": at}


def stopped_now(problem: Problem, *, by: Member | None, at: datetime.datetime) -> Stop:
    """The line stands still from this moment; `by` is None for whoever is unnamed."""
    stop = Stop.objects.create(problem=problem, stopped_by=by, stopped_at=at)
    changed(problem, ProblemEvent.Kind.STOPPED, "", by=by, at=at)
    told(problem, by=by, at=at, verb="line-stopped-unnamed" if by is None else "line-stopped")
    return stop


def told(problem: Problem, *, by: Member | None, at: datetime.datetime, verb: str, **facts: Any) -> None:
    write(
        problem.cooperative.chain,
        verb=verb,
        subject=subject_of(problem),
        by=UNNAMED if by is None else by.actor,
        at=at,
        facts=facts,
    )
