"""What was done on the list of problems, told in minutes: one record of all sittings, problem by problem."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coop.production.models import Problem, ProblemEvent

from .literal import literal
from .models import AgendaItem, Meeting, ProblemCall
from .problems import risen_in, said_in

Kind = ProblemEvent.Kind


def gone_through(item: AgendaItem) -> list[str]:
    """How each problem stood before and after, and what was said; then what nobody spoke about long enough to go up.

    Four queries for the list of problems, none for any other item.
    """
    if item.kind != AgendaItem.Kind.PROBLEMS:
        return []
    meeting = item.meeting
    calls = ProblemCall.objects.filter(sitting__meeting=meeting).select_related("problem__area")
    said: dict[int, list[ProblemEvent]] = defaultdict(list)
    now = meeting.closed_at or meeting.prepared_at
    last = max([now, *(call.ended_at or call.called_at for call in calls)])
    for event in said_in(meeting, last):
        said[event.problem_id].append(event)
    parts = []
    for problem in {call.problem_id: call.problem for call in calls}.values():
        parts += _problem(problem, said[problem.pk])
    return parts + _risen(meeting)


def _problem(problem: Problem, said: list[ProblemEvent]) -> list[str]:
    if problem.state == Problem.State.CONDUCT:
        return [_("**%(label)s.** Moved to the procedure on conduct.") % {"label": literal(problem.label)}]
    words = {
        "label": literal(problem.label),
        "title": literal(problem.title),
        "area": literal(problem.area.name),
    }
    head = _("**%(label)s. %(title)s** (%(area)s)") % words
    if not said:
        return [head + ". " + _("Spoken about; nothing was written down.")]
    states = dict(Problem.State.choices)
    before, after = said[0].before, said[-1].after
    stood = {"before": str(states[before]), "after": str(states[after])}
    way = _("It stood: %(before)s. Now: %(after)s.") if before != after else _("It stands: %(after)s.")
    return [f"{head}. {way % stood}", "\n".join(f"- {_said(event)}" for event in said)]


def _said(event: ProblemEvent) -> str:
    """One thing that was said, in which sitting; not by whom: the desk writes for the hall."""
    told = str(event.get_kind_display())
    told = told[:1].upper() + told[1:]
    if event.kind == Kind.MEASURE:
        told += ": " + literal(_measure(event))
    elif event.words:
        told += ": " + literal(" ".join(event.words.split()).rstrip("."))
    sitting = _("sitting %(number)s") % {"number": event.sitting}  # type: ignore[attr-defined]
    return f"{told} ({sitting})."


def _measure(event: ProblemEvent) -> str:
    words = {"measured": event.measured, "before": _figure(event.value_before)}
    if event.value_after is None:
        return _("%(measured)s: %(before)s before") % words
    both = _("%(measured)s: %(before)s before, %(after)s after")
    return both % {**words, "after": _figure(event.value_after)}


def _figure(value: Decimal | None) -> str:
    return "" if value is None else str(number_format(value.normalize() if value else value))


def _risen(meeting: Meeting) -> list[str]:
    """What went up when this meeting ended."""
    up = [literal(event.problem.label) for event in risen_in(meeting)]
    if not up:
        return []
    words = _("Left by the meetings long enough to go up by themselves: %(labels)s.")
    return [words % {"labels": ", ".join(up)}]
