"""Stopping a line, and the two people who let it run again."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..history import changed, stopped_now, told
from ..models import Problem, ProblemEvent, Stop
from ..rules import problems as rules
from .locks import locked as locked_problem


@transaction.atomic
def stop_line(*, problem: Problem, by: Member, at: datetime.datetime) -> Stop:
    problem = locked_problem(problem)
    refuse_if(rules.obstacles_to_stopping(problem, by=by, at=at))
    return stopped_now(problem, by=by, at=at)


@transaction.atomic
def ask_to_lift(*, stop: Stop, made_safe: str, by: Member, at: datetime.datetime) -> None:
    """It may run again, says one person, and what was done. Somebody else looks and lifts."""
    stop = _locked(stop)
    made_safe = one_line(made_safe)
    refuse_if(rules.obstacles_to_asking_to_lift(stop, made_safe=made_safe, by=by, at=at))
    Stop.objects.filter(pk=stop.pk).update(asked_by=by, asked_at=at, made_safe=made_safe)
    told(stop.problem, by=by, at=at, verb="line-made-safe")


@transaction.atomic
def lift(*, stop: Stop, by: Member, at: datetime.datetime) -> None:
    stop = _locked(stop)
    refuse_if(rules.obstacles_to_lifting(stop, by=by, at=at))
    Stop.objects.filter(pk=stop.pk).update(lifted_by=by, lifted_at=at)
    changed(stop.problem, ProblemEvent.Kind.LIFTED, stop.made_safe or "", by=by, at=at)
    told(stop.problem, by=by, at=at, verb="line-lifted")


def _locked(stop: Stop) -> Stop:
    """The problem is held before its stop."""
    problem = locked_problem(stop.problem)
    found = Stop.objects.select_for_update(of=("self",), no_key=True).get(pk=stop.pk)
    found.problem = problem
    return found
