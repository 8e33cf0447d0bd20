"""Where the notice was posted, read aloud and sent, as somebody saw it."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Crew, Member
from coop.refusals import refuse_if

from ..models import Meeting, NoticeGiven
from ..notices import obstacles_to_entering_notice
from .locks import locked, subject_of


@transaction.atomic
def enter_notice(
    *,
    meeting: Meeting,
    channel: str,
    crew: Crew | None,
    where: str,
    given_at: datetime.datetime,
    given_by: Member,
    remark: str = "",
    by: Member,
    at: datetime.datetime,
) -> NoticeGiven:
    """One proof: through which channel, to which crew (none: everybody), where, when, and who did it."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_entering_notice(meeting, crew=crew, given_at=given_at, by=by, at=at))
    given = NoticeGiven.objects.create(
        meeting=meeting,
        channel=channel,
        crew=crew,
        where=one_line(where),
        given_at=given_at,
        given_by=given_by,
        entered_by=by,
        entered_at=at,
        remark=one_line(remark),
    )
    write(
        meeting.cooperative.chain,
        verb="notice-given",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={
            "channel": channel,
            "crew": crew.name if crew else "",
            "where": given.where,
            "given_at": given_at.isoformat(),
            "member": given_by.number,
        },
    )
    return given
