"""Which shift a crew works on a day. Crews are stable; shifts go round (demo: one step back every second Monday)."""

import datetime
from collections.abc import Sequence


def turns(
    rules: Sequence[tuple[datetime.date, int]], day: datetime.date, count: int
) -> list[tuple[datetime.date, datetime.date, int]]:
    """First and last day of the turn `day` lies in and of those after it, with the index of the rule they go by.

    `rules` are anchor and length in days, in the order of their anchors; a later rule cuts the turn before it short.
    Nothing before the first anchor.

    >>> monday = datetime.date(2026, 10, 5)
    >>> found = turns([(monday, 14), (datetime.date(2026, 10, 26), 7)], datetime.date(2026, 10, 20), 3)
    >>> [(first.day, last.day, rule) for first, last, rule in found]
    [(19, 25, 0), (26, 1, 1), (2, 8, 1)]
    """
    found: list[tuple[datetime.date, datetime.date, int]] = []
    while len(found) < count:
        begun = [index for index, (anchor, _length) in enumerate(rules) if anchor <= day]
        if not begun:
            break
        anchor, length = rules[begun[-1]]
        first = anchor + (day - anchor) // datetime.timedelta(days=length) * datetime.timedelta(days=length)
        last = first + datetime.timedelta(days=length - 1)
        if len(begun) < len(rules):
            last = min(last, rules[len(begun)][0] - datetime.timedelta(days=1))
        found.append((first, last, begun[-1]))
        day = last + datetime.timedelta(days=1)
    return found


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
