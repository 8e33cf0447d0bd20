"""Who is on the list of those on watch during a sitting."""

from __future__ import annotations

import datetime

from coop.members.backend import may_enter
from coop.members.models import Member
from coop.refusals import Reason

from .models import Meeting, OnWatch, Sitting


def obstacles_to_watch(
    sitting: Sitting, member: Member, *, leading: list[Reason], at: datetime.datetime
) -> list[Reason]:
    """Once per sitting, until it ends."""
    meeting, reasons = sitting.meeting, list(leading)
    if meeting.state not in (Meeting.State.CONVENED, Meeting.State.IN_SESSION):
        return [*reasons, Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.closed_at is not None:
        reasons.append(Reason("sitting-closed-already"))
    if not may_enter(member, meeting.cooperative.day_of(at)):
        reasons.append(Reason("not-in-the-register", {"name": member.name}))
    if OnWatch.objects.filter(sitting=sitting, member=member).exists():
        reasons.append(Reason("on-watch-already", {"name": member.name}))
    return reasons
