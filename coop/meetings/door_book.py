"""What stands in the way of a whole page of the signed book of the door."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.ballots.rules.registers import obstacles_to_final
from coop.members.backend import of_the_house
from coop.members.models import Member
from coop.refusals import Reason

from .models import Attendance, Meeting
from .rules.door import register_to_come, sitting_at_the_door
from .rules.leading import obstacles_to_leading


def obstacles_to_checking_in_all(
    meeting: Meeting, members: Sequence[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A page of the signed book: what stands against one of them stands against all. A constant number of queries."""
    if meeting.state not in (Meeting.State.CONVENED, Meeting.State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting_at_the_door(meeting, at) is None:
        return [Reason("doors-closed")]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if register_to_come(meeting, at):
        reasons.append(Reason("register-not-drawn", {"day": str(meeting.register_closes_on)}))
    elif meeting.register is not None:
        reasons += obstacles_to_final(meeting.register, at)
    keys = [member.pk for member in members]
    known = Member.objects.filter(cooperative=meeting.cooperative_id, pk__in=keys)
    known = known.filter(of_the_house(meeting.cooperative.day_of(at)))
    of_house = set(known.values_list("pk", flat=True))
    inside = Attendance.objects.filter(meeting=meeting, member__in=keys, left_at=None)
    there = set(inside.values_list("member", flat=True))
    for place, member in enumerate(members):
        if member.pk not in of_house:
            reasons.append(Reason("not-in-the-register", {"name": member.name}))
        if member.pk in there or member.pk in keys[:place]:
            reasons.append(Reason("checked-in-already", {"name": member.name}))
    return reasons
