"""Preparing a meeting, correcting the draft, the notice that closes its agenda, and cancelling."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Body, Member
from coop.proposals import actions as proposals
from coop.refusals import refuse_if

from ..calendar import Planned, register_closing_day
from ..drafts import laid_down, obstacles_to_correcting
from ..models import Meeting, Request, Sitting
from ..numbering import next_number
from ..quorum import NO_SECOND_CALL
from ..requests import obstacles_to_calling_on_request, obstacles_to_using
from ..rules.calling import (
    is_assembly,
    obstacles_in_cancelling,
    obstacles_in_kind,
    obstacles_in_time,
    obstacles_to_cancelling,
    obstacles_to_convening,
    obstacles_to_preparing,
    quorum_share,
)
from .amendments import set_last_days
from .locks import locked, subject_of
from .owed import take_up_owed
from .problems import take_up_problems


@transaction.atomic
def prepare(
    *,
    body: Body,
    kind: str,
    title: str,
    place: str,
    sittings: Sequence[datetime.datetime | Planned],
    request: Request | None = None,
    copied_from: Meeting | None = None,
    by: Member,
    at: datetime.datetime,
) -> Meeting:
    """A draft that is not announced yet, with its sittings: hours alone, or hours with whom they are for and where.

    `request`: what enough members have signed, which this meeting answers.
    """
    if request is not None:
        request = Request.objects.select_for_update(no_key=True).get(pk=request.pk)
        refuse_if(obstacles_to_using(request, body, at=at))
    refuse_if(
        obstacles_to_preparing(body, by=by, at=at, request=request)
        + obstacles_in_kind(body, kind)
        + obstacles_to_calling_on_request(request, body, kind)
    )
    meeting = Meeting.objects.create(
        cooperative=body.cooperative,
        body=body,
        kind=kind,
        title=one_line(title),
        place=one_line(place),
        request=request,
        copied_from=copied_from,
        prepared_by=by,
        prepared_at=at,
    )
    Sitting.objects.bulk_create(laid_down(meeting, sittings))
    write(body.cooperative.chain, verb="meeting-prepared", subject=subject_of(meeting), by=by.actor, at=at)
    take_up_owed(meeting=meeting, at=at)
    if copied_from is None:  # else after the items that are taken over
        take_up_problems(meeting=meeting, at=at)
    return meeting


@transaction.atomic
def correct_draft(
    *,
    meeting: Meeting,
    kind: str,
    title: str,
    place: str,
    sittings: Sequence[Planned],
    by: Member,
    at: datetime.datetime,
) -> Meeting:
    """Puts a draft right: everything that the notice will say, except the agenda."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_correcting(meeting, kind=kind, sittings=sittings, by=by, at=at))
    meeting.kind, meeting.title, meeting.place = kind, one_line(title), one_line(place)
    meeting.save(update_fields=["kind", "title", "place"])
    _forget_sittings(meeting)
    Sitting.objects.bulk_create(laid_down(meeting, sittings))
    write(
        meeting.cooperative.chain,
        verb="meeting-corrected",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"kind": kind, "place": meeting.place, "sittings": _hours(meeting)},
    )
    return meeting


def _forget_sittings(meeting: Meeting) -> None:
    """Nothing hangs on those of a draft, and PostgreSQL sees to it; Django would ask fourteen tables first."""
    Sitting.objects.filter(meeting=meeting)._raw_delete(connection.alias)


def _hours(meeting: Meeting) -> list[str]:
    return [sitting.starts_at.isoformat() for sitting in meeting.sittings.order_by("number")]


@transaction.atomic
def convene(*, meeting: Meeting, universal: bool = False, by: Member, at: datetime.datetime) -> Meeting:
    """Posts the notice: the agenda closes, the meeting gets its number, quorum and dates are copied from the bylaws.

    `universal`: it may be too late for the bylaws; then it opens only when everybody on the register has come. In time
    it is a meeting like any other.
    """
    meeting = locked(meeting)
    locked_body(meeting.body_id)
    day = meeting.cooperative.day_of(at)
    bylaws = Bylaws.in_force(meeting.cooperative, day)
    take_up_owed(meeting=meeting, at=at)
    take_up_problems(meeting=meeting, at=at)
    universal = universal and obstacles_in_time(meeting, at=at, bylaws=bylaws) != []
    refuse_if(obstacles_to_convening(meeting, by=by, at=at, bylaws=bylaws, universal=universal))
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
        "quorum_share": quorum_share(meeting.body, bylaws),
        "second_call_minutes": bylaws.quorum_second_wait_minutes,
        "second_call_rule": bylaws.quorum_second_rule if assembly else NO_SECOND_CALL,
        "second_call_share": bylaws.quorum_second_share,
        "second_call_number": bylaws.quorum_second_number,
        "rules_version": bylaws.version,
        "universal": universal,
    }
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(facts))
    set_last_days(meeting=meeting, bylaws=bylaws, by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="meeting-convened-late" if universal else "meeting-convened",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={
            "sittings": _hours(meeting),
            "place": meeting.place,
            "agenda": [item.title for item in meeting.items.all()],
            "register_closes_on": facts["register_closes_on"].isoformat(),
        },
    )
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, because: str = "", by: Member, at: datetime.datetime) -> Meeting:
    """It will not be held; what stood on its agenda waits for another meeting. `because` is read by everybody."""
    meeting = locked(meeting)
    because = one_line(because)
    refuse_if(obstacles_to_cancelling(meeting, by=by, at=at) + obstacles_in_cancelling(meeting, because))
    for item in meeting.items.exclude(proposal=None).select_related("proposal"):
        assert item.proposal is not None
        proposals.untable(proposal=item.proposal, by=by.actor, at=at)
    meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, because
    meeting.save(update_fields=["state", "cancelled_because"])
    write(
        meeting.cooperative.chain, verb="meeting-cancelled", subject=subject_of(meeting), by=by.actor, at=at
    )
    return meeting
