"""Stepping aside on an item, and taking that back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.actions.locks import hold
from coop.ballots.models import Ballot
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..conflicts import obstacles_to_coming_back, obstacles_to_stepping_aside
from ..models import AgendaItem, ConflictOfInterest
from ..rules.leading import obstacles_to_leading
from .locks import locked, subject_of


@transaction.atomic
def step_aside(
    *, item: AgendaItem, member: Member, because: str, by: Member, at: datetime.datetime
) -> ConflictOfInterest:
    """Somebody does not vote on this item: they are out of its base, also when they check in later."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_related("decision__ballot").get(pk=item.pk)
    item.meeting = meeting
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(obstacles_to_stepping_aside(item, member, leading=leading, by=by, at=at))
    because = one_line(because)
    if not because:
        raise Refused([Reason("no-reason-given")])
    made = ConflictOfInterest.objects.create(
        item=item, member=member, because=because, declared_by=by, declared_at=at
    )
    if item.decision is not None and item.decision.ballot.state == Ballot.State.OPEN:
        ballots.mark_absent(ballot=item.decision.ballot, members=[member.pk], by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="stepped-aside",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": item.place, "member": member.number},
    )
    return made


@transaction.atomic
def step_aside_all(
    *, item: AgendaItem, members: Sequence[Member], because: str, by: Member, at: datetime.datetime
) -> list[ConflictOfInterest]:
    """Many at once, all or nobody: the council and the coordinators on their own report."""
    locked(item.meeting)
    item = AgendaItem.objects.select_related("meeting", "decision").get(pk=item.pk)
    hold([item.decision.ballot_id] if item.decision is not None else [])
    return [step_aside(item=item, member=one, because=because, by=by, at=at) for one in members]


@transaction.atomic
def come_back_in(*, conflict: ConflictOfInterest, by: Member, at: datetime.datetime) -> None:
    """It was written down by mistake; the line stays, with its end."""
    meeting = locked(conflict.item.meeting)
    conflict = ConflictOfInterest.objects.select_related("item__decision", "member").get(pk=conflict.pk)
    leading = obstacles_to_leading(meeting, by=by, at=at)
    refuse_if(obstacles_to_coming_back(conflict, leading=leading, by=by, at=at))
    ConflictOfInterest.objects.filter(pk=conflict.pk).update(lifted_at=at)
    write(
        meeting.cooperative.chain,
        verb="stepped-in-again",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": conflict.item.place, "member": conflict.member.number},
    )
