"""Naming who chairs or records a sitting; whoever is named afterwards takes over from then on."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Sitting, SittingOffice
from ..offices import named_today, obstacles_to_naming_for_the_day
from ..rules.leading import obstacles_to_leading
from .locks import locked, subject_of


@transaction.atomic
def name_for_the_day(
    *, sitting: Sitting, power: str, member: Member, by: Member, at: datetime.datetime
) -> SittingOffice:
    """Those present have chosen; `by` writes it down. One holds it at a time, over this meeting alone."""
    meeting = locked(sitting.meeting)
    sitting = Sitting.objects.get(pk=sitting.pk)
    sitting.meeting = meeting
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(obstacles_to_naming_for_the_day(sitting, power, member, leading=leading, by=by, at=at))
    SittingOffice.objects.filter(sitting=sitting, power=power, ended_at=None).update(ended_at=at)
    made = SittingOffice.objects.create(sitting=sitting, power=power, member=member, named_by=by, named_at=at)
    if meeting.register is not None:
        votes = Ballot.objects.filter(register=meeting.register, needs_presence=True)
        under_way = votes.exclude(state__in=[Ballot.State.COUNTED, Ballot.State.ANNULLED])
        ids = list(under_way.values_list("pk", flat=True))
        ballots.let_lead(votes=ids, members=named_today(meeting), by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="named-for-the-day",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"sitting": sitting.number, "power": power, "member": member.number},
    )
    return made
