"""Which shift a crew works on a day. Crews are stable; shifts go round (demo: one step back every second Monday)."""

import datetime


def place(
    position: int, day: datetime.date, *, anchor: datetime.date, every_days: int, step: int, shifts: int
) -> int:
    """Index (0-based) of the shift worked on `day` by the crew that works shift `position` from `anchor` on.

    >>> monday = datetime.date(2026, 10, 5)
    >>> [place(0, monday + datetime.timedelta(days=d), anchor=monday, every_days=14, step=-1, shifts=3)
    ...  for d in (-1, 0, 13, 14, 28, 42)]
    [1, 0, 0, 2, 1, 0]
    """
    rounds = (day - anchor).days // every_days
    return (position + step * rounds) % shifts
