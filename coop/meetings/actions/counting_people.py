"""Counting the people in the hall, and writing the number down."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..counting_people import count_now, obstacles_to_counting_people
from ..models import AgendaItem, ItemCall, QuorumCount, Sitting
from ..rules.leading import obstacles_to_leading
from .locks import locked, subject_of


@transaction.atomic
def count_people(*, sitting: Sitting, asked_by: Member, by: Member, at: datetime.datetime) -> QuorumCount:
    """Somebody asked "count!": present and needed are written down, beside the item under way."""
    meeting = locked(sitting.meeting)
    sitting = Sitting.objects.get(pk=sitting.pk)
    sitting.meeting = meeting
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(obstacles_to_counting_people(sitting, asked_by=asked_by, leading=leading, by=by, at=at))
    call = ItemCall.objects.filter(sitting=sitting, ended_at=None).select_related("item").first()
    made = note_count(sitting=sitting, item=call.item if call else None, asked_by=asked_by, by=by, at=at)
    write(
        meeting.cooperative.chain,
        verb="people-counted",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"sitting": sitting.number, "present": made.present, "needed": made.needed},
    )
    return made


@transaction.atomic
def note_count(
    *,
    sitting: Sitting,
    item: AgendaItem | None,
    asked_by: Member | None = None,
    by: Member,
    at: datetime.datetime,
) -> QuorumCount:
    """Within the act that counts: one row, no line of its own in the journal."""
    present, needed, call = count_now(sitting)
    return QuorumCount.objects.create(
        sitting=sitting,
        item=item,
        present=present,
        needed=needed,
        call=call,
        asked_by=asked_by,
        counted_by=by,
        counted_at=at,
    )
