"""Mandates that began before the house was kept here, from the page of the book that says so."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.refusals import refuse_if

from ..models import Mandate, Member, Seat
from ..rules import (
    obstacles_to_carrying_over_mandate,
    obstacles_to_turning_down_mandate,
)
from .offices import begin_mandate, subject_of


@transaction.atomic
def carry_over_mandate(
    *,
    seat: Seat,
    member: Member,
    since: datetime.datetime,
    until: datetime.datetime | None,
    document: str,
    by: Member,
    at: datetime.datetime,
) -> Mandate:
    """Enters a mandate from the book (`document`: book and page); it counts once a second person has confirmed it."""
    refuse_if(obstacles_to_carrying_over_mandate(member, since=since, by=by, at=at))
    return begin_mandate(
        seat=seat,
        member=member,
        since=since,
        until=until,
        begun=Mandate.Begun.CARRIED_OVER,
        document=document,
        entered_by=by,
        by=by.actor,
        at=at,
    )


@transaction.atomic
def turn_down_mandate(*, mandate: Mandate, because: str, by: Member, at: datetime.datetime) -> None:
    """The book says otherwise: the entry never counted, and its seat is free as if it had not been made."""
    locked = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    refuse_if(obstacles_to_turning_down_mandate(locked, because=because, by=by, at=at))
    Mandate.objects.filter(pk=mandate.pk).update(
        until=locked.since, ended=Mandate.Ended.REFUSED, end_document=because.strip()
    )
    write(
        by.cooperative.chain,
        verb="mandate-turned-down",
        subject=subject_of(mandate),
        by=by.actor,
        at=at,
        facts={"because": because.strip()},
    )
