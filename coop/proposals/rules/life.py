"""What stands in the way of taking a proposal over, of refusing it, and of bringing a rejected one back (C06)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

from django.db.models import QuerySet

from coop.charter.models import Bylaws, Cooperative
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Member, Power
from coop.members.powers import obstacles_without
from coop.members.terms import months_later
from coop.refusals import Reason

from ..models import Proposal
from .budgets import obstacles_to_touching
from .proposals import assembly_of

State = Proposal.State


def words_hash(clauses: Iterable[str]) -> str:
    """By which the same words are known again under another title."""
    return hashlib.sha256("\n\n".join(clauses).encode()).hexdigest()


def rejected_before(proposal: Proposal, at: datetime.datetime) -> Proposal | None:
    """The proposal rejected by then that this one brings back: the one its author names, or the last of its words."""
    if proposal.again is not None:
        return proposal.again
    rejected = Proposal.objects.filter(
        cooperative=proposal.cooperative_id, state=State.SETTLED, carried=False, settled_at__lte=at
    )
    same = words_hash(clause.text for clause in proposal.clauses.all())
    return rejected.filter(words_hash=same).order_by("-settled_at").first()


def returns_on(rejected: Proposal, bylaws: Bylaws) -> datetime.date:
    """From which day what was rejected may be put forward again."""
    assert rejected.settled_at is not None
    settled = rejected.cooperative.day_of(rejected.settled_at)
    return months_later(settled, bylaws.rejected_returns_months)


def rejected_ones(cooperative: Cooperative) -> QuerySet[Proposal]:
    """What may be brought back one day, the last first."""
    rejected = Proposal.objects.filter(cooperative=cooperative, state=State.SETTLED, carried=False)
    rejected = rejected.exclude(kind=Proposal.Kind.BUDGET)  # another text of it comes from the budget itself
    return rejected.order_by("-settled_at", "-pk")


def obstacles_to_naming_rejected(rejected: Proposal, *, by: Member) -> list[Reason]:
    """A draft says which one it brings back: a proposal of this house that was put to the vote and not carried."""
    if rejected.cooperative_id != by.cooperative_id or rejected.carried is not False:
        return [Reason("was-not-rejected", {"label": rejected.label})]
    return []


def obstacles_to_returning(proposal: Proposal, *, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """Something that was rejected waits the months of the bylaws before it is put forward again."""
    before = rejected_before(proposal, at)
    if before is None:
        return []
    if before.state != State.SETTLED or before.carried is not False:
        return [Reason("was-not-rejected", {"label": before.label})]
    since = returns_on(before, bylaws)
    if proposal.cooperative.day_of(at) >= since:
        return []
    return [Reason("returns-later", {"label": before.label, "day": since.isoformat()})]


def obstacles_to_taking_over(
    proposal: Proposal, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """A published proposal that its mover gave up, by any other member with a vote, as long as it could be signed."""
    if proposal.state != State.WITHDRAWN or proposal.published_at is None or proposal.settled_at is None:
        return [Reason("not-given-up", {"state": proposal.state})]
    reasons = [Reason("gave-it-up-yourself")] if by.pk == proposal.mover_id else []
    until = proposal.settled_at + datetime.timedelta(days=bylaws.proposal_support_days)
    if at >= until:
        reasons.append(Reason("too-late-to-take-over", {"day": by.cooperative.day_of(until).isoformat()}))
    day = by.cooperative.day_of(at)
    return reasons + obstacles_to_voting(by, assembly_of(proposal.cooperative_id), day, bylaws)


def obstacles_to_refusing(
    proposal: Proposal, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever calls the assembly may keep it off the agenda, and says why: unlawful, not the assembly's business."""
    body = assembly_of(proposal.cooperative_id)
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=body) + obstacles_to_touching(proposal)
    if proposal.state not in (State.OPEN, State.ADMITTED):
        reasons.append(Reason("not-to-be-refused", {"state": proposal.state}))
    return reasons if because.strip() else [*reasons, Reason("no-reason-given")]
