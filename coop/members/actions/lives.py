"""What the register office writes of a life at the plant: moving, leaves, notice, leaving, coming again.

Each is one dated entry after the other. The member is locked first; the rule is asked again under the lock, with what
the writer had before their eyes (`seen`, see seen.py).
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.models import CLOCK, Actor
from coop.refusals import refuse_if

from ..models import Consent, Crew, Department, Member, Posting, Standing
from ..rules.entering import Newcomer
from ..rules.lives import (
    obstacles_in_expected_end,
    obstacles_to_coming_back,
    obstacles_to_moving,
    obstacles_to_rejoining,
    obstacles_to_renewing,
    obstacles_to_standing,
    obstacles_to_writing,
    standing_on,
)
from ..rules.protection import obstacles_in_protection, obstacles_to_dying
from .consents import use_consent
from .dated import become, empty_seats, locked
from .people import change_standing, post

Status = Standing.Status


@transaction.atomic
def move(
    *,
    member: Member,
    department: Department,
    crew: Crew | None,
    since: datetime.date,
    reason: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Posting:
    """To another department or crew from a day on. Frozen rolls keep the old place."""
    member, day = locked(member, at)
    to = (department.pk, crew.pk if crew else None)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_moving(member, since=since, day=day, to=to)
        + obstacles_in_protection(member, to=Consent.To.MOVE, document=reason, by=by, at=at)
    )
    use_consent(member=member, to=Consent.To.MOVE, by=by, at=at)
    return post(
        member=member, department=department, crew=crew, since=since, reason=reason, by=by.actor, at=at
    )


@transaction.atomic
def go_on_leave(
    *,
    member: Member,
    status: str,
    since: datetime.date,
    expected_until: datetime.date | None,
    reason: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    """Sick, parental, at own wish, in an office outside; the same again is a leave that lasts longer."""
    member, day = locked(member, at)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_standing(member, status, since=since, day=day)
        + obstacles_in_expected_end(since, expected_until)
    )
    return become(
        member=member,
        status=status,
        since=since,
        by=by.actor,
        at=at,
        reason=reason,
        expected_until=expected_until,
    )


@transaction.atomic
def come_back(
    *,
    member: Member,
    since: datetime.date,
    reason: str = "",
    document: str = "",
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    """At work again after a leave or a notice taken back; after a suspension when it is over or was lifted."""
    member, day = locked(member, at)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(obstacles_to_coming_back(member, since=since, day=day, document=document, by=by))
    return become(
        member=member,
        status=Status.ACTIVE,
        since=since,
        by=by.actor,
        at=at,
        reason=reason,
        document=document.strip(),
    )


@transaction.atomic
def give_notice(
    *,
    member: Member,
    since: datetime.date,
    expected_until: datetime.date | None,
    reason: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    """Somebody said on that day that they will leave. They keep every right until they have left."""
    member, day = locked(member, at)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_standing(member, Status.NOTICE_GIVEN, since=since, day=day)
        + obstacles_in_expected_end(since, expected_until)
    )
    return become(
        member=member,
        status=Status.NOTICE_GIVEN,
        since=since,
        by=by.actor,
        at=at,
        reason=reason,
        expected_until=expected_until,
    )


@transaction.atomic
def leave(
    *,
    member: Member,
    since: datetime.date,
    died: bool = False,
    reason: str = "",
    document: str = "",
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> Standing:
    """Out of the house from that day on: access and mandates end with it. The line of the register stays."""
    member, day = locked(member, at)
    status = Status.DIED if died else Status.LEFT
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    protected = (
        obstacles_to_dying(member, document=document, at=at)
        if died
        else obstacles_in_protection(member, to=Consent.To.LEAVE, document=document, by=by, at=at)
    )
    refuse_if(obstacles_to_standing(member, status, since=since, day=day) + protected)
    use_consent(member=member, to=Consent.To.LEAVE, by=by, at=at)
    gone = become(
        member=member,
        status=status,
        since=since,
        by=by.actor,
        at=at,
        reason=reason,
        document=document.strip(),
    )
    if since <= day:
        empty_seats(member=member, by=by.actor, at=at)
    return gone


@transaction.atomic
def rejoin(
    *, member: Member, terms: Newcomer, by: Member, at: datetime.datetime, seen: int | None = None
) -> Standing:
    """Somebody who had left comes again, under the number they had: a standing and a posting from `terms.joined`."""
    member, day = locked(member, at)
    bylaws = Bylaws.in_force(member.cooperative, day)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(obstacles_to_rejoining(member, terms, day=day, bylaws=bylaws))
    again = _on_terms(member, terms, by, at)
    if terms.department is not None:
        post(
            member=member,
            department=terms.department,
            crew=terms.crew,
            since=terms.joined,
            reason=terms.reason,
            by=by.actor,
            at=at,
        )
    return again


@transaction.atomic
def renew(
    *, member: Member, terms: Newcomer, by: Member, at: datetime.datetime, seen: int | None = None
) -> Standing:
    """A trial or a hire goes on until another day, or changes from one to the other."""
    member, day = locked(member, at)
    bylaws = Bylaws.in_force(member.cooperative, day)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(obstacles_to_renewing(member, terms, day=day, bylaws=bylaws))
    return _on_terms(member, terms, by, at)


@transaction.atomic
def empty_seats_of_the_gone(*, member: Member, by: Actor = CLOCK, at: datetime.datetime) -> None:
    """What the clock does on the day on which somebody has left who said so before."""
    member, day = locked(member, at)
    standing = standing_on(member, day)
    if standing is not None and standing.status in Standing.GONE:
        empty_seats(member=member, by=by, at=at)


def _on_terms(member: Member, terms: Newcomer, by: Member, at: datetime.datetime) -> Standing:
    return change_standing(
        member=member,
        kind=terms.kind,
        status=Status.ACTIVE,
        since=terms.joined,
        reason=terms.reason.strip(),
        document=terms.document.strip(),
        expected_until=terms.expected_until,
        replacement=terms.replacement,
        by=by.actor,
        at=at,
    )
