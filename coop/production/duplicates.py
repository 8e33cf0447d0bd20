"""Problems that may be the same as one that is being written. Pure: it suggests, people link.

Words are compared without accents, case and order. Those of the same place need less likeness than those of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from coop.members.folding import fold

LIKE_HERE = 60  # of 100: at the same place
LIKE_ELSEWHERE = 75
FEWEST_LETTERS = 8  # "broken" is like everything


class Known(NamedTuple):
    """A problem that is not settled: its place and its title."""

    key: int
    area: int
    words: str


def suggested(words: str, area: int | None, known: Iterable[Known], *, most: int = 3) -> list[int]:
    """The keys of those most like it, the likest first; none when too little was written.

    >>> suggested("Crane 4 brake slips", 1, [Known(7, 1, "Brake of crane 4 slips again"), Known(8, 1, "Cold canteen")])
    [7]
    """
    folded = fold(words)
    if len(folded) < FEWEST_LETTERS:
        return []
    found = []
    for one in known:
        likeness = fuzz.token_set_ratio(folded, fold(one.words))
        if likeness >= (LIKE_HERE if one.area == area else LIKE_ELSEWHERE):
            found.append((-likeness, one.area != area, one.key))
    return [key for _likeness, _elsewhere, key in sorted(found)[:most]]
