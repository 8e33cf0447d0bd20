"""A council stands behind an amendment by its own decision."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.budget import actions as budget
from coop.budget.actions.locks import locked_amendment as locked_budget_amendment
from coop.budget.models import Amendment as BudgetAmendment
from coop.journal.actions import write
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.actions.amendments import subject_of
from coop.proposals.models import Amendment
from coop.refusals import refuse_if

from ..models import Backing, Decision
from ..rules import obstacles_to_backing, obstacles_to_backing_budget


@transaction.atomic
def back(*, amendment: Amendment, decision: Decision, by: Member, at: datetime.datetime) -> None:
    """Names the decision by which the council moved the amendment. In time it is admitted, late it waits for leave."""
    amendment = proposals.locked_amendment(amendment)
    refuse_if(obstacles_to_backing(amendment, decision, by=by, at=at))
    Backing.objects.create(amendment=amendment, decision=decision, named_by=by, named_at=at)
    write(
        amendment.proposal.cooperative.chain,
        verb="amendment-backed",
        subject=subject_of(amendment),
        by=by.actor,
        at=at,
        facts={"decision": decision.label},
    )
    if not amendment.is_late:
        proposals.admit(amendment=amendment, by=by.actor, at=at)


@transaction.atomic
def back_budget(*, amendment: BudgetAmendment, decision: Decision, by: Member, at: datetime.datetime) -> None:
    """Names the decision by which a council handed in an amendment of the budget; it is admitted with that.

    `decision`: one of `rules.decisions_behind`. Pages call this, never `budget.back`, which believes any words.
    """
    amendment = locked_budget_amendment(amendment)
    refuse_if(obstacles_to_backing_budget(amendment, decision))
    budget.back(amendment=amendment, decision=decision.label, by=by, at=at)
