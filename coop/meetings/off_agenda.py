"""Raised from the floor and not on the agenda: written down, decided another time (practice 1D)."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.members.models import Body, Member
from coop.refusals import Reason

from .models import Attendance, Meeting, Minutes, OffAgenda
from .rules.calling import obstacles_to_changing_agenda
from .rules.leading import obstacles_to_leading


def waiting_for_next(body: Body) -> QuerySet[OffAgenda]:
    """What meetings of a body wrote down and no agenda has taken up yet, the oldest first."""
    found = OffAgenda.objects.filter(meeting__body=body, item=None)
    return found.select_related("meeting__body", "raised_by").order_by("raised_at", "pk")


def obstacles_to_noting(
    meeting: Meeting, *, raised_by: Member, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Raised by somebody who was there, written down by whoever leads, until the minutes are closed."""
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if meeting.state not in (Meeting.State.IN_SESSION, Meeting.State.CLOSED):
        reasons.append(Reason("meeting-not-in-session", {"state": meeting.state}))
    if Minutes.objects.filter(meeting=meeting).exists():
        reasons.append(Reason("minutes-closed"))
    if not Attendance.objects.filter(meeting=meeting, member=raised_by).exists():
        reasons.append(Reason("not-checked-in-person", {"name": raised_by.name}))
    return reasons


def obstacles_to_taking_up(
    entry: OffAgenda, meeting: Meeting, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """On a draft agenda of the same body, once."""
    reasons = obstacles_to_changing_agenda(meeting, by=by, at=at)
    if entry.item_id is not None:
        reasons.append(Reason("taken-up-already"))
    if entry.meeting.body_id != meeting.body_id:
        reasons.append(Reason("raised-in-another-body", {"body": entry.meeting.body.name}))
    return reasons
