"""The chair calls an item; it ends with the next, or when the chair says so."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.proposals.models import Proposal
from coop.refusals import refuse_if

from ..course import obstacles_to_calling, obstacles_to_leaving_item
from ..models import AgendaItem, ItemCall, Pause, ProblemCall, Sitting, Turn
from .amendments import lay_out
from .budgets import lay_out_budget
from .locks import locked, subject_of


@transaction.atomic
def call_item(*, item: AgendaItem, sitting: Sitting, by: Member, at: datetime.datetime) -> ItemCall:
    """From now on this item is under way; the one before and whoever was speaking on it have ended."""
    item, sitting = _fresh(item, sitting)
    refuse_if(obstacles_to_calling(item, sitting=sitting, by=by, at=at))
    _leave(sitting, at)
    if item.proposal is not None and item.proposal.kind == Proposal.Kind.BUDGET:
        lay_out_budget(item=item, by=by.actor, at=at)
    elif item.kind == AgendaItem.Kind.PROPOSAL:  # amendments may have been moved, joined or given leave since
        lay_out(item=item, by=by.actor, at=at)
    called = ItemCall.objects.create(item=item, sitting=sitting, called_by=by, called_at=at)
    _tell(item, sitting, by, at, verb="item-called")
    return called


@transaction.atomic
def end_item(*, item: AgendaItem, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
    """The item under way is done, and no other is called yet."""
    item, sitting = _fresh(item, sitting)
    refuse_if(obstacles_to_leaving_item(item, sitting=sitting, by=by, at=at))
    _leave(sitting, at)
    _tell(item, sitting, by, at, verb="item-ended")


@transaction.atomic
def end_what_is_open(*, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
    """With its sitting end the item under way, whoever speaks and a pause. Part of the act that closes the sitting,
    under its lock and told by its line in the journal."""
    _leave(sitting, at)
    Pause.objects.filter(sitting=sitting, until=None).update(until=at)


def _leave(sitting: Sitting, at: datetime.datetime) -> None:
    Turn.objects.filter(sitting=sitting, began_at__isnull=False, ended_at=None).update(ended_at=at)
    ProblemCall.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)
    ItemCall.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)


def _tell(item: AgendaItem, sitting: Sitting, by: Member, at: datetime.datetime, *, verb: str) -> None:
    write(
        item.meeting.cooperative.chain,
        verb=verb,
        subject=subject_of(item.meeting),
        by=by.actor,
        at=at,
        facts={"item": item.place, "sitting": sitting.number},
    )


def _fresh(item: AgendaItem, sitting: Sitting) -> tuple[AgendaItem, Sitting]:
    meeting = locked(item.meeting)
    fresh = AgendaItem.objects.select_related("proposal__cooperative").get(pk=item.pk)
    held = meeting.sittings.get(pk=sitting.pk)
    fresh.meeting = held.meeting = meeting
    return fresh, held
