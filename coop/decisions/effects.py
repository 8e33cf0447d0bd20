"""What adoption changes: one branch per kind of proposal. Runs in the transaction that settles the decision."""

from __future__ import annotations

import datetime

from coop.journal.models import Actor
from coop.proposals.models import Proposal
from coop.refusals import Reason, refuse_if

from .models import Decision


def obstacles_to_effect(proposal: Proposal) -> list[Reason]:
    """Kinds whose effect is not built yet cannot be put to the vote at all: better refused than hollow."""
    if proposal.kind != Proposal.Kind.MOTION:
        return [Reason("kind-without-effect", {"kind": proposal.kind})]
    return []


def carry_out(decision: Decision, *, by: Actor, at: datetime.datetime) -> None:
    """A motion that is carried is in force by standing in the register of decisions; nothing else changes."""
    refuse_if(obstacles_to_effect(decision.proposal))
