"""Who steps aside on an item: their own report, their own responsibility, or an interest of theirs.

They may speak, they do not vote on it, and the base of its majority is so much smaller.
"""

from __future__ import annotations

import datetime

from coop.ballots.models import Ballot, RollEntry
from coop.decisions.models import Decision
from coop.members.models import Member
from coop.refusals import Reason

from .models import AgendaItem, ConflictOfInterest, Meeting


def in_conflict(item: AgendaItem, member: Member) -> bool:
    return ConflictOfInterest.objects.filter(item=item, member=member, lifted_at=None).exists()


def obstacles_in_own_cause(item: AgendaItem, member: Member) -> list[Reason]:
    """Whoever steps aside on an item does not lead it either: somebody else takes the chair for it."""
    return [Reason("steps-aside-from-this", {"item": item.place})] if in_conflict(item, member) else []


def obstacles_to_stepping_aside(
    item: AgendaItem, member: Member, *, leading: list[Reason], by: Member, at: datetime.datetime
) -> list[Reason]:
    """Everybody for themselves; for others whoever leads. Before the vote opens, or while that person has not voted."""
    reasons = [] if by.pk == member.pk else list(leading)
    if item.meeting.state not in (Meeting.State.CONVENED, Meeting.State.IN_SESSION):
        reasons.append(Reason("meeting-not-convened", {"state": item.meeting.state}))
    if in_conflict(item, member):
        reasons.append(Reason("steps-aside-already", {"name": member.name}))
    return reasons + _voted(item, member)


def _voted(item: AgendaItem, member: Member) -> list[Reason]:
    if item.decision is None or item.decision.outcome == Decision.Outcome.VOID:
        return []
    if item.decision.ballot.state != Ballot.State.OPEN:
        return [Reason("vote-is-over-for-that")]
    entry = RollEntry.objects.filter(ballot=item.decision.ballot, member=member).first()
    over = entry is not None and (entry.channel is not None or entry.part in item.decision.ballot.parts_over)
    return [Reason("voted-before-stepping-aside", {"name": member.name})] if over else []


def obstacles_to_coming_back(
    conflict: ConflictOfInterest, *, leading: list[Reason], by: Member, at: datetime.datetime
) -> list[Reason]:
    """Written down by mistake: whoever wrote it, or whoever leads, takes it back before the vote opens."""
    reasons = [] if by.pk == conflict.declared_by_id else list(leading)
    if conflict.lifted_at is not None:
        reasons.append(Reason("steps-aside-no-more"))
    decision = conflict.item.decision
    if decision is not None and decision.outcome != Decision.Outcome.VOID:
        reasons.append(Reason("vote-is-over-for-that"))
    return reasons
