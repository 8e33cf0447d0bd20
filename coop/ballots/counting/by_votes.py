"""Seats that go to whoever has most votes: who has one, and where a tie stands on the border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .lots import About, Lot, draw


@dataclass(frozen=True)
class Border:
    """A tie on the border: `tied` have the same votes, and only `seats` are left for them."""

    about: About
    tied: tuple[str, ...]
    seats: int
    settled_by_lot: bool
    group: str | None = None  # of the reserved seats

    def as_facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"for": self.about, "tied": list(self.tied), "seats": self.seats}
        if self.group is not None:
            facts["group"] = self.group
        return facts | {"resolved_by": "lot" if self.settled_by_lot else None}


def in_order(votes: Mapping[str, int]) -> list[str]:
    """Everybody with a vote, most votes first; equals as they were put up.

    >>> in_order({"ana": 3, "ben": 5, "cira": 0, "dora": 3})
    ['ben', 'ana', 'dora']

    Raises ValueError on fewer than no votes.
    """
    if any(number < 0 for number in votes.values()):
        raise ValueError("a count below zero")
    return sorted((code for code, number in votes.items() if number), key=lambda code: -votes[code])


def equals(votes: Mapping[str, int], order: Sequence[str]) -> list[list[str]]:
    """The order in groups of equal votes.

    >>> equals({"ana": 3, "ben": 5, "dora": 3}, ["ben", "ana", "dora"])
    [['ben'], ['ana', 'dora']]
    """
    groups: dict[int, list[str]] = {}
    for code in order:
        groups.setdefault(votes[code], []).append(code)
    return list(groups.values())


def first_of(
    votes: Mapping[str, int],
    order: Sequence[str],
    seats: int,
    *,
    about: About,
    lot: Lot | None,
    group: str | None = None,
) -> tuple[list[str], Border | None]:
    """The first `seats` of the order, and the tie on the border if there is one; without a lot its people are
    left out.

    >>> first_of({"ben": 5, "ana": 3, "dora": 3}, ["ben", "ana", "dora"], 2, about="seat", lot=None)
    (['ben'], Border(about='seat', tied=('ana', 'dora'), seats=1, settled_by_lot=False, group=None))
    """
    inside: list[str] = []
    for alike in equals(votes, order):
        free = seats - len(inside)
        if len(alike) <= free:
            inside += alike
        elif free:
            border = Border(about, tuple(alike), free, lot is not None, group)
            return (inside + draw(lot, alike, about)[:free] if lot else inside), border
    return inside, None
