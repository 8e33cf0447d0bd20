"""What stands in the way of checking in, and to which sitting somebody who comes now comes."""

from __future__ import annotations

import datetime

from coop.ballots.rules.registers import obstacles_to_final
from coop.members.backend import may_enter
from coop.members.models import Member
from coop.refusals import Reason

from ..asked import CAME
from ..models import Meeting, Sitting
from .leading import obstacles_to_leading
from .sittings import awaited

State = Meeting.State
DOORS_OPEN = datetime.timedelta(hours=2)  # how long before the hour the attendance book lies open


def obstacles_to_check_in(
    meeting: Meeting, member: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Everybody checks in for themselves, or whoever keeps the table does it by number; once per meeting.

    Nobody comes in before the register is drawn and final: whether they vote is written down at the door and stays.
    """
    reasons = obstacles_at_the_door(meeting, member, by=by, at=at)
    if [reason.code for reason in reasons] in (["meeting-not-convened"], ["doors-closed"]):
        return reasons
    came = CAME.first(meeting=meeting.pk, member=member.pk)
    if came is not None and came.left_at is None:
        reasons.append(Reason("checked-in-already", {"name": member.name}))
    return reasons


def obstacles_at_the_door(
    meeting: Meeting, member: Member, *, by: Member, at: datetime.datetime, of_the_house: bool = False
) -> list[Reason]:
    """Of somebody who is not in. `of_the_house`: that they are, on the day, was asked already."""
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    sitting = sitting_at_the_door(meeting, at)
    if sitting is None:
        return [Reason("doors-closed")]
    reasons = [] if by.pk == member.pk else obstacles_to_leading(meeting, by=by, at=at)
    if register_to_come(meeting, at):
        reasons.append(Reason("register-not-drawn", {"day": str(meeting.register_closes_on)}))
    elif meeting.register is not None:
        reasons += obstacles_to_final(meeting.register, at)
    if not of_the_house and not may_enter(member, meeting.cooperative.day_of(at)):
        reasons.append(Reason("not-in-the-register", {"name": member.name}))
    return reasons


def register_to_come(meeting: Meeting, at: datetime.datetime) -> bool:
    """The closing day of the register is not over yet. Once it is, whoever comes first has it drawn."""
    if meeting.register_id is not None:
        return False
    closes_on = meeting.register_closes_on
    return closes_on is None or meeting.cooperative.day_of(at) <= closes_on


def sitting_at_the_door(meeting: Meeting, at: datetime.datetime) -> Sitting | None:
    """The sitting somebody who comes now comes to: the one that is open, the latest opened if there are several; else
    the next whose doors are open, before one whose second call has passed in vain."""
    sittings = list(meeting.sittings.all())
    opened = [sitting for sitting in sittings if sitting.is_open]
    if opened:
        return max(opened, key=lambda one: (one.opened_at, one.number))
    waiting = [
        one
        for one in sittings
        if one.opened_at is None and one.closed_at is None and at >= one.starts_at - DOORS_OPEN
    ]
    return next((one for one in waiting if awaited(one, at)), waiting[-1] if waiting else None)
