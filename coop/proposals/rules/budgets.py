"""What stands in the way of laying a budget before the assembly."""

from __future__ import annotations

from coop.budget.models import Year
from coop.refusals import Reason

from ..models import BudgetMotion, Proposal

# Their words come from lines and moves; nobody withdraws, refuses or takes over one of them by itself.
Kind = Proposal.Kind


def obstacles_to_laying(year: Year) -> list[Reason]:
    """Once, when it is put."""
    if year.state != Year.State.PUT:
        return [Reason("budget-not-put", {"label": year.label})]
    if BudgetMotion.objects.filter(year=year).exists():
        return [Reason("budget-laid-already", {"label": year.label})]
    return []


def obstacles_to_touching(proposal: Proposal) -> list[Reason]:
    """What came out of a budget goes its way with it."""
    return [Reason("goes-with-its-budget")] if proposal.kind == Kind.BUDGET else []
