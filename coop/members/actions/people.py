"""Admitting people and writing down what changes about them, always from a day on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.refusals import refuse_if

from ..folding import fold
from ..models import Crew, Department, Member, Posting, Standing
from ..rules import obstacles_to_admitting, obstacles_to_dated_change


def subject_of(member: Member) -> Subject:
    return Subject("member", str(member.pk), f"{member.number} {member.name}")


@transaction.atomic
def admit(
    *,
    cooperative: Cooperative,
    number: int,
    name: str,
    joined: datetime.date,
    department: Department | None,
    crew: Crew | None = None,
    kind: str = Standing.Kind.MEMBER,
    status: str = Standing.Status.ACTIVE,
    language: str = "",
    contact: str = Member.Contact.NONE,
    support: Sequence[str] = (),
    founder: bool = False,
    job: str = "",
    area: str = "",
    born: datetime.date | None = None,
    phone: str = "",
    reason: str = "",
    document: str = "",
    expected_until: datetime.date | None = None,
    replacement: bool = False,
    by: Actor,
    at: datetime.datetime,
) -> Member:
    """Enters a person in the register from the day they joined; from that day their standing and posting run.

    `by` is an Actor and not a Member because the founding act and an import act as well; pages ask
    `rules.obstacles_to_keeping_the_register` of the person in front of the screen.
    """
    refuse_if(obstacles_to_admitting(cooperative, number))
    member = Member.objects.create(
        cooperative=cooperative,
        number=number,
        name=name,
        plain_name=fold(name),
        joined=joined,
        founder=founder,
        job=job,
        area=area,
        born=born,
        phone=phone,
        language=language or cooperative.language,
        contact=contact,
        support=list(support),
    )
    Standing.objects.create(
        member=member,
        kind=kind,
        status=status,
        since=joined,
        reason=reason,
        document=document,
        expected_until=expected_until,
        replacement=replacement,
    )
    if department is not None:
        Posting.objects.create(member=member, department=department, crew=crew, since=joined, reason=reason)
    write(
        cooperative.chain,
        verb="member-admitted",
        subject=subject_of(member),
        by=by,
        at=at,
        facts={
            "joined": joined.isoformat(),
            "kind": str(kind),
            "department": department.code if department else None,
            "crew": crew.code if crew else None,
        },
    )
    return member


@transaction.atomic
def change_standing(
    *,
    member: Member,
    kind: str,
    status: str,
    since: datetime.date,
    reason: str,
    document: str = "",
    expected_until: datetime.date | None = None,
    replacement: bool = False,
    by: Actor,
    at: datetime.datetime,
) -> Standing:
    """From `since` on the member stands otherwise; what was true before stays on record.

    The journal, which everybody reads and nobody ever clears, tells neither illness nor reason.
    """
    new: Standing = _from(
        Standing,
        member,
        since,
        kind=kind,
        status=status,
        reason=reason,
        document=document,
        expected_until=expected_until,
        replacement=replacement,
    )
    gone = status in Standing.GONE
    write(
        member.cooperative.chain,
        verb="member-gone" if gone else "standing-changed",
        subject=subject_of(member),
        by=by,
        at=at,
        facts={"kind": str(kind), "since": since.isoformat(), "gone": gone}
        | ({"status": str(status)} if gone else {}),
    )
    return new


@transaction.atomic
def post(
    *,
    member: Member,
    department: Department,
    crew: Crew | None,
    since: datetime.date,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> Posting:
    """From `since` on the member works in `department` and `crew`; frozen rolls keep the old place."""
    new = _from(Posting, member, since, department=department, crew=crew, reason=reason)
    write(
        member.cooperative.chain,
        verb="member-posted",
        subject=subject_of(member),
        by=by,
        at=at,
        facts={
            "department": department.code,
            "crew": crew.code if crew else None,
            "since": since.isoformat(),
        },
    )
    return new


def _from(model: type[Any], member: Member, since: datetime.date, **facts: Any) -> Any:
    """Ends the row in force on `since` and begins a new one; what begins later stays, so it is refused before it."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    refuse_if(obstacles_to_dated_change(model.objects.filter(member=member, struck_at=None), since))
    model.objects.filter(model.on(since), member=member).update(until=since)
    return model.objects.create(member=member, since=since, **facts)
