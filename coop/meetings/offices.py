"""Chair and secretary for the day: named where the elected one is not there, for one sitting."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.members.models import Body, Member, Power
from coop.refusals import Reason

from .models import Attendance, Meeting, Sitting, SittingOffice

FOR_THE_DAY = (Power.CHAIR, Power.RECORD_MINUTES)


def named_today(meeting: Meeting) -> list[int]:
    """Ids of everybody who leads a sitting of this meeting for the day."""
    held = SittingOffice.objects.filter(sitting__meeting=meeting, ended_at=None)
    return sorted(set(held.values_list("member_id", flat=True)))


def led_for_the_day(member: Member, at: datetime.datetime) -> QuerySet[Body]:
    """The bodies of which this member leads a sitting that is under way, named by those present. A condition."""
    held = SittingOffice.objects.filter(
        member=member,
        named_at__lte=at,
        ended_at=None,
        sitting__opened_at__isnull=False,
        sitting__closed_at=None,
    )
    return Body.objects.filter(pk__in=held.values("sitting__meeting__body"))


def obstacles_to_naming_for_the_day(
    sitting: Sitting, power: str, member: Member, *, leading: list[Reason], by: Member, at: datetime.datetime
) -> list[Reason]:
    """Somebody who is checked in, and votes. `leading`: what stands against the person who writes it down."""
    reasons = list(leading)
    meeting = sitting.meeting
    if meeting.state not in (Meeting.State.CONVENED, Meeting.State.IN_SESSION):
        return [*reasons, Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.closed_at is not None:
        reasons.append(Reason("sitting-closed-already"))
    if power not in FOR_THE_DAY:
        reasons.append(Reason("no-such-office-of-the-day"))
    here = Attendance.objects.filter(meeting=meeting, member=member, votes=True, left_at=None)
    if not here.exists():
        reasons.append(Reason("not-checked-in-person", {"name": member.name}))
    named = SittingOffice.objects.filter(sitting=sitting, power=power, member=member, ended_at=None)
    if named.exists():
        reasons.append(Reason("named-for-the-day-already", {"name": member.name}))
    return reasons
