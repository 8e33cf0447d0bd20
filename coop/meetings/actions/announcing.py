"""The hall is told a result."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..course import obstacles_to_announcing
from ..models import AgendaItem, Announcement
from .locks import locked, subject_of


@transaction.atomic
def announce(*, item: AgendaItem, by: Member, at: datetime.datetime) -> Announcement:
    """Whoever chairs has read the result out; from now on the screen in the hall shows it."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_related("decision__body").get(pk=item.pk)
    item.meeting = meeting
    refuse_if(obstacles_to_announcing(item, by=by, at=at))
    assert item.decision is not None  # the rule has refused anything else
    told = Announcement.objects.create(decision=item.decision, item=item, announced_by=by, announced_at=at)
    write(
        meeting.cooperative.chain,
        verb="result-announced",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": item.place, "decision": item.decision.label},
    )
    return told
