"""A budget before the meeting: put on the agenda in one piece, voted in its order, what fell taken up once more."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from coop.budget import actions as budget
from coop.budget.actions.locks import locked as locked_year
from coop.budget.models import Amendment, Year
from coop.budget.tables import Table
from coop.decisions import actions as decisions
from coop.decisions.budgets import put_together
from coop.decisions.rules import prepared_vote
from coop.journal.actions import write
from coop.journal.models import Actor
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.models import BudgetMotion
from coop.refusals import refuse_if

from ..budgets import (
    item_of,
    obstacles_to_bloc,
    obstacles_to_bringing_budget,
    obstacles_to_ordering,
    obstacles_to_regrouping,
    obstacles_to_taking_up,
    whole_of,
)
from ..models import AgendaItem, Meeting
from ..rules.calling import obstacles_to_changing_agenda
from .locks import locked, subject_of
from .votes import GIVEN_UP

Kind = AgendaItem.Kind


@transaction.atomic
def put_budget_on(
    *,
    meeting: Meeting,
    year: Year,
    planned_minutes: int = 60,
    openness: str = AgendaItem.Openness.MEMBERS,
    by: Member,
    at: datetime.datetime,
) -> AgendaItem:
    """The whole budget at the end of a draft agenda, and under it every amendment that is to be voted."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    year = locked_year(year)
    refuse_if(obstacles_to_bringing_budget(meeting, year))
    whole = whole_of(year)
    assert whole is not None  # the rule has refused a budget that is not laid before the assembly
    proposals.table(proposal=whole, by=by.actor, at=at)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    with translation.override(meeting.cooperative.language):
        title = _("Budget %(year)s") % {"year": year.year}
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=Kind.PROPOSAL,
        title=title,
        proposal=whole,
        planned_minutes=planned_minutes,
        openness=openness,
    )
    lay_amendments(item=item, by=by.actor, at=at)
    facts = {"item": item.number, "budget": year.label, "amendments": _under(item).count()}
    write(
        meeting.cooperative.chain,
        verb="budget-on-agenda",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return item


@transaction.atomic
def lay_amendments(*, item: AgendaItem, by: Actor, at: datetime.datetime) -> None:
    """Everything of its budget that is to be voted, under an item that has just been made. Part of that act."""
    motion = BudgetMotion.objects.select_related("year").get(proposal=item.proposal_id)
    asked = BudgetMotion.objects.filter(year=motion.year, amendment__isnull=False).select_related("proposal")
    of = {one.amendment_id: one.proposal for one in asked}
    for part, place in enumerate(Table.of(motion.year).order(), 1):
        proposal = of[place.key]
        proposals.table(proposal=proposal, by=by, at=at)
        AgendaItem.objects.create(
            meeting_id=item.meeting_id,
            number=item.number,
            part=part,
            kind=Kind.PROPOSAL,
            title=proposal.title,
            planned_minutes=0,
            proposal=proposal,
            openness=item.openness,
        )


@transaction.atomic
def lay_out_budget(*, item: AgendaItem, by: Actor, at: datetime.datetime) -> None:
    """Puts what waits under an item in the order of voting; what was voted, or fell, keeps its place."""
    motion = BudgetMotion.objects.select_related("year__cooperative__chain").get(proposal=item.proposal_id)
    under = list(_under(item).filter(decision=None))
    asked = dict(
        BudgetMotion.objects.filter(proposal__in=[one.proposal_id for one in under]).values_list(
            "amendment", "proposal"
        )
    )
    wanted = [asked[place.key] for place in Table.of(motion.year).order() if place.key in asked]
    waiting = [one for one in under if one.proposal_id in wanted]
    if [one.proposal_id for one in waiting] == wanted:
        return
    for place, proposal in zip([one.part for one in waiting], wanted, strict=True):
        AgendaItem.objects.filter(meeting=item.meeting_id, proposal=proposal).update(part=place)
    labels = dict(Amendment.objects.filter(pk__in=asked).values_list("pk", "number"))
    order = [f"A{labels[key]}" for proposal in wanted for key, one in asked.items() if one == proposal]
    write(
        motion.year.cooperative.chain,
        verb="amendments-in-order",
        subject=subject_of(item.meeting),
        by=by,
        at=at,
        facts={"item": item.number, "order": order},
    )


@transaction.atomic
def move_in_budget(
    *, amendment: Amendment, before: Amendment | None, because: str, by: Member, at: datetime.datetime
) -> None:
    """Whoever chairs puts an amendment before another, or at the end, and says why; on the agenda too."""
    item = _held(amendment.year)
    refuse_if(obstacles_to_ordering(item, by=by, at=at))
    budget.move_in_order(amendment=amendment, before=before, because=because, by=by.actor, at=at)
    if item is not None and item.meeting.state != Meeting.State.CONVENED:  # a notice is out: when it opens
        lay_out_budget(item=item, by=by.actor, at=at)


@transaction.atomic
def want_in_budget(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """The meeting votes on it although one that pulls the other way was carried (ruling 12)."""
    item = _held(amendment.year)
    refuse_if(obstacles_to_taking_up(item, amendment, by=by, at=at))
    budget.want(amendment=amendment, by=by.actor, at=at)
    if item is not None:
        lay_out_budget(item=item, by=by.actor, at=at)


@transaction.atomic
def vote_in_bloc(*, year: Year, parts: Sequence[Amendment], by: Member, at: datetime.datetime) -> None:
    """Whoever chairs has several that nobody disputes voted in one question, on the line of the first of them."""
    item = _held(year)
    year = locked_year(year)
    for part in parts:
        part.year = year
    refuse_if(obstacles_to_bloc(item, parts, by=by, at=at))
    budget.form_bloc(year=year, parts=parts, by=by, at=at)
    if item is not None:
        _anew(item, parts, by=by, at=at)


@transaction.atomic
def vote_singly(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """Anybody who votes on the budget has one of a bloc voted by itself: it is asked, and nobody decides on it."""
    item = _held(amendment.year)
    amendment.year = locked_year(amendment.year)
    refuse_if(obstacles_to_regrouping(item, [amendment]))
    inside = list(amendment.year.amendments.filter(pk__in=put_together(amendment.year)))
    budget.take_out_of_bloc(amendment=amendment, by=by, at=at)
    if item is not None:
        _anew(item, inside, by=by, at=at)


def _anew(item: AgendaItem, parts: Sequence[Amendment], *, by: Member, at: datetime.datetime) -> None:
    """Their lines in the new order. A secret vote that was made ready on one of them asks what is asked no more."""
    for motion in BudgetMotion.objects.filter(amendment__in=parts).select_related("proposal"):
        ready = prepared_vote(motion.proposal, item.meeting.register)
        if ready is not None:
            decisions.void(decision=ready, because=GIVEN_UP, by=by.actor, at=at)
    lay_out_budget(item=item, by=by.actor, at=at)


def _under(item: AgendaItem) -> models.QuerySet[AgendaItem]:
    there = AgendaItem.objects.filter(meeting=item.meeting_id, number=item.number, part__gt=0)
    return there.order_by("part")


def _held(year: Year) -> AgendaItem | None:
    """The item of a budget, with its meeting held until the transaction ends."""
    item = item_of(year)
    if item is not None:
        item.meeting = locked(item.meeting)
    return item
