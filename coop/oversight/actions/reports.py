"""The auditor writes a report for an assembly."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import AuditReport
from ..rules.reports import obstacles_to_reporting


@transaction.atomic
def write_report(
    *,
    meeting: Meeting,
    title: str,
    text: str,
    item: AgendaItem | None = None,
    by: Member,
    at: datetime.datetime,
) -> AuditReport:
    """Read and printed with the notice, beside the item it is about; for a meeting that is not announced yet, from its
    notice on."""
    held = Meeting.objects.select_for_update(of=("self",), no_key=True)
    meeting = held.select_related("body", "cooperative__chain").get(pk=meeting.pk)
    title = one_line(title)
    refuse_if(obstacles_to_reporting(meeting, title=title, text=text, item=item, by=by, at=at))
    made = AuditReport.objects.create(
        cooperative=meeting.cooperative,
        meeting=meeting,
        item=item,
        title=title,
        text=legible(text).strip(),
        written_by=by,
        written_at=at,
    )
    write(
        meeting.cooperative.chain,
        verb="audit-report-written",
        subject=Subject("audit-report", str(made.pk), title),
        by=by.actor,
        at=at,
    )
    return made
