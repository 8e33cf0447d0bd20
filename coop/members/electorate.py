"""Who may vote in a body on a day, speak in it, and be elected by it; and why somebody may not (practice C01).

One truth for three questions: the dated standing. Sick and parental leave keep every right. People on trial or hired
have a voice and no vote. Suspended members keep the vote when the bylaws say so, or as long as their appeal is open.
"""

from __future__ import annotations

import calendar
import datetime
import zoneinfo
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from coop.charter.models import Bylaws
from coop.refusals import Reason

from .models import Body, Mandate, Member, Posting, Standing

Status = Standing.Status

# Bodies whose seats ask for some time of membership, and the article that says how long.
SENIORITY = {
    Body.Kind.ADMINISTRATIVE_COUNCIL: "seniority_administrative_months",
    Body.Kind.DEPARTMENT_COUNCIL: "seniority_delegates_months",
    Body.Kind.FACTORY_COUNCIL: "seniority_delegates_months",
    Body.Kind.COORDINATORS: "seniority_delegates_months",
}


def voting_statuses(bylaws: Bylaws) -> list[str]:
    """The statuses that keep the vote whatever else is on record. A suspension under appeal: see `keeping_the_vote`."""
    keeping = [Status.ACTIVE, Status.MEDICAL_LEAVE, Status.PARENTAL_LEAVE, Status.NOTICE_GIVEN]
    if bylaws.suspended_keep_vote:
        keeping.append(Status.SUSPENDED)
    if bylaws.leave_keeps_vote:
        keeping += [Status.VOLUNTARY_LEAVE, Status.OUTSIDE_OFFICE]
    return [status.value for status in keeping]


def keeping_the_vote(day: datetime.date, bylaws: Bylaws, zone: datetime.tzinfo) -> Q:
    """The condition on a standing of `day` that keeps the vote. What happened on the day itself counts: an appeal
    lodged on it keeps the vote, one decided on it takes it away."""
    keeps = Q(status__in=voting_statuses(bylaws))
    if bylaws.suspended_vote_until_final:
        over = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), zone)
        under_appeal = Q(status=Status.SUSPENDED, appealed_at__lt=over)
        keeps |= under_appeal & (Q(final_at=None) | Q(final_at__gte=over))
    return Q(kind=Standing.Kind.MEMBER) & keeps


def voters(body: Body, day: datetime.date, bylaws: Bylaws) -> QuerySet[Member]:
    """Everybody who may vote in `body` on `day`, in the order of the register, each once."""
    standing = Standing.objects.filter(Standing.on(day), keeping_the_vote(day, bylaws, _zone(body)))
    return _belonging(body, day).filter(pk__in=standing.values("member"))


def _belonging(body: Body, day: datetime.date) -> QuerySet[Member]:
    """Whom the composition of the body names on that day, whatever their standing."""
    members = Member.objects.filter(cooperative=body.cooperative_id)
    if body.composition == Body.Composition.DEPARTMENT:
        posted = Posting.objects.filter(Posting.on(day), department=body.department_id)
        return members.filter(pk__in=posted.values("member"))
    if body.composition == Body.Composition.CREW:
        posted = Posting.objects.filter(Posting.on(day), crew=body.crew_id)
        return members.filter(pk__in=posted.values("member"))
    if body.composition == Body.Composition.MANDATE:
        return members.filter(pk__in=_holders(body, day).values("member"))
    return members


def _zone(body: Body) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(body.cooperative.time_zone)


def _holders(body: Body, day: datetime.date) -> QuerySet[Mandate]:
    noon = datetime.datetime.combine(day, datetime.time(12), _zone(body))
    return Mandate.objects.filter(Q(Mandate.in_force(noon)), seat__office__body=body, seat__alternate=False)


# --- The three answers --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Eligibility:
    """What stands in the way of each for one member in one body on one day; an empty list means "may"."""

    vote: list[Reason]
    voice: list[Reason]
    stand: list[Reason]


def eligibility(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> Eligibility:
    return Eligibility(
        obstacles_to_voting(member, body, day, bylaws),
        obstacles_to_speaking(member, body, day),
        obstacles_to_being_elected(member, body, day, bylaws),
    )


def obstacles_to_voting(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """Why `member` has no vote in `body` on `day`; empty when they have."""
    reasons = _obstacles_in_standing(member, body, day, bylaws)
    if not reasons and not _belonging(body, day).filter(pk=member.pk).exists():
        reasons.append(Reason("not-of-this-body", {"body": body.name}))
    return reasons


def _obstacles_in_standing(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    standing = _standing(member, day)
    if standing is None:
        return [Reason("not-in-the-register", {"name": member.name})]
    if standing.kind != Standing.Kind.MEMBER and standing.status not in Standing.GONE:
        return [Reason("not-a-full-member", {"kind": standing.kind})]
    keeps = Standing.objects.filter(keeping_the_vote(day, bylaws, _zone(body)), pk=standing.pk)
    if not keeps.exists():
        return [Reason("standing-without-vote", {"status": standing.status})]
    return []


def _standing(member: Member, day: datetime.date) -> Standing | None:
    return Standing.objects.filter(Standing.on(day), member=member).first()


def obstacles_to_speaking(member: Member, body: Body, day: datetime.date) -> list[Reason]:
    """Everybody of the house speaks in assemblies, congresses and production meetings, members or not, suspended ones
    too: they answer for themselves. In the other bodies those speak who belong to them; others when the chair asks.
    """
    standing = _standing(member, day)
    if standing is None or standing.status in Standing.GONE:
        return [Reason("not-in-the-register", {"name": member.name})]
    if body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS, Body.Kind.PRODUCTION_MEETING):
        return []
    if _belonging(body, day).filter(pk=member.pk).exists():
        return []
    return [Reason("voice-when-asked", {"body": body.name})]


def obstacles_to_being_elected(
    member: Member, body: Body, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """Why nobody may elect `member` to a seat of `body` on `day`: no full member, a standing without a vote, not long
    enough a member, recalled from it, or on the commission that runs the elections.

    For a seat among the elected (a council) nobody has to hold one already; a department or crew elects its own.
    """
    reasons = _obstacles_in_standing(member, body, day, bylaws)
    if reasons:
        return reasons
    own = (Body.Composition.DEPARTMENT, Body.Composition.CREW)
    if body.composition in own and not _belonging(body, day).filter(pk=member.pk).exists():
        reasons.append(Reason("elects-its-own", {"body": body.name}))
    article = SENIORITY.get(Body.Kind(body.kind))
    months: int = getattr(bylaws, article) if article else 0
    full = Standing.objects.filter(member=member, kind=Standing.Kind.MEMBER, struck_at=None).first()
    assert full is not None  # the standing of the day is one
    if months and (since := months_later(full.since, months)) > day:
        reasons.append(Reason("not-long-enough", {"months": months, "since": since.isoformat()}))
    barred = _barred_until(member, body, bylaws)
    if barred is not None and barred > day:
        reasons.append(Reason("barred-after-recall", {"body": body.name, "day": barred.isoformat()}))
    noon = datetime.datetime.combine(day, datetime.time(12), _zone(body))
    sits = Mandate.objects.filter(
        Mandate.in_force(noon), member=member, seat__office__body__kind=Body.Kind.ELECTORAL_COMMISSION
    )
    if body.kind != Body.Kind.ELECTORAL_COMMISSION and sits.exists():
        reasons.append(Reason("runs-the-elections"))
    return reasons


def _barred_until(member: Member, body: Body, bylaws: Bylaws) -> datetime.date | None:
    """Until when a recall from `body` bars `member`. The end of the term is counted from its beginning: a recall has
    moved the end that was written."""
    terms = {"none": 0, "rest_of_term": 1, "next_term": 2}[bylaws.recall_bar]
    zone = _zone(body)
    recalls = Mandate.objects.filter(
        member=member, seat__office__body=body, ended=Mandate.Ended.RECALLED
    ).select_related("seat__office")
    ends = [
        months_later(mandate.since.astimezone(zone).date(), mandate.seat.office.term_months * terms)
        for mandate in recalls
        if mandate.seat.office.term_months and terms
    ]
    return max(ends, default=None)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of a shorter month.

    >>> months_later(datetime.date(2024, 1, 31), 1), months_later(datetime.date(2024, 11, 30), 27)
    (datetime.date(2024, 2, 29), datetime.date(2027, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
