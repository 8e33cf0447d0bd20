"""A sitting ends to go on another day."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.actions.locks import hold
from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..adjourning import obstacles_to_adjourning
from ..models import Sitting
from ..resting import has_voted, running_votes
from ..rules.leading import obstacles_to_leading
from .items import end_what_is_open
from .locks import locked, subject_of
from .sitting import send_home


@transaction.atomic
def adjourn(
    *,
    sitting: Sitting,
    starts_at: datetime.datetime,
    place: str = "",
    because: str,
    by: Member,
    at: datetime.datetime,
) -> Sitting:
    """Closes an open sitting and lays down the one that goes on, on a fixed day, hour and place; returns that one.

    A vote on which somebody of this sitting has voted is ended for it; one on which nobody has waits with its people.
    """
    meeting = locked(sitting.meeting)
    sitting = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.pk)
    sitting.meeting = meeting
    because = one_line(because)
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(
        obstacles_to_adjourning(
            sitting, starts_at=starts_at, because=because, leading=leading, bylaws=bylaws, at=at
        )
    )
    _leave_votes(sitting, by=by, at=at)
    end_what_is_open(sitting=sitting, by=by, at=at)
    present = send_home(sitting=sitting, by=by, at=at)
    sitting.closed_at = at
    sitting.save(update_fields=["closed_at"])
    number = max(meeting.sittings.values_list("number", flat=True)) + 1
    made = Sitting.objects.create(
        meeting=meeting,
        number=number,
        starts_at=starts_at,
        for_whom=sitting.for_whom,
        place=one_line(place) or sitting.place,
        continues=sitting,
        because=because,
    )
    write(
        meeting.cooperative.chain,
        verb="sitting-adjourned",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={
            "sitting": sitting.number,
            "present": present,
            "hour": starts_at.isoformat(),
            "next": number,
        },
    )
    return made


def _leave_votes(sitting: Sitting, *, by: Member, at: datetime.datetime) -> None:
    sittings = list(sitting.meeting.sittings.all())
    votes = running_votes(sitting.meeting)
    hold([one.decision.ballot_id for one in votes if one.decision is not None])
    for item in votes:
        assert item.decision is not None
        ballot = item.decision.ballot
        if has_voted(ballot, sitting, sittings):
            continue
        mine = ballot.roll.filter(part=sitting.number)
        if mine.filter(channel__isnull=False).exists():
            ballots.end_part(ballot=ballot, part=sitting.number, by=by.actor, at=at)
        else:
            waiting = list(mine.values_list("member", flat=True))
            ballots.mark_absent(ballot=ballot, members=waiting, by=by.actor, at=at)
