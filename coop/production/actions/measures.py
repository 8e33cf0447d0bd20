"""The figure from afterwards, for what was measured before."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from coop.members.models import Member
from coop.refusals import refuse_if

from ..history import changed, told
from ..models import ProblemEvent
from ..models.problems import Problem
from ..rules.measures import measured_before, obstacles_to_measuring_afterwards
from .locks import locked


@transaction.atomic
def measure_afterwards(*, problem: Problem, value_after: Decimal, by: Member, at: datetime.datetime) -> None:
    """Beside the last figure from before, in its unit. By whoever of the house has measured it."""
    problem = locked(problem)
    refuse_if(obstacles_to_measuring_afterwards(problem, value_after, by=by, at=at))
    before = measured_before(problem)
    assert before is not None  # the rule has refused anything else
    more = {
        "measured": before.measured,
        "value_before": before.value_before,
        "value_after": value_after,
    }
    changed(problem, ProblemEvent.Kind.MEASURE, "", by=by, at=at, more=more)
    told(problem, by=by, at=at, verb="problem-measured")
