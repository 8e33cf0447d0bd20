"""Suspension with its appeal, and exclusion: never without a document, never without a reason."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.refusals import refuse_if

from ..models import Member, Standing
from ..rules.lives import (
    obstacles_to_appealing,
    obstacles_to_becoming_final,
    obstacles_to_expelling,
    obstacles_to_suspending,
    obstacles_to_upholding,
    obstacles_to_writing,
)
from ..rules.protection import obstacles_in_protection
from .dated import become, empty_seats, locked
from .people import subject_of

Status = Standing.Status


@transaction.atomic
def suspend(
    *,
    member: Member,
    since: datetime.date,
    expected_until: datetime.date | None,
    reason: str,
    document: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    member, day = locked(member, at)
    bylaws = Bylaws.in_force(member.cooperative, day)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_suspending(
            member,
            since=since,
            expected_until=expected_until,
            reason=reason,
            document=document,
            day=day,
            bylaws=bylaws,
        )
        + obstacles_in_protection(member, document=document, by=by, at=at)
    )
    return become(
        member=member,
        status=Status.SUSPENDED,
        since=since,
        by=by.actor,
        at=at,
        reason=reason.strip(),
        document=document.strip(),
        expected_until=expected_until,
    )


@transaction.atomic
def appeal_suspension(*, standing: Standing, by: Member, at: datetime.datetime) -> None:
    """The person says no to it, or the register office writes down that they did."""
    member, day = locked(standing.member, at)
    found = Standing.objects.get(pk=standing.pk)
    bylaws = Bylaws.in_force(member.cooperative, day)
    refuse_if(obstacles_to_appealing(found, by=by, at=at, day=day, bylaws=bylaws))
    Standing.objects.filter(pk=found.pk).update(appealed_at=at)
    _note(member, by.actor, at)


@transaction.atomic
def uphold_suspension(
    *, standing: Standing, document: str, by: Member, at: datetime.datetime, seen: int | None = None
) -> None:
    """The appeal was heard and the suspension stays. One that is lifted ends with `come_back`."""
    member, day = locked(standing.member, at)
    found = Standing.objects.get(pk=standing.pk)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(obstacles_to_upholding(found, document=document, day=day))
    Standing.objects.filter(pk=found.pk).update(final_at=at)
    _note(member, by.actor, at)


@transaction.atomic
def let_suspension_become_final(*, standing: Standing, by: Actor = CLOCK, at: datetime.datetime) -> None:
    """The days to appeal went by unused. Idempotent: where two clocks tick, the slower finds it done."""
    member, day = locked(standing.member, at)
    found = Standing.objects.get(pk=standing.pk)
    if found.final_at is not None:
        return
    bylaws = Bylaws.in_force(member.cooperative, day)
    refuse_if(obstacles_to_becoming_final(found, day=day, bylaws=bylaws))
    Standing.objects.filter(pk=found.pk).update(final_at=at)
    _note(member, by, at)


@transaction.atomic
def expel(
    *,
    member: Member,
    since: datetime.date,
    reason: str,
    document: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    """By a decision of the assembly, which `document` cites. Access and mandates end with it."""
    member, day = locked(member, at)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_expelling(member, since=since, reason=reason, document=document, day=day)
        + obstacles_in_protection(member, document=document, by=by, at=at)
    )
    gone = become(
        member=member,
        status=Status.EXPELLED,
        since=since,
        by=by.actor,
        at=at,
        reason=reason.strip(),
        document=document.strip(),
    )
    if since <= day:
        empty_seats(member=member, by=by.actor, at=at)
    return gone


def _note(member: Member, by: Actor, at: datetime.datetime) -> None:
    """Only that something was noted: everybody reads the journal for ever, and a suspension is told to few."""
    write(member.cooperative.chain, verb="standing-noted", subject=subject_of(member), by=by, at=at)
