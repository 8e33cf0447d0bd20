"""What stands in the way of opening and closing a sitting and the meeting, and how many must be there."""

from __future__ import annotations

import datetime
from fractions import Fraction

from coop.ballots.models import Ballot
from coop.members.models import Member
from coop.refusals import Reason

from ..asked import PRESENT
from ..models import Attendance, Meeting, Sitting
from ..quorum import NO_SECOND_CALL, Quorum, SecondCall, first_call, quorum
from ..resting import obstacles_in_parts
from .leading import obstacles_to_leading

State = Meeting.State


def present_voters(meeting: Meeting) -> int:
    """People in the hall who are on the register."""
    return Attendance.objects.filter(meeting=meeting, votes=True, left_at=None).count()


def present_at(sitting: Sitting) -> int:
    """People on the register who are in at this sitting now. Who sits in another sitting does not count here."""
    return PRESENT.first(sitting=sitting.pk) or 0


def second_call_of(meeting: Meeting) -> SecondCall:
    """As it was copied into the notice."""
    return SecondCall(
        meeting.second_call_rule,
        Fraction(meeting.second_call_share),
        meeting.second_call_number or 1,
        datetime.timedelta(minutes=meeting.second_call_minutes or 0),
    )


def quorum_of(sitting: Sitting, at: datetime.datetime) -> Quorum:
    """The quorum clock of a sitting of a convened meeting. Before the register is drawn its size is 0.

    Of several sittings each is judged alone, by its own hour and its own people, against the whole register: a full
    night sitting lends nobody to the morning. Each may open on second call.
    """
    meeting = sitting.meeting
    return quorum(
        register=meeting.register.people if meeting.register else 0,
        present=present_at(sitting),
        share=meeting.quorum_fraction,
        second=second_call_of(meeting),
        starts_at=sitting.starts_at,
        at=at,
    )


def fewest_for(meeting: Meeting) -> int:
    """How many suffice in the end: on second call, or on first where there is no second."""
    register = meeting.register.people if meeting.register else 0
    second = second_call_of(meeting)
    if second.rule == NO_SECOND_CALL:
        return first_call(register, meeting.quorum_fraction)
    return second.needed(register)


def awaited(sitting: Sitting, at: datetime.datetime) -> bool:
    """Neither opened nor given up, and its hour of second call is still ahead."""
    wait = datetime.timedelta(minutes=sitting.meeting.second_call_minutes or 0)
    second_call_at = sitting.starts_at + wait
    return sitting.opened_at is None and sitting.closed_at is None and at < second_call_at


def obstacles_to_opening_sitting(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    meeting = sitting.meeting
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.opened_at is not None:
        return [Reason("sitting-opened-already")]
    if sitting.closed_at is not None:
        return [Reason("sitting-closed-already")]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    clock = quorum_of(sitting, at)
    if meeting.universal and clock.present < clock.register:
        reasons.append(Reason("universal-not-everybody", {"missing": clock.register - clock.present}))
    if clock.call == 0:
        reasons.append(Reason("before-the-hour", {"hour": sitting.starts_at.isoformat()}))
    elif not clock.reached:
        reasons.append(
            Reason("no-quorum", {"present": clock.present, "needed": clock.needed, "call": clock.call})
        )
    return reasons


def obstacles_to_closing_sitting(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """An open one ends when its part of every vote is finished; one that was not opened by the hour of its second call
    may be given up."""
    meeting = sitting.meeting
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.closed_at is not None:
        return [Reason("sitting-closed-already")]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if sitting.opened_at is not None:
        reasons += obstacles_in_parts(sitting)
    if awaited(sitting, at):
        reasons.append(Reason("sitting-still-to-come"))
    return reasons


def found_no_quorum(meeting: Meeting) -> bool:
    """Convened, and every sitting was given up: the meeting ends without having begun, and its items wait again."""
    sittings = list(meeting.sittings.all())
    return (
        meeting.state == State.CONVENED
        and bool(sittings)
        and all(one.opened_at is None and one.closed_at is not None for one in sittings)
    )


def obstacles_to_closing_meeting(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if meeting.state != State.IN_SESSION and not found_no_quorum(meeting):
        return [Reason("meeting-not-in-session", {"state": meeting.state})]
    reasons = obstacles_to_leading(meeting, by=by, at=at) + _votes_under_way(meeting)
    if any(awaited(sitting, at) for sitting in meeting.sittings.select_related("meeting")):
        reasons.append(Reason("sitting-still-to-come"))
    return reasons


def _votes_under_way(meeting: Meeting) -> list[Reason]:
    running = meeting.items.filter(decision__ballot__state=Ballot.State.OPEN)
    return [Reason("vote-under-way-on", {"item": item.place}) for item in running]
