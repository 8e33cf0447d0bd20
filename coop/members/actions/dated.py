"""The two steps that every change of a life is made of: the next standing, and the seats that fall empty."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.models import Actor

from ..models import Mandate, Member, Standing
from ..rules.lives import standing_on
from .moving_up import move_up
from .offices import end_mandate, subject_of
from .people import change_standing


def locked(member: Member, at: datetime.datetime) -> tuple[Member, datetime.date]:
    """The member, held until the act is done, and the day at the plant."""
    held = Member.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("cooperative__chain").get(pk=member.pk)
    return found, found.cooperative.day_of(at)


@transaction.atomic
def become(
    *,
    member: Member,
    status: str,
    since: datetime.date,
    reason: str = "",
    document: str = "",
    expected_until: datetime.date | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Standing:
    """The same kind of person in another status: what stood that day gives the kind. No rule is asked here."""
    now = standing_on(member, since)
    return change_standing(
        member=member,
        kind=now.kind if now else Standing.Kind.MEMBER,
        status=status,
        since=since,
        reason=reason.strip(),
        document=document.strip(),
        expected_until=expected_until,
        replacement=bool(now and now.replacement),
        by=by,
        at=at,
    )


@transaction.atomic
def empty_seats(*, member: Member, by: Actor, at: datetime.datetime) -> None:
    """Ends what the member holds, and what was to begin; alternates move up."""
    held = Mandate.objects.filter(Mandate.not_over(at), member=member)
    for mandate in held.select_related(
        "seat__office__body", "seat__crew", "seat__department", "member__cooperative__chain"
    ).order_by("pk"):
        until = mandate.until
        end_mandate(mandate=mandate, ended=Mandate.Ended.LEFT, document="", by=by, at=at)
        if not mandate.seat.alternate and mandate.confirmed_at is not None:
            document = str(subject_of(mandate).label)
            move_up(seat=mandate.seat, until=until, document=document, since=mandate.since, by=by, at=at)
