"""Naming who stands in for oneself, and taking it back. The mandate is held, so that two namings see each other."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.refusals import refuse_if

from ..models import Deputy, Mandate, Member
from ..rules.deputies import obstacles_to_ending_a_deputy, obstacles_to_naming_a_deputy


def subject_of(deputy: Deputy) -> Subject:
    office = deputy.mandate.seat.office
    told = f"{office.title}, {office.body.name}: {deputy.through.member.name}"
    return Subject("office", str(office.pk), told)


def _day(deputy: Deputy, moment: datetime.datetime) -> str:
    return deputy.mandate.member.cooperative.day_of(moment).isoformat()


def locked(mandate: Mandate) -> Mandate:
    """Fresh and held until the transaction ends."""
    held = Mandate.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("member__cooperative__chain", "seat__office__body").get(pk=mandate.pk)


@transaction.atomic
def name_deputy(
    *,
    mandate: Mandate,
    through: Mandate,
    since: datetime.datetime,
    until: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> Deputy:
    """From `since` on the powers are the deputy's, and not the holder's, until they are taken back or time is over."""
    mandate = locked(mandate)
    refuse_if(obstacles_to_naming_a_deputy(mandate, through=through, since=since, until=until, by=by, at=at))
    made = Deputy.objects.create(mandate=mandate, through=through, since=since, until=until, named_at=at)
    write(
        mandate.member.cooperative.chain,
        verb="deputy-named",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={name: _day(made, moment) for name, moment in (("since", since), ("until", until))},
    )
    return made


@transaction.atomic
def end_deputy(*, deputy: Deputy, by: Member, at: datetime.datetime) -> Deputy:
    """The holder is back, or the deputy gives it up. In that moment the powers are the holder's again."""
    mandate = locked(deputy.mandate)
    found = Deputy.objects.select_related("through__member").get(pk=deputy.pk)
    found.mandate = mandate
    refuse_if(obstacles_to_ending_a_deputy(found, by=by, at=at))
    found.ended_at = max(at, found.since)
    Deputy.objects.filter(pk=found.pk).update(ended_at=found.ended_at)
    write(
        mandate.member.cooperative.chain,
        verb="deputy-ended",
        subject=subject_of(found),
        by=by.actor,
        at=at,
    )
    return found
