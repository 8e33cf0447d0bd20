"""When a vote in a meeting must be secret: by its matter, or because enough of those present ask for it (C05)."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.members.models import Member
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .models import AgendaItem, Attendance, Meeting, SecrecyDemand

# What the bylaws call "always secret", by the kind of proposal it comes as.
ALWAYS = {Proposal.Kind.ELECTION: "elections", Proposal.Kind.RECALL: "recall"}


def demands_needed(present: int, percent: int) -> int:
    """How many of those present bind the chair. A share of zero means that one person is enough.

    >>> demands_needed(8, 10), demands_needed(21, 10), demands_needed(200, 10), demands_needed(200, 0)
    (1, 3, 20, 1)
    """
    return max(1, -(-present * percent // 100))


def demands(item: AgendaItem) -> int:
    """How many of those who are in the hall now ask for it; who has gone out no longer does."""
    here = Attendance.objects.filter(meeting=item.meeting_id, votes=True, left_at=None)
    return SecrecyDemand.objects.filter(item=item, member__in=here.values("member")).count()


def obstacles_to_openness(item: AgendaItem, *, bylaws: Bylaws) -> list[Reason]:
    """Why an item is not voted openly. Only the number of those who ask is told, never a name."""
    if item.proposal is None:
        return []
    matter = ALWAYS.get(Proposal.Kind(item.proposal.kind))
    if matter is not None and matter in bylaws.secret_ballot_always.split(","):
        return [Reason("always-secret", {"matter": matter})]
    asking = demands(item)
    present = Attendance.objects.filter(meeting=item.meeting_id, votes=True, left_at=None).count()
    needed = demands_needed(present, bylaws.secret_ballot_demand_percent)
    if asking >= needed:
        return [Reason("secrecy-demanded", {"asking": asking, "present": present, "needed": needed})]
    return []


def obstacles_to_demanding_secrecy(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever is in the hall with a vote, while the item waits for its vote; once."""
    if item.meeting.state != Meeting.State.IN_SESSION:
        return [Reason("no-open-sitting")]
    if item.proposal is None:
        return [Reason("nothing-to-decide")]
    if item.decision is not None and item.decision.outcome != Decision.Outcome.VOID:
        return [Reason("too-late-for-secrecy")]
    here = Attendance.objects.filter(meeting=item.meeting_id, member=by, votes=True, left_at=None)
    if not here.exists():
        return [Reason("not-in-the-hall")]
    if SecrecyDemand.objects.filter(item=item, member=by).exists():
        return [Reason("secrecy-demanded-already")]
    return []
