"""What adoption changes: one branch per kind of proposal. Runs in the transaction that settles the decision."""

from __future__ import annotations

import datetime

from coop.charter.actions import adopt_bylaws
from coop.charter.models import Bylaws, Cooperative
from coop.journal.models import Actor
from coop.members.models import Body
from coop.proposals.actions.agreements import adopt_agreement
from coop.proposals.models import Agreement, Proposal
from coop.proposals.rules.rule_changes import obstacles_to_changing_rules, values_of
from coop.refusals import Reason

from .budgets import hold_budget, obstacles_to_budget_effect
from .floor import OF_THE_FLOOR, obstacles_to_floor_effect, set_what_was_carried
from .models import Decision

Kind = Proposal.Kind

# Persons are elected and recalled by acts of their own, never by a text that is carried.
BY_ITS_OWN_PROCEDURE = (Kind.ELECTION, Kind.RECALL)


def obstacles_to_effect(proposal: Proposal, body: Body, at: datetime.datetime) -> list[Reason]:
    """What would change nothing here cannot be put to the vote at all: better refused than hollow.

    The bylaws and the agreement bind everybody, so no council decides on them.
    """
    if proposal.kind == Kind.MOTION:
        return []
    if proposal.kind in (Kind.BYLAWS, Kind.AGREEMENT):
        alone = body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)
        reasons = [] if alone else [Reason("assembly-alone", {"body": body.name})]
        if proposal.kind == Kind.BYLAWS:
            return reasons + obstacles_to_changing_rules(proposal)
        return reasons + _obstacles_in_agreement(proposal, at)
    if proposal.kind == Kind.BUDGET:
        return obstacles_to_budget_effect(proposal, body)
    if proposal.kind in OF_THE_FLOOR:
        return obstacles_to_floor_effect(proposal, body, proposal.cooperative.day_of(at))
    if proposal.kind in BY_ITS_OWN_PROCEDURE:
        return [Reason("kind-has-its-procedure", {"of_kind": proposal.kind})]
    return [Reason("kind-without-effect", {"of_kind": proposal.kind})]


def _obstacles_in_agreement(proposal: Proposal, at: datetime.datetime) -> list[Reason]:
    found = agreement_behind(proposal)
    if found is None:
        return [Reason("agreement-of-no-commission")]
    if found.expires_on <= proposal.cooperative.day_of(at):
        return [Reason("agreement-ends-before-it-begins")]
    return []


def agreement_behind(proposal: Proposal) -> Agreement | None:
    """What a commission wrote and laid before all as this proposal, and is not adopted yet."""
    return Agreement.objects.filter(proposal=proposal, state=Agreement.State.DRAFTING).first()


def hold_what_changes(proposal: Proposal) -> None:
    """Locks what the effect will touch, before anything is written: the journal's head comes last."""
    if proposal.kind in (Kind.BYLAWS, Kind.PLAN, Kind.PRICE):
        Cooperative.objects.select_for_update(no_key=True).get(pk=proposal.cooperative_id)
    elif proposal.kind == Kind.BUDGET:
        hold_budget(proposal)
    elif proposal.kind == Kind.AGREEMENT:
        theirs = Agreement.objects.select_for_update(of=("self",), no_key=True)
        list(theirs.filter(cooperative=proposal.cooperative_id).order_by("pk"))


def carry_out(decision: Decision, *, by: Actor, at: datetime.datetime) -> None:
    """A motion that is carried is in force by standing in the register of decisions; nothing else changes.

    A change of the bylaws is the next version of them, an agreement is in force and the old one ends, a plan and
    prices are set. A budget is told also when it is not carried, see `budgets.settle_budget`.

    What stands in the way was asked when the vote was drawn up, and is not asked again: a vote that was held has its
    outcome. Where the day or another vote has left less to do, the effect does what is left.
    """
    match decision.proposal.kind:
        case Kind.BYLAWS:
            _change_rules(decision, by=by, at=at)
        case Kind.PLAN | Kind.PRICE:
            set_what_was_carried(decision, by=by, at=at)
        case Kind.AGREEMENT:
            adopt_agreement(
                agreement=Agreement.objects.get(proposal=decision.proposal),
                decision=decision.label,
                day=decision.cooperative.day_of(at),
                by=by,
                at=at,
            )


def _change_rules(decision: Decision, *, by: Actor, at: datetime.datetime) -> None:
    """From its own day, but not before the decision, nor before a version that was adopted for later.

    Where the values have come to be so by another decision, there is nothing left to change.
    """
    changes = values_of(decision.proposal)
    latest = Bylaws.objects.filter(cooperative=decision.cooperative).latest("version")
    if all(getattr(latest, key) == value for key, value in changes.items()):
        return
    days = [one.valid_from for one in decision.proposal.rule_changes.all() if one.valid_from is not None]
    adopt_bylaws(
        cooperative=decision.cooperative,
        valid_from=max([decision.cooperative.day_of(at), latest.valid_from, *days]),
        adopted_by=decision.label,
        changes=changes,
        note=decision.proposal.label,
        by=by,
        at=at,
    )
