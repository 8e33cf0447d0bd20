"""What was measured before something was done, and waits for its figure from afterwards."""

from __future__ import annotations

import datetime
from decimal import Decimal

from coop.members.models import Member
from coop.refusals import Reason

from ..models import Problem, ProblemEvent
from .answering import obstacles_to_taking_part
from .problems import MOST_VALUE


def measured_before(problem: Problem) -> ProblemEvent | None:
    """The last measure of a problem, if nobody has measured since."""
    last = problem.events.filter(kind=ProblemEvent.Kind.MEASURE).order_by("-pk").first()
    return last if last is not None and last.value_after is None else None


def obstacles_to_measuring_afterwards(
    problem: Problem, value_after: Decimal, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Everybody of the house may: whoever did the work has the figure. Once for each figure from before."""
    reasons = obstacles_to_taking_part(problem, by=by, at=at)
    if problem.state in (Problem.State.JOINED, Problem.State.CONDUCT):
        reasons.append(Reason("problem-not-there", {"problem": problem.label, "standing": problem.state}))
    if measured_before(problem) is None:
        reasons.append(Reason("nothing-measured-before", {"problem": problem.label}))
    if abs(value_after) > MOST_VALUE:
        reasons.append(Reason("measure-too-large"))
    return reasons
