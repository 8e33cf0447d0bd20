"""The days of an election, counted back from the day of the vote (practice C08). Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Timetable:
    """Each the last day on which it is done, in the order of the days."""

    called: datetime.date
    candidates_until: datetime.date
    published: datetime.date
    objections_until: datetime.date
    final: datetime.date  # the list of candidates; the day after it the register closes at the latest
    quiet: datetime.date
    vote: datetime.date
    proclaimed: datetime.date
    challenge_until: datetime.date

    def in_order(self) -> bool:
        days = [getattr(self, name) for name in self.__dataclass_fields__]
        return days == sorted(days)


def timetable(called: datetime.date, vote: datetime.date, *, challenge_days: int) -> Timetable:
    """Half of the days for candidatures; of the rest, a tenth until they are posted and a fifth for objections.

    >>> days = timetable(datetime.date(2026, 2, 9), datetime.date(2026, 3, 26), challenge_days=3)
    >>> [str(one)[5:] for one in (days.candidates_until, days.published, days.objections_until, days.final)]
    ['03-04', '03-06', '03-10', '03-11']
    >>> [str(one)[5:] for one in (days.quiet, days.proclaimed, days.challenge_until)]
    ['03-25', '03-28', '03-31']

    Raises ValueError where there are fewer than six days from the call to the vote: the steps would not fit in.
    """
    total = (vote - called).days
    if total < 6:
        raise ValueError("an election takes six days at least")
    candidates = called + (total + 1) // 2 * DAY if total > 8 else called + 2 * DAY
    rest = (vote - candidates).days
    published = candidates + max(1, rest // 10) * DAY if rest > 4 else candidates
    objections = published + max(1, rest * 2 // 11) * DAY
    final = min(objections + DAY, vote - DAY)
    return Timetable(
        called,
        candidates,
        published,
        objections,
        final,
        vote - DAY,
        vote,
        vote + 2 * DAY,
        vote + (2 + challenge_days) * DAY,
    )


def timetable_or_none(called: datetime.date, vote: datetime.date, *, challenge_days: int) -> Timetable | None:
    """None where there are too few days for the steps; what refuses it says so in words."""
    try:
        return timetable(called, vote, challenge_days=challenge_days)
    except ValueError:
        return None
