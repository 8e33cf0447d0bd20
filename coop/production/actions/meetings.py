"""What a meeting does to the problems that stand before it: what it left long enough goes up by itself."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Body
from coop.refusals import Reason, refuse_if

from ..escalation import Waiting, after_meeting
from ..models import MeetingHeld, Problem, ProblemEvent
from ..rules.answering import LEVEL_OF, standing_before


@transaction.atomic
def met(
    *, body: Body, label: str, touched: Collection[Problem], by: Actor, at: datetime.datetime
) -> list[Problem]:
    """A meeting of the body was held. Returns what went up. A meeting counts once, however often it is told.

    `touched`: what was spoken about. `label`: of the meeting, such as "RP 2026-3"; `by`: whoever closed it.
    """
    body = locked_body(body.pk)
    refuse_if([] if body.kind in LEVEL_OF else [Reason("no-problems-before", {"body": body.name})])
    if MeetingHeld.objects.filter(body=body, label=label).exists():
        return []
    MeetingHeld.objects.create(body=body, label=label, at=at)
    waiting = list(standing_before(body).select_for_update(of=("self",), no_key=True).order_by("pk"))
    to_do = [problem for problem in waiting if problem.state in Problem.TO_DO]
    solved = [problem.pk for problem in waiting if problem.state == Problem.State.SOLVED]
    Problem.objects.filter(pk__in=solved).update(met_since=F("met_since") + 1)
    cooperative = body.cooperative
    risen = _left(
        to_do,
        touched={problem.pk for problem in touched},
        limit=Bylaws.in_force(cooperative, cooperative.day_of(at)).escalation_meetings,
        label=label,
        at=at,
    )
    write(
        cooperative.chain,
        verb="problems-gone-through",
        subject=Subject("body", str(body.pk), body.name),
        by=by,
        at=at,
        facts={"meeting": label, "number": len(to_do), "risen": [problem.label for problem in risen]},
    )
    return risen


def _left(
    to_do: list[Problem], *, touched: Collection[int], limit: int, label: str, at: datetime.datetime
) -> list[Problem]:
    """Counts for each what the meeting did; a few statements however many problems there are."""
    by_key = {problem.pk: problem for problem in to_do}
    after = after_meeting(
        [Waiting(problem.pk, problem.level, problem.untouched) for problem in to_do],
        touched=touched,
        limit=limit,
    )
    risen = [one for one in after if one.level != by_key[one.key].level]
    ProblemEvent.objects.bulk_create(
        ProblemEvent(
            problem=by_key[one.key],
            kind=ProblemEvent.Kind.ESCALATED,
            at=at,
            words=label,
            before=by_key[one.key].state,
            after=by_key[one.key].state,
            level=one.level,
            priority=by_key[one.key].priority,
        )
        for one in risen
    )
    for level, untouched in sorted({(one.level, one.untouched) for one in after}):
        keys = [one.key for one in after if (one.level, one.untouched) == (level, untouched)]
        Problem.objects.filter(pk__in=keys).update(level=level, untouched=untouched)
    for one in risen:
        by_key[one.key].level, by_key[one.key].untouched = one.level, 0
    return [by_key[one.key] for one in risen]
