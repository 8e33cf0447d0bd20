"""Who may vote in a body on a day, and why somebody may not (practice C01)."""

from __future__ import annotations

import datetime
import zoneinfo

from django.db.models import Q, QuerySet

from coop.charter.models import Bylaws
from coop.refusals import Reason

from .models import Body, Mandate, Member, Posting, Standing

Status = Standing.Status


def voting_statuses(bylaws: Bylaws) -> list[str]:
    """The statuses that keep the vote. Sick and parental leave always do; the others as the bylaws say."""
    keeping = [Status.ACTIVE, Status.MEDICAL_LEAVE, Status.PARENTAL_LEAVE, Status.NOTICE_GIVEN]
    if bylaws.suspended_keep_vote:
        keeping.append(Status.SUSPENDED)
    if bylaws.leave_keeps_vote:
        keeping += [Status.VOLUNTARY_LEAVE, Status.OUTSIDE_OFFICE]
    return [status.value for status in keeping]


def voters(body: Body, day: datetime.date, bylaws: Bylaws) -> QuerySet[Member]:
    """Everybody who may vote in `body` on `day`, in the order of the register, each once."""
    standing = Standing.objects.filter(
        Standing.on(day), kind=Standing.Kind.MEMBER, status__in=voting_statuses(bylaws)
    )
    members = Member.objects.filter(cooperative=body.cooperative_id, pk__in=standing.values("member"))
    if body.composition == Body.Composition.DEPARTMENT:
        posted = Posting.objects.filter(Posting.on(day), department=body.department_id)
        return members.filter(pk__in=posted.values("member"))
    if body.composition == Body.Composition.CREW:
        posted = Posting.objects.filter(Posting.on(day), crew=body.crew_id)
        return members.filter(pk__in=posted.values("member"))
    if body.composition == Body.Composition.MANDATE:
        return members.filter(pk__in=_holders(body, day).values("member"))
    return members


def _holders(body: Body, day: datetime.date) -> QuerySet[Mandate]:
    zone = zoneinfo.ZoneInfo(body.cooperative.time_zone)
    noon = datetime.datetime.combine(day, datetime.time(12), zone)
    return Mandate.objects.filter(Q(Mandate.in_force(noon)), seat__office__body=body, seat__alternate=False)


def obstacles_to_voting(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """Why `member` has no vote in `body` on `day`; empty when they have."""
    standing = Standing.objects.filter(Standing.on(day), member=member).first()
    if standing is None:
        return [Reason("not-in-the-register", {"name": member.name})]
    if standing.kind != Standing.Kind.MEMBER:
        return [Reason("not-a-full-member", {"kind": standing.kind})]
    if standing.status not in voting_statuses(bylaws):
        return [Reason("standing-without-vote", {"status": standing.status})]
    if not voters(body, day, bylaws).filter(pk=member.pk).exists():
        return [Reason("not-of-this-body", {"body": body.name})]
    return []
