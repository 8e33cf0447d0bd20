"""Preparing a meeting, its agenda, and the notice that closes it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Body, Member
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from coop.refusals import refuse_if

from ..calendar import register_closing_day
from ..models import AgendaItem, Meeting, Sitting
from ..numbering import next_number
from ..quorum import NO_SECOND_CALL
from ..rules import (
    is_assembly,
    obstacles_in_kind,
    obstacles_to_cancelling,
    obstacles_to_changing_agenda,
    obstacles_to_convening,
    obstacles_to_preparing,
)
from .locks import locked, subject_of


@transaction.atomic
def prepare(
    *,
    body: Body,
    kind: str,
    title: str,
    place: str,
    sittings: Sequence[datetime.datetime],
    by: Member,
    at: datetime.datetime,
) -> Meeting:
    """A draft that is not announced yet, with the hours of its sittings."""
    refuse_if(obstacles_to_preparing(body, by=by, at=at) + obstacles_in_kind(body, kind))
    meeting = Meeting.objects.create(
        cooperative=body.cooperative,
        body=body,
        kind=kind,
        title=title.strip(),
        place=place.strip(),
        prepared_by=by,
        prepared_at=at,
    )
    Sitting.objects.bulk_create(
        Sitting(meeting=meeting, number=number, starts_at=starts_at)
        for number, starts_at in enumerate(sorted(sittings), 1)
    )
    write(body.cooperative.chain, verb="meeting-prepared", subject=subject_of(meeting), by=by.actor, at=at)
    return meeting


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    kind: str,
    title: str = "",
    proposal: Proposal | None = None,
    planned_minutes: int = 10,
    by: Member,
    at: datetime.datetime,
) -> AgendaItem:
    """Puts an item at the end of a draft agenda; a proposal put there is tabled."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    if proposal is not None:
        proposals.table(proposal=proposal, by=by.actor, at=at)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=kind,
        title=title.strip() or (str(proposal) if proposal else str(AgendaItem.Kind(kind).label)),
        proposal=proposal,
        planned_minutes=planned_minutes,
    )
    write(
        meeting.cooperative.chain,
        verb="item-added",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": item.number, "title": item.title, "kind": str(kind)},
    )
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Member, at: datetime.datetime) -> None:
    """Takes an item off a draft agenda and closes the gap; its proposal waits for another meeting."""
    meeting = locked(item.meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    if item.proposal is not None:
        proposals.untable(proposal=item.proposal, by=by.actor, at=at)
    title = item.title
    item.delete()
    for number, left in enumerate(meeting.items.order_by("number"), 1):
        AgendaItem.objects.filter(pk=left.pk).update(number=number)
    write(
        meeting.cooperative.chain,
        verb="item-removed",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"title": title},
    )


@transaction.atomic
def convene(*, meeting: Meeting, by: Member, at: datetime.datetime) -> Meeting:
    """Posts the notice: the agenda closes, the meeting gets its number, quorum and dates are copied from the bylaws."""
    meeting = locked(meeting)
    locked_body(meeting.body_id)
    day = meeting.cooperative.day_of(at)
    bylaws = Bylaws.in_force(meeting.cooperative, day)
    refuse_if(obstacles_to_convening(meeting, by=by, at=at, bylaws=bylaws))
    first = meeting.sittings.order_by("starts_at")[0]
    held_on = meeting.cooperative.day_of(first.starts_at)
    assembly = is_assembly(meeting.body)
    facts: dict[str, Any] = {
        "state": Meeting.State.CONVENED,
        "year": held_on.year,
        "number": next_number(meeting.body, held_on.year),
        "convened_by": by,
        "convened_at": at,
        "register_closes_on": register_closing_day(held_on, days_before=bylaws.register_closing_days),
        "quorum_share": bylaws.quorum_first if assembly else bylaws.quorum_council,
        "second_call_minutes": bylaws.quorum_second_wait_minutes,
        "second_call_rule": bylaws.quorum_second_rule if assembly else NO_SECOND_CALL,
        "second_call_share": bylaws.quorum_second_share,
        "second_call_number": bylaws.quorum_second_number,
        "rules_version": bylaws.version,
    }
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(facts))
    write(
        meeting.cooperative.chain,
        verb="meeting-convened",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={
            "sittings": [sitting.starts_at.isoformat() for sitting in meeting.sittings.all()],
            "place": meeting.place,
            "agenda": [item.title for item in meeting.items.all()],
            "register_closes_on": facts["register_closes_on"].isoformat(),
        },
    )
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, by: Member, at: datetime.datetime) -> Meeting:
    """It will not be held; what stood on its agenda waits for another meeting."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_cancelling(meeting, by=by, at=at))
    for item in meeting.items.exclude(proposal=None).select_related("proposal"):
        assert item.proposal is not None
        proposals.untable(proposal=item.proposal, by=by.actor, at=at)
    meeting.state = Meeting.State.CANCELLED
    meeting.save(update_fields=["state"])
    write(
        meeting.cooperative.chain, verb="meeting-cancelled", subject=subject_of(meeting), by=by.actor, at=at
    )
    return meeting
