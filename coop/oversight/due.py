"""What happens by itself in oversight when its time has come; `settings.DONE_BY_THE_CLOCK` names it to `tick`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from coop.meetings.due import Task

from . import actions
from .models import Finding
from .rules.findings import obstacles_to_laying_before


def findings_without_an_answer(at: datetime.datetime) -> Iterator[Task]:
    """The days to answer are over where the plant stands."""
    waiting = Finding.objects.filter(state=Finding.State.OPEN, owed=None, answer_by__lte=at.date())
    for finding in waiting.select_related("cooperative").order_by("pk"):
        if not obstacles_to_laying_before(finding, day=finding.cooperative.day_of(at)):
            yield Task(
                f"before the assembly, unanswered: {finding}",
                partial(actions.lay_before_assembly, finding=finding, at=at),
            )


DUE = (findings_without_an_answer,)
