"""A budget as the hall knows it: what was counted in a meeting that sits, and not announced yet, still waits.

In memory alone, for pages; acts read their rows anew. `Year.untold_since` says from which moment on, and whoever
reads a year for a page sets it.
"""

from __future__ import annotations

import datetime

from .models import Amendment, Year

State = Amendment.State
SETTLED = (State.CARRIED, State.NOT_CARRIED, State.FALLEN)


def hidden(year: Year, state: str, ended_at: datetime.datetime | None) -> bool:
    """Whether what became of an amendment came of a result that nobody was told."""
    since = year.untold_since
    return since is not None and state in SETTLED and ended_at is not None and ended_at >= since


def as_told(amendment: Amendment, year: Year) -> Amendment:
    if hidden(year, amendment.state, amendment.ended_at):
        amendment.state = State.ADMITTED
        amendment.ended_at = amendment.through = None
        amendment.fell_because = amendment.decided_by = ""
    return amendment


def year_as_told(year: Year, since: datetime.datetime | None) -> Year:
    year.untold_since = since
    if since is not None and year.settled_at is not None and year.settled_at >= since:
        year.state, year.settled_at = Year.State.PUT, None
        year.decided_by = year.hash = ""
    return year
