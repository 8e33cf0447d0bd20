"""Delegates and those who sent them: who they are, what they were told to vote, what they owe, what they missed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.members.models import Body, Department, Mandate, Member, Posting, Power, Seat
from coop.members.powers import powers_of
from coop.members.terms import months_later
from coop.refusals import Reason

from .models import AgendaItem, Attendance, Instruction, Meeting, ReportBack, ReportRead

SENT = (
    Body.Kind.DEPARTMENT_COUNCIL,
    Body.Kind.FACTORY_COUNCIL,
    Body.Kind.COORDINATORS,
)  # elected by departments
DESK = (Power.CONVENE, Power.RECORD_MINUTES)
FORGOTTEN = datetime.timedelta(days=365)  # an instruction older than that is of another council


# --- Who was sent, and by whom --------------------------------------------------------------------------------------


@dataclass
class Delegate:
    """Somebody who holds a full seat, with the offices on top. `mandate`: the one that names crew or department."""

    mandate: Mandate
    titles: list[str] = field(default_factory=list)
    missed: list[Meeting] = field(default_factory=list)

    @property
    def member(self) -> Member:
        return self.mandate.member

    @property
    def seat(self) -> Seat:
        return self.mandate.seat


def councils(cooperative_id: int) -> QuerySet[Body]:
    """The bodies of those whom departments have sent."""
    return Body.objects.filter(
        cooperative=cooperative_id, kind__in=SENT, composition=Body.Composition.MANDATE
    ).select_related("department")


def is_council(body: Body) -> bool:
    return body.kind in SENT and body.composition == Body.Composition.MANDATE


def senders(body: Body) -> list[Department]:
    """The departments that send delegates: that of the council, or those its seats are kept for."""
    if body.department is not None:
        return [body.department]
    kept = Seat.objects.filter(office__body=body, alternate=False, department__isnull=False)
    return list(Department.objects.filter(pk__in=kept.values("department")))


def sent_by(mandate: Mandate, body: Body) -> int | None:
    """The key of the department that sent the holder."""
    return mandate.seat.department_id or body.department_id


def mandates_of(body: Body, at: datetime.datetime) -> QuerySet[Mandate]:
    """Every full seat that is held at that moment; whoever holds an office on top of a seat stands twice."""
    return _mandates([body], at)


def _mandates(bodies: Iterable[Body], at: datetime.datetime) -> QuerySet[Mandate]:
    held = Mandate.objects.filter(Mandate.in_force(at), seat__office__body__in=bodies, seat__alternate=False)
    return held.select_related("member", "seat__office", "seat__crew", "seat__department").order_by(
        F("seat__crew").asc(nulls_last=True), F("seat__department").asc(nulls_last=True), "seat__number", "pk"
    )


def delegates(body: Body, at: datetime.datetime) -> list[Delegate]:
    """Each person once, by the seat that is kept for a crew or a department where they hold one. One query."""
    return _delegates([body], at)


def _delegates(bodies: Iterable[Body], at: datetime.datetime) -> list[Delegate]:
    found: dict[tuple[int, int], Delegate] = {}
    for mandate in _mandates(bodies, at):
        one = found.setdefault((mandate.seat.office.body_id, mandate.member_id), Delegate(mandate))
        one.titles.append(mandate.seat.office.title)
    return list(found.values())


def delegates_of(body: Body, department: Department, at: datetime.datetime) -> QuerySet[Mandate]:
    """The full seats of those whom one department has sent."""
    own = Q(seat__department=department)
    if body.department_id == department.pk:
        own |= Q(seat__department=None)
    return mandates_of(body, at).filter(own)


# --- The instruction of a department --------------------------------------------------------------------------------


def instructions_on(items: Iterable[AgendaItem]) -> QuerySet[Instruction]:
    """The ones that count: those that no later one has replaced."""
    found = Instruction.objects.filter(item__in=list(items), replaced_by=None)
    return found.select_related("department", "entered_by")


def obstacles_to_instructing(
    item: AgendaItem, *, department: Department, given_on: datetime.date, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Before the vote, on something there is to decide, by the council's desk or a delegate of the department."""
    meeting = item.meeting
    day = meeting.cooperative.day_of(at)
    reasons = obstacles_to_entering_instructions(item, by=by, at=at)
    if department.pk not in {one.pk for one in senders(meeting.body)}:
        reasons.append(Reason("department-sends-nobody", {"body": meeting.body.name}))
    elif not powers_of(by, at).any_of(DESK, meeting.body):
        mine = delegates_of(meeting.body, department, at).filter(member=by)
        reasons += [] if mine.exists() else [Reason("no-delegate-of-it", {"name": department.name})]
    if given_on > day or day - given_on > FORGOTTEN:
        reasons.append(Reason("instruction-day-wrong"))
    return reasons


def obstacles_to_entering_instructions(
    item: AgendaItem, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whatever department it is of: the council, the state of things, and who may enter any at all."""
    meeting = item.meeting
    if not is_council(meeting.body):
        return [Reason("no-council-of-delegates", {"body": meeting.body.name})]
    reasons = []
    if item.proposal_id is None:
        reasons.append(Reason("nothing-to-decide"))
    if meeting.state not in (Meeting.State.CONVENED, Meeting.State.IN_SESSION):
        reasons.append(Reason("meeting-not-convened", {"state": meeting.state}))
    if item.decision is not None and item.decision.outcome != Decision.Outcome.VOID:
        reasons.append(Reason("instruction-after-the-vote"))
    desk = powers_of(by, at).any_of(DESK, meeting.body)
    if not desk and not mandates_of(meeting.body, at).filter(member=by).exists():
        reasons.append(Reason("no-delegate-here", {"body": meeting.body.name}))
    return reasons


@dataclass(frozen=True)
class Cast:
    """What a delegate voted in an open vote. `answer`: a code; nothing where the hand was counted without the name, or
    nobody voted (`channel` tells). `kept`: as instructed, against it, or not to be said."""

    member: Member
    department: Department | None
    answer: str
    channel: str | None
    instruction: Instruction | None

    @property
    def kept(self) -> bool | None:
        told = self.instruction.choice if self.instruction else Instruction.Choice.FREE
        if told == Instruction.Choice.FREE or not self.answer:
            return None
        return self.answer == told or (told == Instruction.Choice.ABSTAIN and self.answer == "blank")


def casts(items: Sequence[AgendaItem], body: Body) -> dict[int, list[Cast]]:
    """Item -> how each delegate voted, where the vote was open, on paper that bears names, and is counted.

    A constant number of queries, and none for bodies to which no department sends anybody.
    """
    if not is_council(body):
        return {}
    open_votes = {
        item.decision.ballot_id: item
        for item in items
        if item.decision is not None
        and item.decision.outcome not in (Decision.Outcome.PENDING, Decision.Outcome.VOID)
        and item.decision.ballot.secrecy == Ballot.Secrecy.OPEN
    }
    if not open_votes:
        return {}
    seats = Mandate.objects.filter(seat__office__body=body, seat__alternate=False).select_related(
        "seat__department"
    )
    held: dict[int, list[Mandate]] = {}
    for mandate in seats:
        held.setdefault(mandate.member_id, []).append(mandate)
    told = {(one.item_id, one.department_id): one for one in instructions_on(open_votes.values())}
    named = NamedVote.objects.filter(question__ballot__in=open_votes, question__number=1)
    answers = {vote.entry_id: vote.answer for vote in named}
    found: dict[int, list[Cast]] = {}
    entries = RollEntry.objects.filter(ballot__in=open_votes).select_related("member", "ballot")
    for entry in entries.order_by("member__number"):
        item = open_votes[entry.ballot_id]
        department = _department_then(held.get(entry.member_id, []), body, entry.ballot.opened_at)
        instruction = told.get((item.pk, department.pk)) if department else None
        found.setdefault(item.pk, []).append(
            Cast(entry.member, department, answers.get(entry.pk, ""), entry.channel, instruction)
        )
    return found


def _department_then(held: Iterable[Mandate], body: Body, at: datetime.datetime | None) -> Department | None:
    """Which department had sent the holder at that moment."""
    kept = [
        one.seat.department
        for one in held
        if at is not None and one.since <= at and (one.until is None or one.until > at)
    ]
    return next((one for one in kept if one is not None), body.department if kept else None)


# --- What delegates owe ---------------------------------------------------------------------------------------------


def due_day(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """Until when its delegates report to those who sent them; none while it is not over."""
    if meeting.closed_at is None:
        return None
    return meeting.cooperative.day_of(meeting.closed_at) + datetime.timedelta(days=bylaws.report_back_days)


def attended(member: Member, since: datetime.datetime) -> QuerySet[Meeting]:
    """Council meetings that are over and were held, to which this member came as a delegate."""
    there = Attendance.objects.filter(meeting=OuterRef("pk"), member=member)
    seats = Mandate.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("closed_at")),
        member=member,
        confirmed_at__isnull=False,
        since__lte=OuterRef("closed_at"),
        seat__alternate=False,
        seat__office__body=OuterRef("body"),
    )
    return (
        Meeting.objects.filter(Exists(there), Exists(seats), state=Meeting.State.CLOSED, closed_at__gte=since)
        .filter(body__kind__in=SENT, body__composition=Body.Composition.MANDATE)
        .filter(sittings__opened_at__isnull=False)
        .select_related("body", "cooperative")
        .distinct()
    )


def obstacles_to_reporting_back(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Each delegate who was there tells it once. Late is better than never: the day stands beside it."""
    if not is_council(meeting.body):
        return [Reason("no-council-of-delegates", {"body": meeting.body.name})]
    if meeting.state != Meeting.State.CLOSED:
        return [Reason("meeting-not-closed", {"state": meeting.state})]
    reasons = []
    if not attended(by, at - FORGOTTEN).filter(pk=meeting.pk).exists():
        reasons.append(Reason("no-delegate-there"))
    if ReportBack.objects.filter(meeting=meeting, member=by).exists():
        reasons.append(Reason("reported-already"))
    return reasons


def reports_for(member: Member, day: datetime.date, since: datetime.datetime) -> QuerySet[ReportBack]:
    """What delegates have told the department in which this member works."""
    home = Posting.objects.filter(Posting.on(day), member=member).values("department")
    kept = Mandate.objects.filter(
        member=OuterRef("member"), seat__office__body=OuterRef("meeting__body"), seat__department__in=home
    )
    found = ReportBack.objects.filter(
        Q(meeting__body__department__in=home) | Exists(kept), reported_at__gte=since
    )
    return found.exclude(member=member).select_related("meeting__body", "member")


def obstacles_to_reading(report: ReportBack, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Counted are those of the department. Everybody may read it."""
    day = by.cooperative.day_of(at)
    if not reports_for(by, day, report.reported_at).filter(pk=report.pk).exists():
        return [Reason("report-of-another-department")]
    if ReportRead.objects.filter(report=report, member=by).exists():
        return [Reason("report-read-already")]
    return []


# --- Absences -------------------------------------------------------------------------------------------------------


def with_absences(found: list[Delegate], at: datetime.datetime) -> list[Delegate]:
    """Fills in which meetings of their council each has missed since the beginning of their mandate: of those that are
    over, also the ones that found no quorum. Two queries, of however many councils they are, and however old."""
    bodies = {one.seat.office.body_id for one in found}
    first_sent = min((one.mandate.since for one in found), default=at)
    over = Meeting.objects.filter(body__in=bodies, state=Meeting.State.CLOSED)
    meetings = list(
        over.filter(closed_at__range=(first_sent, at))
        .annotate(first=Min("sittings__starts_at"))
        .select_related("body")
        .order_by("first", "pk")
    )
    came = set(Attendance.objects.filter(meeting__in=meetings).values_list("meeting_id", "member_id"))
    for one in found:
        one.missed = [
            meeting
            for meeting in meetings
            if meeting.body_id == one.seat.office.body_id
            and meeting.first is not None
            and meeting.first >= one.mandate.since
            and (meeting.pk, one.mandate.member_id) not in came
        ]
    return found


def absent_too_often(bodies: Iterable[Body], at: datetime.datetime, bylaws: Bylaws) -> list[Delegate]:
    """Those whose seat falls empty by the bylaws, once the secretary of their council has confirmed it. Three queries,
    for however many councils."""
    found = with_absences(_delegates(bodies, at), at)
    return [one for one in found if len(one.missed) > bylaws.absences_limit]


def obstacles_to_vacating(
    mandate: Mandate, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """The council's desk confirms it, never about the person themselves."""
    body = mandate.seat.office.body
    if not is_council(body):
        return [Reason("no-council-of-delegates", {"body": body.name})]
    reasons = []
    if not powers_of(by, at).any_of(DESK, body):
        reasons.append(Reason("no-mandate", {"power": Power.CONVENE.value, "body": body.name}))
    if by.pk == mandate.member_id:
        reasons.append(Reason("confirm-needs-somebody-else"))
    one = next((one for one in delegates(body, at) if one.mandate.member_id == mandate.member_id), None)
    if one is None:
        return [*reasons, Reason("mandate-over-already")]
    missed = len(with_absences([one], at)[0].missed)
    if missed <= bylaws.absences_limit:
        reasons.append(Reason("absences-within-limit", {"missed": missed, "limit": bylaws.absences_limit}))
    return reasons


# --- Meeting often enough -------------------------------------------------------------------------------------------


def meets_until(bodies: Iterable[Body], bylaws: Bylaws) -> dict[int, datetime.date]:
    """Council -> the day until which it has to meet again; none before its first meeting. Called is not held.

    One query, for however many councils."""
    councils = {body.pk: body for body in bodies}
    held = Meeting.objects.filter(body__in=councils, sittings__opened_at__isnull=False)
    last = held.order_by().values_list("body").annotate(last=Max("sittings__opened_at"))
    return {
        key: months_later(councils[key].cooperative.day_of(opened), bylaws.council_meets_months)
        for key, opened in last
    }
