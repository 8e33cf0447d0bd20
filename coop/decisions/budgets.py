"""Votes on a budget: when each may be held, and what they make of it. Carried or not, the budget is told.

A budget is voted amendment by amendment in its order, then as a whole (practice C17). Where sittings vote side by side,
what is being voted counts as voted, and is settled in that order after the last sitting.
"""

from __future__ import annotations

import datetime

from coop.ballots.models import Ballot
from coop.budget import actions as budget
from coop.budget.actions.locks import locked as locked_year
from coop.budget.falls import Because
from coop.budget.models import Amendment, InBloc, Year
from coop.budget.rules.amendments import obstacles_to_voting_on
from coop.budget.rules.blocs import obstacles_in_bloc
from coop.budget.rules.years import obstacles_to_adopting
from coop.budget.tables import Table
from coop.journal.models import Actor
from coop.members.models import Body
from coop.proposals import actions as proposals
from coop.proposals.models import BudgetMotion, Proposal
from coop.refusals import Reason

from .models import Decision


def motion_of(proposal: Proposal) -> BudgetMotion | None:
    """What of a budget a proposal asks for."""
    found = BudgetMotion.objects.select_related("year__cooperative__chain", "amendment__year", "proposal")
    return found.filter(proposal=proposal).first()


def asked_in_one(motion: BudgetMotion) -> list[Amendment]:
    """What one vote on an amendment decides: that amendment, or with it the others of its bloc, as numbered.

    Nothing of the whole. What has ended meanwhile, withdrawn or fallen, is in it no more.
    """
    if motion.amendment is None:
        return []
    keys = put_together(motion.year)
    if motion.amendment_id not in keys:
        return [motion.amendment]
    rows = motion.year.amendments.filter(pk__in=keys, state=Amendment.State.ADMITTED)
    return list(rows.select_related("year").order_by("number"))


def put_together(year: Year) -> set[int]:
    """Of every bloc of a budget, also of those that were voted. What the meeting took up again is voted singly."""
    inside = InBloc.objects.filter(out_at=None, amendment__year=year, amendment__wanted_at=None)
    return set(inside.values_list("amendment", flat=True))


def obstacles_to_budget_effect(proposal: Proposal, body: Body) -> list[Reason]:
    """A budget that was put, before everybody: no council decides on it."""
    alone = body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)
    reasons = [] if alone else [Reason("assembly-alone", {"body": body.name})]
    motion = motion_of(proposal)
    if motion is None:
        return [*reasons, Reason("kind-without-effect", {"of_kind": proposal.kind})]
    if motion.year.state != Year.State.PUT:
        reasons.append(Reason("budget-not-put", {"label": motion.year.label}))
    return reasons


def obstacles_to_budget_vote(proposal: Proposal) -> list[Reason]:
    """It is its turn: nothing that is voted before it waits, and it can still stand."""
    motion = motion_of(proposal)
    if motion is None:
        return []
    table = Table.of(motion.year)
    voted = being_voted_of(motion.year)
    waiting = [place.key for place in table.order() if place.key not in voted]
    if motion.amendment is None:
        return _obstacles_to_the_whole(motion.year, table, waiting)
    if motion.amendment_id in voted:
        return [Reason("vote-under-way")]
    if motion.amendment_id in waiting and waiting[0] != motion.amendment_id:
        first = motion.year.amendments.get(pk=waiting[0])
        return [Reason("budget-not-its-turn", {"label": first.short})]
    together = asked_in_one(motion)
    if len(together) > 1 and (reasons := obstacles_in_bloc(table, together)):
        return reasons
    return [
        one
        for one in obstacles_to_voting_on(motion.amendment, table)
        if one.code != "budget-comes-after" or not voted  # they are voted beside it, and settled before it
    ]


def _obstacles_to_the_whole(year: Year, table: Table, waiting: list[int]) -> list[Reason]:
    if waiting:
        return [Reason("budget-amendments-wait", {"number": len(waiting)})]
    found = obstacles_to_adopting(year, table, decision="-")
    return [one for one in found if one.code != "budget-amendments-wait"]


def being_voted_of(year: Year) -> dict[int, int]:
    """Amendment -> its decision, of votes that are open, rest, or wait to be counted."""
    motions = BudgetMotion.objects.filter(year=year, amendment__isnull=False)
    pending = Decision.objects.filter(
        proposal__in=motions.values("proposal"),
        outcome=Decision.Outcome.PENDING,
        ballot__opened_at__isnull=False,
    )
    asked = dict(motions.values_list("proposal", "amendment"))
    found = {asked[one.proposal_id]: one.pk for one in pending}
    inside = put_together(year) if found else set()
    waiting = year.amendments.filter(pk__in=inside - found.keys(), state=Amendment.State.ADMITTED)
    for led in inside & found.keys():  # there is one bloc at a time
        found |= dict.fromkeys(waiting.values_list("pk", flat=True), found[led])
    return found


def whole_is_voted(year: Year) -> bool:
    """A vote on the whole has been opened and not annulled: nothing is taken up again any more."""
    motions = BudgetMotion.objects.filter(year=year, amendment=None)
    found = Decision.objects.filter(proposal__in=motions.values("proposal"), ballot__opened_at__isnull=False)
    return found.exclude(ballot__state=Ballot.State.ANNULLED).exists()


def obstacles_in_budget_order(decision: Decision) -> list[Reason]:
    """What sittings voted side by side is settled in the order of voting, and the whole after all of it.

    One for which there is not enough money holds nobody up: it waits for those that would give to its line, and for
    what comes before it.
    """
    motion = motion_of(decision.proposal)
    if motion is None:
        return []
    being_voted = being_voted_of(motion.year)
    voted = {key for key, vote in being_voted.items() if vote != decision.pk}
    first = voted
    if motion.amendment_id is not None:
        table = Table.of(motion.year)
        order = [place.key for place in table.order()]
        if motion.amendment_id not in order:
            return []  # it fell meanwhile: its vote changes nothing
        before = set(order[: order.index(motion.amendment_id)])
        short = {fall.key: fall for fall in table.falls() if fall.because == Because.SOURCE}
        mine = short.get(motion.amendment_id)
        first = voted & (before - short.keys() if mine is None else before | set(mine.may_return))
    labels = [one.short for one in motion.year.amendments.filter(pk__in=first).order_by("number")]
    return [Reason("amendments-first", {"labels": ", ".join(labels)})] if labels else []


def hold_budget(proposal: Proposal) -> None:
    """The year is held before body, ballot and decision: what falls, and what is adopted, depends on all of it."""
    motion = BudgetMotion.objects.filter(proposal=proposal).first()
    if motion is not None:
        locked_year(motion.year_id)


def settle_budget(decision: Decision, *, carried: bool, by: Actor, at: datetime.datetime) -> None:
    """In the transaction that settles the decision. What has fallen meanwhile stays fallen, whatever its vote was."""
    motion = motion_of(decision.proposal)
    if motion is None:
        return
    if motion.amendment is not None:
        asked = [one for one in asked_in_one(motion) if one.state == Amendment.State.ADMITTED]
        if asked:
            budget.record_together(amendments=asked, carried=carried, decision=decision.label, by=by, at=at)
        others = BudgetMotion.objects.filter(amendment__in=asked).exclude(pk=motion.pk)
        for other in others.select_related("proposal").order_by("proposal"):
            proposals.settle(proposal=other.proposal, carried=carried, by=by, at=at)
        return
    settle = budget.adopt if carried else budget.reject
    settle(year=motion.year, decision=decision.label, by=by, at=at)
    proposals.settle_the_rest(year=motion.year, by=by, at=at)
