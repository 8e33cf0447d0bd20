"""Giving a proposal to somebody else, and keeping one off the agenda."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write as write_journal
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Proposal, Support
from ..rules.life import obstacles_to_refusing, obstacles_to_taking_over
from ..wording import tidy
from .proposals import locked, subject_of

State = Proposal.State


@transaction.atomic
def take_over(*, proposal: Proposal, by: Member, at: datetime.datetime) -> Proposal:
    """ "I take it over": it stands where it stood before its mover gave it up, with its signatures and amendments."""
    proposal = locked(proposal)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    refuse_if(obstacles_to_taking_over(proposal, by=by, at=at, bylaws=bylaws))
    proposal.state = State.ADMITTED if proposal.admitted_at else State.OPEN
    proposal.taken_over_by, proposal.settled_at = by, None
    proposal.save(update_fields=["state", "taken_over_by", "settled_at"])
    write_journal(
        proposal.cooperative.chain,
        verb="proposal-taken-over",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
    )
    return proposal


@transaction.atomic
def refuse_admission(*, proposal: Proposal, because: str, by: Member, at: datetime.datetime) -> Proposal:
    """It does not go on an agenda. Everybody reads the reason, and members may ask for it all the same (C02)."""
    proposal = locked(proposal)
    refuse_if(obstacles_to_refusing(proposal, because, by=by, at=at))
    proposal.state, proposal.settled_at, proposal.said = State.REFUSED, at, tidy(because)
    proposal.save(update_fields=["state", "settled_at", "said"])
    write_journal(
        proposal.cooperative.chain,
        verb="proposal-refused",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
        facts={
            "because": proposal.said,
            "supporters": Support.objects.filter(proposal=proposal).count(),
            "needed": proposal.support_needed,
        },
    )
    return proposal
