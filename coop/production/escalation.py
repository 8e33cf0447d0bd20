"""Which problems go up a level after a meeting that did not touch them. Pure.

A problem stands before one level. Each meeting of that level either touches it (it was spoken about, and something
was written) or leaves it; left so many times in a row as the bylaws say, it goes up one level, by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

LEVELS = ("meeting", "council", "administration", "assembly")


class Waiting(NamedTuple):
    """A problem before a level; `untouched`: meetings of that level in a row that left it."""

    key: int
    level: str
    untouched: int


def above(level: str) -> str | None:
    """The next level, or None at the top.

    >>> above("meeting"), above("assembly")
    ('council', None)
    """
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def below(level: str) -> str | None:
    """The level from which a problem came up, or None on the shop floor."""
    place = LEVELS.index(level)
    return LEVELS[place - 1] if place else None


def after_meeting(waiting: Iterable[Waiting], *, touched: Collection[int], limit: int) -> list[Waiting]:
    """Where each problem stands after a meeting of its level. Nothing goes up that was touched, nor past the top.

    >>> after_meeting([Waiting(7, "meeting", 1), Waiting(8, "meeting", 0)], touched=[], limit=2)
    [Waiting(key=7, level='council', untouched=0), Waiting(key=8, level='meeting', untouched=1)]
    """
    if limit < 1:
        raise ValueError("a problem is left at least once before it goes up")
    found = []
    for one in waiting:
        untouched = 0 if one.key in touched else one.untouched + 1
        higher = above(one.level)
        if untouched >= limit and higher is not None:
            found.append(Waiting(one.key, higher, 0))
        else:
            found.append(one._replace(untouched=untouched))
    return found
