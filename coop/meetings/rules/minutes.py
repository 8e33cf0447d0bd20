"""What stands in the way of naming who signs, of writing the record, and of closing it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.models import Member
from coop.refusals import Reason

from ..models import AgendaItem, Attendance, Meeting, Minutes, Sitting
from .leading import obstacles_to_leading, obstacles_to_recording_minutes

State = Meeting.State


def obstacles_to_naming_signers(
    meeting: Meeting, members: Sequence[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Two different members who are there (practice C02: the first item of every assembly)."""
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if meeting.state != State.IN_SESSION:
        reasons.append(Reason("no-open-sitting"))
    if len({member.pk for member in members}) != 2:
        reasons.append(Reason("two-signers-wanted"))
    there = set(Attendance.objects.filter(meeting=meeting, votes=True).values_list("member_id", flat=True))
    reasons += [Reason("not-checked-in-person", {"name": m.name}) for m in members if m.pk not in there]
    if meeting.signers.exists():
        reasons.append(Reason("signers-named-already"))
    return reasons


def obstacles_to_writing_note(
    item: AgendaItem, *, sitting: Sitting | None = None, revision: int, by: Member, at: datetime.datetime
) -> list[Reason]:
    """`sitting`: the account of that sitting; none: of the item as a whole. `revision`: on the writer's screen."""
    reasons = obstacles_to_recording_minutes(item.meeting, by=by, at=at)
    if item.meeting.state not in (State.IN_SESSION, State.CLOSED):
        reasons.append(Reason("minutes-not-yet", {"state": item.meeting.state}))
    if Minutes.objects.filter(meeting=item.meeting).exists():
        reasons.append(Reason("minutes-closed"))
    note = item.note_of(sitting)
    if (note.revision if note else 0) != revision:
        reasons.append(Reason("changed-meanwhile"))
    return reasons


def obstacles_to_closing_minutes(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The record is whole: meeting over, every vote settled, two signers named when the agenda asks for them."""
    if Minutes.objects.filter(meeting=meeting).exists():
        return [Reason("minutes-closed")]
    reasons = obstacles_to_recording_minutes(meeting, by=by, at=at)
    if meeting.state != State.CLOSED:
        reasons.append(Reason("meeting-not-closed", {"state": meeting.state}))
    pending = meeting.items.filter(decision__outcome="pending")
    reasons += [Reason("decision-not-settled", {"item": item.place}) for item in pending]
    wants_signers = meeting.items.filter(kind=AgendaItem.Kind.SIGNERS).exists()
    if wants_signers and not meeting.signers.exists():
        reasons.append(Reason("no-signers"))
    return reasons
