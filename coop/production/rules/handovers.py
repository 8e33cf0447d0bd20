"""What stands in the way of handing a shift over and of taking it (practice C13)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from coop.members.models import Member, Shift
from coop.refusals import Reason

from ..models import Area, Handover, HandoverLine
from .answering import answers_for, obstacles_of_the_house

EARLIEST = datetime.timedelta(days=1)  # the night shift hands over on the next day


def lines_of(area: Area, at: datetime.datetime) -> QuerySet[HandoverLine]:
    """The lines that a sheet of a place asks at that moment."""
    standing = Q(dropped_at=None) | Q(dropped_at__gt=at)
    return HandoverLine.objects.filter(standing, area=area, made_at__lte=at)


def obstacles_to_asking(area: Area, question: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Those who answer for the place say what its sheets ask."""
    reasons = _of_those_who_answer(area, by, at)
    if not question:
        reasons.append(Reason("problem-without-words"))
    if area.closed_at is not None:
        reasons.append(Reason("area-given-up", {"area": area.name}))
    if HandoverLine.objects.filter(area=area, question=question, dropped_at=None).exists():
        reasons.append(Reason("line-there-already"))
    return reasons


def obstacles_to_dropping(line: HandoverLine, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = _of_those_who_answer(line.area, by, at)
    return reasons if line.dropped_at is None else [*reasons, Reason("line-dropped")]


def obstacles_to_handing_over(
    area: Area,
    *,
    day: datetime.date,
    shift: Shift,
    answers: Mapping[int, str | None],
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Every line is answered, with words or with "nothing" (None). One sheet for a shift, of today or yesterday."""
    reasons = obstacles_of_the_house(by, area.department.cooperative_id, at)
    if area.closed_at is not None:
        reasons.append(Reason("area-given-up", {"area": area.name}))
    if shift.cooperative_id != area.department.cooperative_id:
        reasons.append(Reason("shift-of-others"))
    today = area.department.cooperative.day_of(at)
    if not today - EARLIEST <= day <= today:
        reasons.append(Reason("handover-of-another-day"))
    asked = set(lines_of(area, at).values_list("pk", flat=True))
    given = {line for line, words in answers.items() if words is None or words}
    if not asked:
        reasons.append(Reason("handover-asks-nothing", {"area": area.name}))
    if asked - given:
        reasons.append(Reason("handover-lines-open", {"number": len(asked - given)}))
    if set(answers) - asked:
        reasons.append(Reason("handover-lines-changed"))
    if Handover.objects.filter(area=area, day=day, shift=shift).exists():
        reasons.append(Reason("handover-written", {"shift": shift.name}))
    return reasons


def obstacles_to_taking_over(sheet: Handover, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The other side signs: somebody else, once."""
    reasons = obstacles_of_the_house(by, sheet.area.department.cooperative_id, at)
    if sheet.taken_at is not None:
        reasons.append(Reason("handover-taken"))
    if by.pk == sheet.given_by_id:
        reasons.append(Reason("handover-needs-somebody-else"))
    return reasons


def unread(areas: QuerySet[Area]) -> QuerySet[Handover]:
    """Sheets that nobody has taken over: red for the next."""
    found = Handover.objects.filter(area__in=areas, taken_at=None)
    return found.select_related("area", "shift", "given_by")


def _of_those_who_answer(area: Area, by: Member, at: datetime.datetime) -> list[Reason]:
    if answers_for(by, area.department, at):
        return []
    return [Reason("answers-for-no-such-place", {"department": area.department.name})]
