"""Seats that nobody holds: since when, how they fell empty, who is to hold them, and what the bylaws allow next.

Reads, writes nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from coop.ballots.acta.terms import terms_of
from coop.ballots.models import Option
from coop.charter.models import Bylaws, Cooperative
from coop.members.courses import obstacles_in_courses
from coop.members.electorate import Facts
from coop.members.models import Body, Mandate, Member, Seat
from coop.members.terms import months_later
from coop.refusals import Reason

from .box_again import first_of, papers_together
from .constituencies import constituency_of, works_at
from .counting_back import counted_back
from .models import ContestSeat, Elected, Election
from .papers_kept import are_kept, is_counted, papers_of

RUNNING = (Election.State.CANDIDATURES, Election.State.OBJECTIONS, Election.State.FINAL)
TEMPORARY = Mandate.Begun.NAMED
DAY = datetime.timedelta(days=1)


def for_a_time(mandate: Mandate) -> bool:
    """Named to hold a seat until the assembly. Whoever was named for a whole term, as to a commission, holds it as
    those do who were elected."""
    months = mandate.seat.office.term_months
    if mandate.begun != TEMPORARY or mandate.until is None or months is None:
        return mandate.begun == TEMPORARY and mandate.until is not None
    day_of = mandate.seat.office.body.cooperative.day_of
    return day_of(mandate.until) < months_later(day_of(mandate.since), months)


@dataclass
class Vacancy:
    """`last`: who held it last; `coming`: who is to hold it; `named`: entered, and waits for the second signature;
    `stands_in`: holds it for a time, until the assembly; `election`: the one that fills it."""

    seat: Seat
    last: Mandate | None = None
    coming: Mandate | None = None
    named: Mandate | None = None
    stands_in: Mandate | None = None
    election: Election | None = None
    mandates: list[Mandate] = field(default_factory=list)

    @property
    def since(self) -> datetime.datetime | None:
        return self.last.until if self.last else None


def vacancies(cooperative: Cooperative, at: datetime.datetime) -> list[Vacancy]:
    """Full seats that nobody holds for the term: empty, or held by somebody named for a time. Three queries."""
    held = Mandate.objects.filter(Mandate.in_force(at), seat=OuterRef("pk")).exclude(begun=TEMPORARY)
    seats = (
        Seat.objects.filter(~Exists(held), office__body__cooperative=cooperative, alternate=False)
        .exclude(office__body__kind=Body.Kind.WORKING_TABLE)
        .select_related("office__body__cooperative", "office__body__department", "crew", "department")
        .order_by("office__body__name", "office__title", "number")
    )
    found = _filled_in({seat.pk: Vacancy(seat) for seat in seats}, at)
    return [one for one in found if one.last is None or (one.last.until is not None and one.last.until <= at)]


def vacancy_of(seat: Seat, at: datetime.datetime) -> Vacancy:
    """Of one seat, whether it is empty or not: `last` is then who holds it."""
    return _filled_in({seat.pk: Vacancy(seat)}, at)[0]


def _filled_in(found: dict[int, Vacancy], at: datetime.datetime) -> list[Vacancy]:
    mandates = Mandate.objects.filter(seat__in=found).exclude(ended=Mandate.Ended.REFUSED)
    for mandate in mandates.select_related("member__cooperative__chain").order_by("since", "pk"):
        one = found[mandate.seat_id]
        mandate.seat = one.seat
        one.mandates.append(mandate)
        never = mandate.until is not None and mandate.until <= mandate.since
        if never:
            continue
        over = mandate.until is not None and mandate.until <= at
        if mandate.confirmed_at is None:
            if not over and not mandate.ended:
                one.named = mandate
        elif mandate.since > at:
            one.coming = one.coming or mandate
        elif over or not for_a_time(mandate):
            one.last = mandate
        else:
            one.stands_in = mandate
    running = ContestSeat.objects.filter(seat__in=found, contest__election__state__in=RUNNING)
    for filled in running.select_related("contest__election"):
        found[filled.seat_id].election = filled.contest.election
    return list(found.values())


# --- The term that goes on ------------------------------------------------------------------------------------------


def elected_to(seat: Seat) -> Elected | None:
    """The last proclamation for this seat that stands."""
    found = Elected.objects.filter(mandate__seat=seat, contest__annulled_at=None)
    return (
        found.select_related(
            "contest__election__cooperative",
            "contest__question__ballot",
            "contest__office",
            "contest__adds_to__question__ballot",
        )
        .order_by("-mandate__since")
        .first()
    )


def term_ends(seat: Seat) -> datetime.datetime | None:
    """Until when whoever fills the seat now would hold it: the end of the term that was begun last. None where the
    office has no term, or nobody has ever held the seat."""
    elected = elected_to(seat)
    cooperative = seat.office.body.cooperative
    if elected is not None:
        election = elected.contest.election
        if election.ends_on is not None:
            return _midnight(cooperative, election.ends_on)
        begun: datetime.date | None = election.begins_on
    else:
        begun_by = (Mandate.Begun.FOUNDING, Mandate.Begun.CARRIED_OVER)
        first = Mandate.objects.filter(seat=seat, begun__in=begun_by, confirmed_at__isnull=False)
        last = first.exclude(ended=Mandate.Ended.REFUSED).order_by("-since").first()
        begun = cooperative.day_of(last.since) if last else None
    months = seat.office.term_months
    return None if begun is None or months is None else _midnight(cooperative, months_later(begun, months))


def _midnight(cooperative: Cooperative, day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), cooperative.zone)


# --- Counting back --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CountedBack:
    """`against`: why the papers give the seat to nobody: none there, not kept, nobody left, a tie."""

    winner: Member | None = None
    against: tuple[Reason, ...] = ()


def count_back_for(seat: Seat, at: datetime.datetime, bylaws: Bylaws) -> CountedBack:
    """Whom the papers of the last election give the seat, without those who left and those who hold one."""
    elected = elected_to(seat)
    question = first_of(elected.contest).question if elected else None
    ends = term_ends(seat)
    if elected is None or question is None or not is_counted(question) or ends is None or ends <= at:
        return CountedBack(against=(Reason("no-papers-to-count-back"),))
    if question.method == question.Method.MOTION:
        return CountedBack(against=(Reason("stood-alone"),))
    if not are_kept(question):
        return CountedBack(against=(Reason("papers-not-kept"),))
    people = {
        option.code: option
        for option in Option.objects.filter(question=question, member__isnull=False).select_related(
            "member__cooperative"
        )
    }
    kept_for = seat.crew.code if seat.crew and not elected.contest.crew else ""
    out = _who_had_one(elected) | {
        option.member_id
        for option in people.values()
        if option.member is not None
        and ((kept_for and option.group != kept_for) or against_holding(option.member, seat, at, bylaws))
    }
    codes = [code for code, option in people.items() if option.member_id in out]
    contest = elected.contest
    found = counted_back(
        terms_of(question.ballot, question),
        lambda terms: papers_together(contest) if contest.adds_to_id else papers_of(question, terms),
        codes,
    )
    named = [one for one in (people[code].member for code in found) if one is not None]
    members = tuple(sorted(named, key=lambda one: one.number))
    if len(members) == 1:
        return CountedBack(winner=members[0])
    if not members:
        return CountedBack(against=(Reason("nobody-to-count-back"),))
    tied = ", ".join(one.name for one in members)
    return CountedBack(against=(Reason("count-back-ties", {"names": tied}),))


def _who_had_one(elected: Elected) -> set[int]:
    """Everybody who has held a full seat of the office in this term, or is to: who left does not come back."""
    contest = elected.contest
    held = Mandate.objects.filter(
        seat__office=contest.office_id, seat__alternate=False, confirmed_at__isnull=False
    ).exclude(until__lte=elected.mandate.since)
    return set(held.values_list("member", flat=True))


def against_holding(member: Member, seat: Seat, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """Why the member could not be elected to the seat today: of another place, gone, barred, of the commission, without
    a course that the office asks for."""
    body = seat.office.body
    facts = Facts(member, body.cooperative.day_of(at), bylaws)
    found = list(facts.against_standing(body))
    if not constituency_of(seat).includes(**works_at(facts.posting).place):
        found.append(Reason("elects-its-own", {"body": seat.office.title}))
    day = body.cooperative.day_of(at)
    return found + obstacles_in_courses(member, seat.office, called=day, day=day)
