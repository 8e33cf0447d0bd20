"""What stands in the way of putting the days of an election right before it is called, and of calling it. No writes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from coop.charter.models import Bylaws
from coop.members.models import Member, Seat
from coop.refusals import Reason

from ..models import Election
from ..timetable import Timetable, timetable_or_none
from .calling import obstacles_in_years, obstacles_to_calling
from .commission import obstacles_to_the_elections_work


@dataclass(frozen=True)
class Planned:
    """The three days from which all the others follow."""

    vote_on: datetime.date
    begins_on: datetime.date
    ends_on: datetime.date | None = None


def obstacles_to_putting_days_right(
    election: Election, planned: Planned, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """While it is drawn up. What the bylaws ask of a call is asked of these days, as if it were called today; the year
    of the vote stays, because the number of the election is one of that year."""
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != Election.State.DRAWN_UP:
        return [*found, Reason("election-called-already")]
    day = election.cooperative.day_of(at)
    far = obstacles_in_years(
        day, vote_on=planned.vote_on, begins_on=planned.begins_on, ends_on=planned.ends_on
    )
    if far:
        return found + far
    if planned.vote_on.year != election.year:
        found.append(Reason("vote-in-another-year", {"label": election.label, "year": election.year}))
    bylaws = Bylaws.in_force(election.cooperative, day)
    against = obstacles_to_calling(
        election.title,
        contests_of(election),
        days=days_from(election, planned, at=at),
        begins_on=planned.begins_on,
        ends_on=planned.ends_on,
        by=by,
        at=at,
        bylaws=bylaws,
    )
    return found + [one for one in against if one not in found]


def days_from(election: Election, planned: Planned, *, at: datetime.datetime) -> Timetable | None:
    """The days as they would be, called at that moment; None where they do not fit in."""
    day = election.cooperative.day_of(at)
    bylaws = Bylaws.in_force(election.cooperative, day)
    return timetable_or_none(day, planned.vote_on, challenge_days=bylaws.election_challenge_days)


def contests_of(election: Election) -> list[tuple[list[Seat], str]]:
    """The seats and the method of each contest, in the form in which a call is asked about."""
    contests = election.contests.prefetch_related(
        "seats__seat__office__body__department", "seats__seat__crew", "seats__seat__department"
    )
    return [([one.seat for one in contest.seats.all()], contest.method) for contest in contests]
