"""An election: the call with its days, the posted list, and what calls it off (practice C08)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.models import Member, Seat
from coop.refusals import Reason, refuse_if

from ..constituencies import constituency_of, electors
from ..models import Candidature, Contest, ContestSeat, Election
from ..rules.calling import obstacles_in_years, obstacles_to_calling, signatures_needed
from ..rules.commission import obstacles_to_posting, obstacles_to_the_elections_work
from ..rules.drawn_up import Planned, obstacles_to_putting_days_right
from ..timetable import timetable_or_none

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
    drawn_up: bool = False,
    by: Member,
    at: datetime.datetime,
) -> Election:
    """`contests`: the seats of each with their alternates, and the method. The days are computed and posted with it.
    `drawn_up`: it waits until `call_drawn_up`; its days may be put right, and nobody but the commission reads it.

    `begins_on`: the day on which those who are elected begin; they stay for the term of the office, or up to `ends_on`,
    the rest of somebody else's term.
    """
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(
        pk=by.cooperative_id
    )  # numbers without gaps
    day = cooperative.day_of(at)
    refuse_if(obstacles_in_years(day, vote_on=vote_on, begins_on=begins_on, ends_on=ends_on))
    bylaws = Bylaws.in_force(cooperative, day)
    days = timetable_or_none(day, vote_on, challenge_days=bylaws.election_challenge_days)
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
        state=State.DRAWN_UP if drawn_up else State.CANDIDATURES,
    )
    for number, (seats, method) in enumerate(contests, 1):
        _open_contest(election, number, list(seats), method, day=day, bylaws=bylaws)
    if drawn_up:
        write(
            by.cooperative.chain,
            verb="election-drawn-up",
            subject=subject_of(election),
            by=by.actor,
            at=at,
            facts={"vote_on": vote_on.isoformat()},
        )
    else:
        _tell_the_call(election, len(contests), by=by, at=at)
    return election


def _tell_the_call(election: Election, contests: int, *, by: Member, at: datetime.datetime) -> None:
    write(
        by.cooperative.chain,
        verb="election-called",
        subject=subject_of(election),
        by=by.actor,
        at=at,
        facts={
            "vote_on": election.vote_on.isoformat(),
            "until": election.candidates_until.isoformat(),
            "contests": contests,
        },
    )


@transaction.atomic
def put_days_right(
    *,
    election: Election,
    vote_on: datetime.date,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
) -> Election:
    """Before it is called: every other day is computed anew, as if it were called today."""
    election = locked(election)
    planned = Planned(vote_on, begins_on, ends_on)
    refuse_if(obstacles_to_putting_days_right(election, planned, by=by, at=at))
    _take_days(election, planned, at=at)
    told = {"vote_on": vote_on.isoformat(), "begins_on": begins_on.isoformat()}
    return advance(
        election=election, to=State.DRAWN_UP, verb="election-days-put-right", by=by.actor, at=at, told=told
    )


@transaction.atomic
def call_drawn_up(*, election: Election, by: Member, at: datetime.datetime) -> Election:
    """From now on candidates come forward. Its days are computed anew: those of the bylaws count from the call."""
    election = locked(election)
    planned = Planned(election.vote_on, election.begins_on, election.ends_on)
    refuse_if(obstacles_to_putting_days_right(election, planned, by=by, at=at))
    _take_days(election, planned, at=at)
    election.state, election.called_by, election.called_at = State.CANDIDATURES, by, at
    election.save(update_fields=["state", "called_by", "called_at"])
    _tell_the_call(election, election.contests.count(), by=by, at=at)
    return election


def _take_days(election: Election, planned: Planned, *, at: datetime.datetime) -> None:
    """Of an election that is drawn up: the days that follow from these, by the bylaws of today."""
    day = election.cooperative.day_of(at)
    bylaws = Bylaws.in_force(election.cooperative, day)
    days = timetable_or_none(day, planned.vote_on, challenge_days=bylaws.election_challenge_days)
    assert days is not None  # refused before
    facts = {
        "candidates_until": days.candidates_until,
        "published_on": days.published,
        "objections_until": days.objections_until,
        "final_on": days.final,
        "vote_on": days.vote,
        "proclaimed_until": days.proclaimed,
        "challenge_days": bylaws.election_challenge_days,
        "begins_on": planned.begins_on,
        "ends_on": planned.ends_on,
    }
    for name, value in facts.items():
        setattr(election, name, value)
    election.save(update_fields=list(facts))


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
    return advance(
        election=election,
        to=State.OBJECTIONS,
        verb="candidates-posted",
        by=by.actor,
        at=at,
        told={"listed": listed},
        posted_at=at,
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
    return let_fall(election=election, because=because, by=by.actor, at=at)


@transaction.atomic
def let_fall(*, election: Election, because: str, by: Actor, at: datetime.datetime) -> Election:
    """Annuls an election that is not proclaimed, with its papers that are not counted."""
    election = locked(election)
    for vote in election.votes.select_related("ballot"):
        if vote.ballot.state not in (Ballot.State.COUNTED, Ballot.State.ANNULLED):
            ballots.annul(ballot=vote.ballot, because=because, by=by, at=at)
    return advance(
        election=election,
        to=State.ANNULLED,
        verb="election-annulled",
        by=by,
        at=at,
        told={"because": because.strip()},
        annulled_at=at,
        annulled_because=because.strip(),
    )


@transaction.atomic
def advance(
    *,
    election: Election,
    to: str,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Election:
    """One step of an election that is held, with the line in the journal; `facts` are the columns it fills in."""
    election.state = to
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
