"""The days of an election that fills an empty seat for the rest of its term (practice 1D). Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)
SHORTEST = 6  # days from the call to the vote
AFTER_THE_VOTE = 2  # days to proclaim it


@dataclass(frozen=True)
class Proposed:
    """Who is elected begins when the days to challenge are over, and stays for the rest of the term."""

    vote_on: datetime.date
    begins_on: datetime.date
    ends_on: datetime.date | None


def by_election(
    today: datetime.date, *, within: int, challenge_days: int, term_ends: datetime.date | None
) -> Proposed | None:
    """Voted as late as the bylaws allow (`within` days from today), so that there is time to come forward.

    >>> day = datetime.date(2026, 10, 14)
    >>> proposed = by_election(day, within=30, challenge_days=3, term_ends=datetime.date(2027, 3, 1))
    >>> str(proposed.vote_on), str(proposed.begins_on), str(proposed.ends_on)
    ('2026-11-13', '2026-11-19', '2027-03-01')

    None where the term would be over before anybody could begin: then the next election is the regular one.

    >>> by_election(day, within=30, challenge_days=3, term_ends=datetime.date(2026, 11, 19)) is None
    True
    """
    vote = today + max(within, SHORTEST) * DAY
    begins = vote + (AFTER_THE_VOTE + challenge_days + 1) * DAY
    if term_ends is not None and term_ends <= begins:
        return None
    return Proposed(vote, begins, term_ends)
