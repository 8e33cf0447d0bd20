"""The minimum crew of a sitting."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import OnWatch, Sitting
from ..rules.leading import obstacles_to_leading
from ..watch import obstacles_to_watch
from .locks import locked, subject_of


@transaction.atomic
def put_on_watch(
    *, sitting: Sitting, member: Member, post: str = "", by: Member, at: datetime.datetime
) -> OnWatch:
    """Somebody cannot leave the furnaces while this sitting lasts; the box of a vote on paper comes to them."""
    meeting = locked(sitting.meeting)
    sitting = Sitting.objects.get(pk=sitting.pk)
    sitting.meeting = meeting
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(obstacles_to_watch(sitting, member, leading=leading, at=at))
    made = OnWatch.objects.create(
        sitting=sitting, member=member, post=one_line(post), named_by=by, named_at=at
    )
    write(
        meeting.cooperative.chain,
        verb="put-on-watch",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"sitting": sitting.number, "member": member.number},
    )
    return made
