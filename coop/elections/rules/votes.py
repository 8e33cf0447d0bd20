"""What stands in the way of leading a vote whose paper an election or a recall has written. No writes."""

from __future__ import annotations

import datetime

from coop.ballots.models import Ballot
from coop.refusals import Reason

from ..models import Election, ElectionVote
from .recalls import obstacles_to_redrawing_recall

DAY = datetime.timedelta(days=1)
AGAIN_WITHIN = 14 * DAY


def election_of(ballot: Ballot) -> Election | None:
    """The election whose paper this is, with its co-operative."""
    found = ElectionVote.objects.select_related("election__cooperative").filter(ballot=ballot).first()
    return found.election if found else None


def obstacles_to_starting_paper(ballot: Ballot, at: datetime.datetime) -> list[Reason]:
    """Nobody votes before the day that was called. Later rounds open when they are drawn up."""
    election = election_of(ballot)
    if (
        election is None
        or ballot.parent_id is not None
        or election.cooperative.day_of(at) >= election.vote_on
    ):
        return []
    return [Reason("election-opens-on", {"day": election.vote_on.isoformat()})]


def obstacles_to_redrawing_paper(ballot: Ballot) -> list[Reason]:
    """Paper of a recall, or of an election: what stands on it was decided elsewhere."""
    if election_of(ballot) is not None:
        return [Reason("election-not-redrawn")]
    return obstacles_to_redrawing_recall(ballot)


def obstacles_in_hour(
    election: Election, closes_at: datetime.datetime, at: datetime.datetime
) -> list[Reason]:
    """On the day of the vote, or the morning after: boxes of the night close then. A vote that is held again when that
    day has come is closed within two weeks."""
    day, today = election.cooperative.day_of(closes_at), election.cooperative.day_of(at)
    last = election.vote_on + DAY if today < election.vote_on else today + AGAIN_WITHIN
    if election.vote_on <= day <= last:
        return []
    return [Reason("closes-on-another-day", {"day": election.vote_on.isoformat()})]
