"""What stands in the way of a report of the auditor for an assembly. No writes, no clock."""

from __future__ import annotations

import datetime

from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.rules.calling import is_assembly
from coop.members.models import Member
from coop.refusals import Reason

from .findings import obstacles_to_auditing

LONGEST = 8000
BEFORE_IT_ENDS = (Meeting.State.DRAFT, Meeting.State.CONVENED, Meeting.State.IN_SESSION)


def obstacles_to_reporting(
    meeting: Meeting,
    *,
    title: str,
    text: str,
    item: AgendaItem | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Until the assembly is over; what is only said afterwards is no report for it. `item`: of its agenda as it was
    announced, because before that items come and go."""
    found = obstacles_to_auditing(by=by, at=at)
    if by.cooperative_id != meeting.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not is_assembly(meeting.body):
        found.append(Reason("report-for-an-assembly"))
    if meeting.state not in BEFORE_IT_ENDS:
        found.append(Reason("report-too-late"))
    if item is not None and (item.meeting_id != meeting.pk or meeting.state == Meeting.State.DRAFT):
        found.append(Reason("report-on-an-announced-item"))
    if not title.strip() or not text.strip():
        found.append(Reason("report-without-words"))
    if len(text.strip()) > LONGEST:
        found.append(Reason("words-too-long", {"most": LONGEST}))
    return found
