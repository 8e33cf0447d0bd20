"""What stands in the way of putting a proposal to the vote, and of settling what was voted."""

from __future__ import annotations

from coop.ballots.models import Ballot
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .models import Decision

Outcome = Decision.Outcome


def obstacles_to_putting_to_the_vote(proposal: Proposal) -> list[Reason]:
    if proposal.state != Proposal.State.TABLED:
        return [Reason("proposal-not-tabled", {"state": proposal.state})]
    if Decision.objects.filter(proposal=proposal, outcome=Outcome.PENDING).exists():
        return [Reason("vote-under-way")]
    return []


def obstacles_in_rules(tie_rule: str, base: str, *, in_a_meeting: bool) -> list[Reason]:
    """Rules of the bylaws that could not be kept: better refused before the vote than bent after it."""
    reasons = []
    if tie_rule != "not_carried":
        reasons.append(Reason("tie-rule-not-built", {"rule": tie_rule}))
    if base == "present" and not in_a_meeting:
        reasons.append(Reason("base-needs-a-meeting"))
    return reasons


def obstacles_to_settling(decision: Decision) -> list[Reason]:
    if decision.outcome != Outcome.PENDING:
        return [Reason("decision-settled", {"outcome": decision.outcome})]
    if decision.ballot.state not in (Ballot.State.CLOSED, Ballot.State.COUNTED):
        return [Reason("vote-not-closed", {"state": decision.ballot.state})]
    return []
