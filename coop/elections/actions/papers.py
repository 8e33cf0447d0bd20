"""The papers of an election: one for each constituency when the list is final, and those of later rounds."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question, Register
from coop.ballots.rules.drawing_up import obstacles_in_form_of_vote
from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor
from coop.members.folding import fold
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..box_again import first_of
from ..constituencies import assembly_of
from ..models import Candidature, Contest, Election, ElectionVote
from ..rules.commission import (
    obstacles_in_register,
    obstacles_to_making_final,
    obstacles_to_the_elections_work,
)
from ..rules.proclaiming import obstacles_to_drawing_again, papers_to_draw_again
from ..rules.votes import obstacles_in_hour
from ..winners import crews_of
from .elections import advance, locked, subject_of

State = Election.State
DAY = datetime.timedelta(days=1)
ADDED_UP = "runoff"  # of one box voted again: a tie inside it is none of the election, and asks for no lot


@transaction.atomic
def make_final(
    *,
    election: Election,
    register: Register | None = None,
    channels: Sequence[str],
    secrecy: str = Ballot.Secrecy.SECRET,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Ballot]:
    """The list of candidates is final; one paper is drawn up for each constituency, and somebody else opens them.

    Without a register one is drawn as of today, and claimed against until the day of the vote at the latest.
    """
    election = locked(election)
    refuse_if(
        obstacles_to_making_final(election, by=by, at=at)
        + obstacles_in_hour(election, closes_at, at)
        + obstacles_in_register(election, register)
    )
    if register is None:
        register = _drawn(election, by=by.actor, at=at)
    made = []
    contests = list(election.contests.select_related("office__body"))
    places = sorted({(contest.department, contest.crew) for contest in contests})
    for department, crew in places:
        here = [one for one in contests if (one.department, one.crew) == (department, crew)]
        made.append(
            draw_paper(
                election=election,
                contests=here,
                register=register,
                channels=channels,
                secrecy=secrecy,
                closes_at=closes_at,
                by=by,
                at=at,
            )
        )
    advance(
        election=election,
        to=State.FINAL,
        verb="candidates-final",
        by=by.actor,
        at=at,
        told={"papers": len(made)},
        final_at=at,
        register=register,
    )
    return made


@transaction.atomic
def draw_again(
    *,
    election: Election,
    channels: Sequence[str],
    secrecy: str = Ballot.Secrecy.SECRET,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Ballot]:
    """Each paper whose vote was annulled, once more: the same candidates, the same register."""
    election = locked(election)
    refuse_if(obstacles_to_drawing_again(election, by=by, at=at) + obstacles_in_hour(election, closes_at, at))
    register = election.register
    assert register is not None  # drawn when the list was made final
    register.cooperative = election.cooperative
    made = []
    for ballot in papers_to_draw_again(election).order_by("pk"):
        contests = list(
            election.contests.filter(question__ballot=ballot)
            .select_related("office__body")
            .order_by("number")
        )
        made.append(
            draw_paper(
                election=election,
                contests=contests,
                register=register,
                channels=channels,
                secrecy=secrecy,
                closes_at=closes_at,
                tie_rule=ADDED_UP if contests[0].adds_to_id else "",
                by=by,
                at=at,
            )
        )
    write(
        election.cooperative.chain,
        verb="election-paper-again",
        subject=subject_of(election),
        by=by.actor,
        at=at,
        facts={"papers": len(made)},
    )
    return made


def _drawn(election: Election, *, by: Actor, at: datetime.datetime) -> Register:
    cooperative = election.cooperative
    morning = datetime.datetime.combine(election.vote_on, datetime.time(), cooperative.zone)
    return ballots.draw_register(
        body=assembly_of(cooperative), closes_on=cooperative.day_of(at), needed_at=morning, by=by, at=at
    )


@transaction.atomic
def draw_paper(
    *,
    election: Election,
    contests: Sequence[Contest],
    register: Register,
    channels: Sequence[str],
    secrecy: str,
    closes_at: datetime.datetime,
    tie_rule: str = "",
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
        tie_rule=tie_rule or bylaws.tie_rule_election,
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
    """Whoever stands alone is voted on with yes or no. Seats kept for crews go to the best of each."""
    seats = [one.seat for one in contest.seats.select_related("seat__crew") if not one.seat.alternate]
    people = [one.member for one in _admitted(contest)]
    title = contest.office.title
    if len(people) == 1:
        return Asked(title, choices=[Choice("for", people[0].name, member=people[0])])
    posts = crews_of(people, first_of(contest).election)
    crews = [seat.crew.code for seat in seats if seat.crew is not None and not contest.crew]
    choices = [
        Choice(f"m{one.number}", name, member=one, group=posts.get(one.pk, ""))
        for one, name in zip(people, _told_apart(people), strict=True)
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


def _told_apart(people: Sequence[Member]) -> list[str]:
    """Names as they stand on the paper: with the number where two are called the same."""
    names = [fold(one.name) for one in people]
    return [
        f"{one.name} ({one.number})" if names.count(name) > 1 else one.name
        for one, name in zip(people, names, strict=True)
    ]


@transaction.atomic
def hold_next_round(
    *,
    election: Election,
    ballot: Ballot,
    title: str,
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """A second round, or a run-off between those who tie, of the same people on the same register."""
    election = locked(election)
    refuse_if(
        obstacles_to_the_elections_work(election, by=by, at=at)
        + ([Reason("box-has-no-round")] if election.contests.filter(adds_to__isnull=False).exists() else [])
    )
    made = ballots.next_round(ballot=ballot, title=title, closes_at=closes_at, by=by, at=at)
    ElectionVote.objects.create(election=election, ballot=made)
    return made
