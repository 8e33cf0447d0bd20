"""What is raised from the floor and not on the agenda: written down, and taken up by a later one."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import AgendaItem, Meeting, OffAgenda
from ..off_agenda import obstacles_to_noting, obstacles_to_taking_up
from .agenda import add_item
from .locks import locked, subject_of


@transaction.atomic
def note_off_agenda(
    *,
    meeting: Meeting,
    title: str,
    text: str = "",
    raised_by: Member,
    by: Member,
    at: datetime.datetime,
) -> OffAgenda:
    """Written down, not decided; offered when the next agenda of the body is prepared."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_noting(meeting, raised_by=raised_by, by=by, at=at))
    entry = OffAgenda.objects.create(
        meeting=meeting,
        title=title.strip(),
        text=text.strip(),
        raised_by=raised_by,
        raised_at=at,
        entered_by=by,
    )
    write(
        meeting.cooperative.chain,
        verb="off-agenda-noted",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"title": entry.title, "member": raised_by.number},
    )
    return entry


@transaction.atomic
def take_up(*, entry: OffAgenda, meeting: Meeting, by: Member, at: datetime.datetime) -> AgendaItem:
    """Puts what was raised earlier on a draft agenda, as an item of its own."""
    meeting = locked(meeting)
    entry = OffAgenda.objects.select_related("meeting__body").get(pk=entry.pk)
    refuse_if(obstacles_to_taking_up(entry, meeting, by=by, at=at))
    item = add_item(meeting=meeting, kind=AgendaItem.Kind.REPORT, title=entry.title, by=by, at=at)
    OffAgenda.objects.filter(pk=entry.pk).update(item=item)
    return item
