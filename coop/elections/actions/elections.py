"""An election, from the call to the proclamation: the days, the list, the papers, the mandates (practice C08)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question, Register
from coop.ballots.rules.drawing_up import obstacles_in_form_of_vote
from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.actions.offices import begin_mandate, end_mandate
from coop.members.models import Mandate, Member, Posting, Seat
from coop.members.terms import months_later
from coop.refusals import Reason, refuse_if

from ..constituencies import assembly_of, constituency_of, electors
from ..models import Candidature, Contest, ContestSeat, Elected, Election, ElectionVote
from ..rules.elections import (
    obstacles_to_calling,
    obstacles_to_making_final,
    obstacles_to_posting,
    obstacles_to_proclaiming,
    obstacles_to_the_elections_work,
    signatures_needed,
)
from ..timetable import Timetable, timetable
from ..winners import outcome_of, seated

State = Election.State
DAY = datetime.timedelta(days=1)


def subject_of(election: Election) -> Subject:
    return Subject("election", str(election.pk), str(election))


def locked(election: Election) -> Election:
    held = Election.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain", "register").get(pk=election.pk)


@transaction.atomic
def call_election(
    *,
    title: str,
    contests: Sequence[tuple[Collection[Seat], str]],
    vote_on: datetime.date,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
) -> Election:
    """`contests`: the seats of each with their alternates, and the method. The days are computed and posted with it.

    `begins_on`: the day on which those who are elected begin; they stay for the term of the office, or up to `ends_on`,
    the rest of somebody else's term.
    """
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(
        pk=by.cooperative_id
    )  # numbers without gaps
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    days = _days(day, vote_on, bylaws)
    refuse_if(
        obstacles_to_calling(
            title, contests, days=days, begins_on=begins_on, ends_on=ends_on, by=by, at=at, bylaws=bylaws
        )
    )
    assert days is not None
    last = Election.objects.filter(cooperative=cooperative, year=vote_on.year).aggregate(last=Max("number"))
    election = Election.objects.create(
        cooperative=cooperative,
        year=vote_on.year,
        number=1 + (last["last"] or 0),
        title=title.strip(),
        called_by=by,
        called_at=at,
        candidates_until=days.candidates_until,
        published_on=days.published,
        objections_until=days.objections_until,
        final_on=days.final,
        vote_on=days.vote,
        proclaimed_until=days.proclaimed,
        challenge_days=bylaws.election_challenge_days,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    for number, (seats, method) in enumerate(contests, 1):
        _open_contest(election, number, list(seats), method, day=day, bylaws=bylaws)
    write(
        by.cooperative.chain,
        verb="election-called",
        subject=subject_of(election),
        by=by.actor,
        at=at,
        facts={
            "vote_on": vote_on.isoformat(),
            "until": days.candidates_until.isoformat(),
            "contests": len(contests),
        },
    )
    return election


def _days(called: datetime.date, vote: datetime.date, bylaws: Bylaws) -> Timetable | None:
    try:
        return timetable(called, vote, challenge_days=bylaws.election_challenge_days)
    except ValueError:
        return None


def _open_contest(
    election: Election, number: int, seats: list[Seat], method: str, *, day: datetime.date, bylaws: Bylaws
) -> None:
    first = next(seat for seat in seats if not seat.alternate)
    place = constituency_of(first)
    people = electors(election.cooperative, place, day, bylaws).count()
    contest = Contest.objects.create(
        election=election,
        number=number,
        office=first.office,
        **place.place,
        method=method,
        signatures=signatures_needed(people, bylaws.nomination_percent),
    )
    ContestSeat.objects.bulk_create(ContestSeat(contest=contest, seat=seat) for seat in seats)


@transaction.atomic
def post_candidates(*, election: Election, by: Member, at: datetime.datetime) -> Election:
    """The list hangs on the wall, and objections are heard. Who was put forward and said nothing is not on it."""
    election = locked(election)
    refuse_if(obstacles_to_posting(election, by=by, at=at))
    listed = Candidature.objects.filter(contest__election=election, state=Candidature.State.ADMITTED).count()
    return _step(
        election,
        State.OBJECTIONS,
        verb="candidates-posted",
        by=by.actor,
        at=at,
        told={"listed": listed},
        posted_at=at,
    )


@transaction.atomic
def make_final(
    *,
    election: Election,
    register: Register,
    channels: Sequence[str],
    secrecy: str = Ballot.Secrecy.SECRET,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Ballot]:
    """The list of candidates is final; one paper is drawn up for each constituency, and somebody else opens them."""
    election = locked(election)
    refuse_if(obstacles_to_making_final(election, by=by, at=at) + _obstacles_in_hour(election, closes_at))
    made = []
    contests = list(election.contests.select_related("office__body"))
    places = sorted({(contest.department, contest.crew) for contest in contests})
    for department, crew in places:
        here = [one for one in contests if (one.department, one.crew) == (department, crew)]
        made.append(_paper(election, here, register, channels, secrecy, closes_at=closes_at, by=by, at=at))
    _step(
        election,
        State.FINAL,
        verb="candidates-final",
        by=by.actor,
        at=at,
        told={"papers": len(made)},
        final_at=at,
        register=register,
    )
    return made


def _obstacles_in_hour(election: Election, closes_at: datetime.datetime) -> list[Reason]:
    """On the day of the vote, or the morning after: boxes of the night close then."""
    day = election.cooperative.day_of(closes_at)
    if election.vote_on <= day <= election.vote_on + DAY:
        return []
    return [Reason("closes-on-another-day", {"day": election.vote_on.isoformat()})]


def _paper(
    election: Election,
    contests: Sequence[Contest],
    register: Register,
    channels: Sequence[str],
    secrecy: str,
    *,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """The contests of one constituency on one paper, a question each."""
    bylaws = Bylaws.in_force(election.cooperative, election.cooperative.day_of(at))
    share, base = bylaws.majority_for("election")
    asked = [_asked(contest) for contest in contests]
    refuse_if(
        obstacles_in_form_of_vote(
            asked,
            secrecy=secrecy,
            channels=channels,
            base=base,
            closes_at=closes_at,
            register=register,
            body=assembly_of(election.cooperative),
            bylaws=bylaws,
            at=at,
        )
    )
    ballot = ballots.draw_up(
        register=register,
        title=_titled(election, contests),
        text=_text(contests),
        questions=asked,
        majority=f"{share.numerator}/{share.denominator}",
        base=base,
        bylaws=bylaws,
        needs_presence=False,
        closes_at=closes_at,
        secrecy=secrecy,
        channels=channels,
        tie_rule=bylaws.tie_rule_election,
        department=contests[0].department,
        crew=contests[0].crew,
        drawn_up_by=by,
        by=by.actor,
        at=at,
    )
    ElectionVote.objects.create(election=election, ballot=ballot)
    questions = {question.number: question for question in ballot.questions.all()}
    for number, contest in enumerate(contests, 1):
        contest.question = questions[number]
        contest.save(update_fields=["question"])
    return ballot


def _titled(election: Election, contests: Sequence[Contest]) -> str:
    several = len(contests) > 1
    return (election.title if several else f"{election.title}: {contests[0].office.title}")[:200]


def _text(contests: Sequence[Contest]) -> str:
    """Who stands and what they say, under each office."""
    parts = []
    for contest in contests:
        lines = [f"{one.member.name}. {one.statement}".strip() for one in _admitted(contest)]
        parts.append("\n".join([contest.office.title, *lines]))
    return "\n\n".join(parts)


def _admitted(contest: Contest) -> list[Candidature]:
    found = contest.candidatures.filter(state=Candidature.State.ADMITTED).select_related("member")
    return list(found.order_by("member__number"))


def _asked(contest: Contest) -> Asked:
    """Whoever stands alone for the only seat is voted on with yes or no. Seats kept for crews go to the best of each"""
    seats = [one.seat for one in contest.seats.select_related("seat__crew") if not one.seat.alternate]
    people = _admitted(contest)
    title = contest.office.title
    if len(people) <= len(seats) == 1:
        return Asked(title, choices=[Choice("for", people[0].member.name, member=people[0].member)])
    crews = [seat.crew.code for seat in seats if seat.crew is not None and not contest.crew]
    posts = _crews_of([one.member for one in people], contest)
    choices = [
        Choice(
            f"m{one.member.number}", one.member.name, member=one.member, group=posts.get(one.member_id, "")
        )
        for one in people
    ]
    return Asked(
        title,
        contest.method,
        choices,
        seats=min(len(seats), len(people)),
        marks=min(len(seats), len(people)) if contest.method == Question.Method.PLURALITY else None,
        reserved={crew: crews.count(crew) for crew in sorted(set(crews))}
        if contest.method == Question.Method.PLURALITY
        else {},
    )


def _crews_of(people: Sequence[Member], contest: Contest) -> dict[int, str]:
    day = contest.election.cooperative.day_of(contest.election.called_at)
    found = Posting.objects.filter(Posting.on(day), member__in=people, crew__isnull=False)
    return dict(found.values_list("member_id", "crew__code"))


@transaction.atomic
def hold_next_round(
    *,
    election: Election,
    ballot: Ballot,
    title: str,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """A second round, or a run-off between those who tie, of the same people on the same register."""
    election = locked(election)
    refuse_if(obstacles_to_the_elections_work(election, by=by, at=at))
    made = ballots.next_round(ballot=ballot, title=title, closes_at=closes_at, by=by, at=at)
    ElectionVote.objects.create(election=election, ballot=made)
    return made


@transaction.atomic
def proclaim(*, election: Election, by: Member, at: datetime.datetime) -> list[Elected]:
    """Says who is elected, in order, with the alternates; their mandates begin on the day that was called.

    Who holds a seat until then stays until that day, and no longer.
    """
    election = locked(election)
    refuse_if(obstacles_to_proclaiming(election, by=by, at=at))
    begins = max(at, _midnight(election.cooperative, election.begins_on))
    made: list[Elected] = []
    for contest in election.contests.select_related("office__body", "question__tally"):
        until = _term(election, contest)
        for place, (seat, member, alternate) in enumerate(seated(contest, outcome_of(contest)), 1):
            member.cooperative = election.cooperative
            _make_room(seat, begins, document=election.label, by=by.actor, at=at)
            mandate = begin_mandate(
                seat=seat,
                member=member,
                since=begins,
                until=until,
                begun=Mandate.Begun.ELECTED,
                document=election.label,
                by=by.actor,
                at=at,
            )
            made.append(
                Elected.objects.create(
                    contest=contest, place=place, member=member, alternate=alternate, mandate=mandate
                )
            )
    _step(
        election,
        State.PROCLAIMED,
        verb="election-proclaimed",
        by=by.actor,
        at=at,
        told={"elected": [one.member.number for one in made if not one.alternate]},
        proclaimed_at=at,
    )
    return made


def _midnight(cooperative: Cooperative, day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), cooperative.zone)


def _term(election: Election, contest: Contest) -> datetime.datetime | None:
    if election.ends_on is not None:
        return _midnight(election.cooperative, election.ends_on)
    months = contest.office.term_months
    if months is None:
        return None
    return _midnight(election.cooperative, months_later(election.begins_on, months))


def _make_room(
    seat: Seat, begins: datetime.datetime, *, document: str, by: Actor, at: datetime.datetime
) -> None:
    """Whoever holds the seat beyond that moment holds it up to then."""
    beyond = Mandate.objects.filter(seat=seat, ended="").exclude(until__lte=begins)
    for mandate in beyond.select_related("member__cooperative__chain", "seat__office__body"):
        end_mandate(
            mandate=mandate, ended=Mandate.Ended.REPLACED, document=document, until=begins, by=by, at=at
        )


@transaction.atomic
def annul_election(*, election: Election, because: str, by: Member, at: datetime.datetime) -> Election:
    """Before it is proclaimed: its papers are annulled with it. The reason is read by everybody."""
    election = locked(election)
    refuse_if(
        obstacles_to_the_elections_work(election, by=by, at=at)
        + ([] if because.strip() else [Reason("no-reason-given")])
        + (
            [Reason("election-not-there", {"election": election.state})]
            if election.state in (State.PROCLAIMED, State.ANNULLED)
            else []
        )
    )
    for vote in election.votes.select_related("ballot"):
        if vote.ballot.state not in (Ballot.State.COUNTED, Ballot.State.ANNULLED):
            ballots.annul(ballot=vote.ballot, because=because, by=by.actor, at=at)
    return _step(
        election,
        State.ANNULLED,
        verb="election-annulled",
        by=by.actor,
        at=at,
        told={"because": because.strip()},
        annulled_at=at,
        annulled_because=because.strip(),
    )


def _step(
    election: Election,
    state: str,
    *,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Election:
    election.state = state
    for name, value in facts.items():
        setattr(election, name, value)
    election.save(update_fields=["state", *facts])
    write(
        election.cooperative.chain,
        verb=verb,
        subject=subject_of(election),
        by=by,
        at=at,
        facts=dict(told or {}),
    )
    return election
