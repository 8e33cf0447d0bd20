"""Who may vote in a body on a day, speak in it, and be elected by it; and why somebody may not (practice C01).

One truth for three questions: the dated standing. Sick and parental leave keep every right. People on trial or hired
have a voice and no vote. Suspended members keep the vote when the bylaws say so, or as long as their appeal is open.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from coop.asked_often import Often, given
from coop.charter.models import Bylaws
from coop.refusals import Reason

from .models import Body, Mandate, Member, Posting, Standing
from .terms import months_later

Status = Standing.Status

OPEN_TO_ALL = {Body.Kind.ASSEMBLY, Body.Kind.CONGRESS, Body.Kind.PRODUCTION_MEETING}

# Bodies whose seats ask for some time of membership, and the article that says how long.
SENIORITY: dict[str, str] = {
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
    return _keeping(voting_statuses(bylaws), bylaws.suspended_vote_until_final, _end_of(day, zone))


def _keeping(statuses: Sequence[str], until_final: bool, over: Any) -> Q:
    """`over`: when the day has ended, or the place of that moment in a question that is put together once."""
    keeps = Q(status__in=statuses)
    if until_final:
        under_appeal = Q(status=Status.SUSPENDED, appealed_at__lt=over)
        keeps |= under_appeal & (Q(final_at=None) | Q(final_at__gte=over))
    return Q(kind=Standing.Kind.MEMBER) & keeps


def _end_of(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), zone)


@cache
def _standing_of(statuses: Sequence[str], until_final: bool) -> Often[Standing]:
    """The standing of a member on a day, and whether it keeps the vote under such bylaws (`keeps_the_vote`)."""
    keeps = _keeping(statuses, until_final, given("over"))
    return Often(
        lambda: Standing.objects.filter(Standing.on(given("day")), member_id=given("member")).annotate(
            keeps_the_vote=ExpressionWrapper(keeps, BooleanField())
        )
    )


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


POSTING = Often(lambda: Posting.objects.filter(Posting.on(given("day")), member_id=given("member")))
SEATS = Often(
    lambda: Mandate.objects.filter(
        Mandate.in_force(given("noon")), member_id=given("member"), seat__alternate=False
    ).values_list("seat__office__body", "seat__office__body__kind")
)


class Facts:
    """What is on record of one member for one day, each read once, however many bodies are asked about."""

    def __init__(self, member: Member, day: datetime.date, bylaws: Bylaws) -> None:
        self.member, self.day, self.bylaws = member, day, bylaws
        self.zone = zoneinfo.ZoneInfo(member.cooperative.time_zone)

    @cached_property
    def standing(self) -> Standing | None:
        return self._standing[0]

    @cached_property
    def _standing(self) -> tuple[Standing | None, bool]:
        """The standing, and whether it keeps the vote."""
        asked = _standing_of(tuple(voting_statuses(self.bylaws)), self.bylaws.suspended_vote_until_final)
        found = asked.first(member=self.member.pk, day=self.day, over=_end_of(self.day, self.zone))
        return found, bool(getattr(found, "keeps_the_vote", False))

    @cached_property
    def against_the_standing(self) -> list[Reason]:
        """Why this standing carries no vote, in whatever body."""
        standing = self.standing
        if standing is None:
            return [Reason("not-in-the-register", {"name": self.member.name})]
        if standing.kind != Standing.Kind.MEMBER and standing.status not in Standing.GONE:
            return [Reason("not-a-full-member", {"kind": standing.kind})]
        if self._standing[1]:
            return []
        return [Reason("standing-without-vote", {"status": standing.status})]

    @cached_property
    def posting(self) -> Posting | None:
        return POSTING.first(day=self.day, member=self.member.pk)

    @cached_property
    def seats(self) -> set[tuple[int, str]]:
        """Id and kind of the bodies in which the member holds a full seat at noon."""
        noon = datetime.datetime.combine(self.day, datetime.time(12), self.zone)
        return set(SEATS.all(noon=noon, member=self.member.pk))

    @cached_property
    def full_since(self) -> datetime.date | None:
        """The first day as a full member."""
        full = Standing.objects.filter(member=self.member, kind=Standing.Kind.MEMBER, struck_at=None)
        return full.values_list("since", flat=True).first()

    @cached_property
    def recalled_from(self) -> list[tuple[int, datetime.datetime, int | None]]:
        """Body, beginning and length (months) of the terms that a recall has ended, or a resignation under one that
        bars as well by the bylaws of its day. A term that the bar has kept from beginning bars nobody once more."""
        ended = (Mandate.Ended.RECALLED, Mandate.Ended.RESIGNED_RECALL)
        recalls = Mandate.objects.filter(member=self.member, ended__in=ended, until__gt=F("since"))
        return list(recalls.values_list("seat__office__body", "since", "seat__office__term_months"))

    def belongs(self, body: Body) -> bool:
        """Whether the composition of the body names this member. `_belonging` asks the same of everybody at once."""
        way = Body.Composition
        if body.composition == way.DEPARTMENT:
            return self.posting is not None and self.posting.department_id == body.department_id
        if body.composition == way.CREW:
            return self.posting is not None and self.posting.crew_id == body.crew_id
        if body.composition == way.MANDATE:
            return body.pk in {where for where, _kind in self.seats}
        return body.cooperative_id == self.member.cooperative_id

    def works_there(self, body: Body) -> bool:
        """Whether the member is of the department and crew of the body, where it has one. Such a body elects its own,
        also where only those sit in it who hold a seat."""
        department, crew = (
            (self.posting.department_id, self.posting.crew_id) if self.posting else (None, None)
        )
        return body.department_id in (None, department) and body.crew_id in (None, crew)

    def in_body(self, body: Body) -> Eligibility:
        return Eligibility(
            self.against_voting(body), self.against_speaking(body), self.against_standing(body)
        )

    def against_voting(self, body: Body) -> list[Reason]:
        if self.against_the_standing or self.belongs(body):
            return self.against_the_standing
        return [Reason("not-of-this-body", {"body": body.name})]

    def against_speaking(self, body: Body) -> list[Reason]:
        """Everybody of the house speaks in assemblies, congresses and production meetings, members or not, suspended
        ones too: they answer for themselves. Elsewhere those speak who belong to it; others when the chair asks.
        """
        if self.standing is None or self.standing.status in Standing.GONE:
            return [Reason("not-in-the-register", {"name": self.member.name})]
        if body.kind in OPEN_TO_ALL or self.belongs(body):
            return []
        return [Reason("voice-when-asked", {"body": body.name})]

    def against_standing(self, body: Body) -> list[Reason]:
        """No full member, a standing without a vote, of another department or crew, not long enough a member, recalled
        from it, or on the commission that runs the elections. Nobody has to sit in a council to be elected to it.
        """
        if self.against_the_standing:
            return self.against_the_standing
        reasons = []
        if not self.works_there(body):
            reasons.append(Reason("elects-its-own", {"body": body.name}))
        months = getattr(self.bylaws, SENIORITY[body.kind]) if body.kind in SENIORITY else 0
        if months and self.full_since and (since := months_later(self.full_since, months)) > self.day:
            reasons.append(Reason("not-long-enough", {"months": months, "since": since.isoformat()}))
        barred = self.barred_until(body)
        if barred is not None and barred > self.day:
            reasons.append(Reason("barred-after-recall", {"body": body.name, "day": barred.isoformat()}))
        commission = Body.Kind.ELECTORAL_COMMISSION
        if body.kind != commission and commission in {kind for _where, kind in self.seats}:
            reasons.append(Reason("runs-the-elections"))
        return reasons

    def barred_until(self, body: Body) -> datetime.date | None:
        """Until when a recall from `body` bars the member. The end of the term is counted from its beginning: the
        recall has moved the end that was written. A term without an end bars nobody."""
        terms = {"none": 0, "rest_of_term": 1, "next_term": 2}[self.bylaws.recall_bar]
        ends = [
            months_later(since.astimezone(self.zone).date(), months * terms)
            for where, since, months in self.recalled_from
            if where == body.pk and months and terms
        ]
        return max(ends, default=None)


def eligibility(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> Eligibility:
    """The three answers. A page that asks about many bodies makes `Facts` once."""
    return Facts(member, day, bylaws).in_body(body)


def obstacles_to_voting(member: Member, body: Body, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """Why `member` has no vote in `body` on `day`; empty when they have."""
    return list(Facts(member, day, bylaws).against_voting(body))
