"""Bodies and offices, and the beginning and end of mandates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.refusals import refuse_if

from ..models import Body, Crew, Department, Mandate, Member, Office, OfficePower, Seat
from ..rules import obstacles_to_confirming_mandate, obstacles_to_ending_mandate, obstacles_to_mandate


@transaction.atomic
def create_body(
    *,
    cooperative: Cooperative,
    code: str,
    name: str,
    kind: str,
    composition: str,
    department: Department | None = None,
    crew: Crew | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Body:
    body = Body.objects.create(
        cooperative=cooperative,
        code=code,
        name=name,
        kind=kind,
        composition=composition,
        department=department,
        crew=crew,
    )
    write(
        cooperative.chain,
        verb="body-created",
        subject=Subject("body", str(body.pk), name),
        by=by,
        at=at,
        facts={"code": code, "kind": str(kind), "composition": str(composition)},
    )
    return body


@transaction.atomic
def create_office(
    *,
    body: Body,
    title: str,
    powers: Iterable[tuple[str, Body | None]] = (),
    seats: Sequence[tuple[bool, Crew | None, Department | None]] = ((False, None, None),),
    term_months: int | None = None,
    recallable: bool = True,
    by: Actor,
    at: datetime.datetime,
) -> Office:
    """An office with its powers (power, over which body; None = everywhere) and seats (alternate, crew, department)."""
    office = Office.objects.create(body=body, title=title, term_months=term_months, recallable=recallable)
    powers = list(powers)
    OfficePower.objects.bulk_create(
        OfficePower(office=office, power=power, body=where) for power, where in powers
    )
    counted = {False: 0, True: 0}
    for alternate, crew, department in seats:
        counted[alternate] += 1
        Seat.objects.create(
            office=office, number=counted[alternate], alternate=alternate, crew=crew, department=department
        )
    write(
        body.cooperative.chain,
        verb="office-created",
        subject=Subject("office", str(office.pk), f"{title}, {body.name}"),
        by=by,
        at=at,
        facts={
            "powers": [[str(power), where.code if where else None] for power, where in powers],
            "seats": counted[False],
            "alternates": counted[True],
        },
    )
    return office


def subject_of(mandate: Mandate) -> Subject:
    return Subject("mandate", str(mandate.pk), f"{mandate.seat.office.title}: {mandate.member.name}")


@transaction.atomic
def begin_mandate(
    *,
    seat: Seat,
    member: Member,
    since: datetime.datetime,
    until: datetime.datetime | None,
    begun: str,
    document: str,
    entered_by: Member | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Mandate:
    """Seats a member. Entered by hand (`entered_by`) it waits for a second office-holder; else it counts at once."""
    refuse_if(obstacles_to_mandate(seat, member, since=since, until=until, document=document, at=at))
    mandate = Mandate.objects.create(
        seat=seat,
        member=member,
        since=since,
        until=until,
        begun=begun,
        document=document.strip(),
        entered_by=entered_by,
        confirmed_at=None if entered_by else at,
    )
    write(
        member.cooperative.chain,
        verb="mandate-entered" if entered_by else "mandate-begun",
        subject=subject_of(mandate),
        by=by,
        at=at,
        facts={
            "body": seat.office.body.code,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
            "begun": str(begun),
            "document": document.strip(),
        },
    )
    return mandate


@transaction.atomic
def confirm_mandate(*, mandate: Mandate, by: Member, at: datetime.datetime) -> None:
    """The second signature under a mandate entered by hand."""
    locked = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    refuse_if(obstacles_to_confirming_mandate(locked, by=by, at=at))
    Mandate.objects.filter(pk=mandate.pk).update(confirmed_by=by, confirmed_at=at)
    write(by.cooperative.chain, verb="mandate-confirmed", subject=subject_of(mandate), by=by.actor, at=at)


@transaction.atomic
def end_mandate(
    *,
    mandate: Mandate,
    ended: str,
    document: str,
    until: datetime.datetime | None = None,
    by: Actor,
    at: datetime.datetime,
) -> None:
    """From now, or from `until`, the seat is empty and its powers are gone. One still to come never begins."""
    locked = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    refuse_if(obstacles_to_ending_mandate(locked, at=at))
    Mandate.objects.filter(pk=mandate.pk).update(
        until=max(until or at, at, locked.since), ended=ended, end_document=document
    )
    write(
        mandate.member.cooperative.chain,
        verb="mandate-ended",
        subject=subject_of(mandate),
        by=by,
        at=at,
        facts={"ended": str(ended), "document": document},
    )
