"""Ties among candidates of a ranked count: an earlier stage settles them, otherwise a lot. Both are told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .lots import About, Lot, draw

History = Sequence[Mapping[str, int]]  # the totals after each stage, the first stage first
EARLIER, BY_LOT = "earlier_stage", "lot"


@dataclass(frozen=True)
class Tie:
    """Who was tied at a stage, and how it was settled. `among` are those whom no earlier stage told apart."""

    stage: int
    about: About
    tied: tuple[str, ...]
    settled_by: str
    among: tuple[str, ...]
    chosen: str

    def as_facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "stage": self.stage,
            "for": self.about,
            "tied": list(self.tied),
            "resolved_by": self.settled_by,
        }
        if self.settled_by == BY_LOT:
            facts["lot_among"] = list(self.among)
        return facts | {"chosen": self.chosen}


def look_back(tied: Sequence[str], history: History, best: Callable[..., int]) -> list[str]:
    """Those of the tied who have the `best` (min or max) votes at the latest earlier stage where they differed.

    Where that leaves several, the look goes on further back among those alone.

    >>> history = [{"ana": 1, "ben": 3, "cira": 2}, {"ana": 5, "ben": 4, "cira": 4}, {"ana": 6, "ben": 6, "cira": 6}]
    >>> look_back(["ana", "ben", "cira"], history, min)
    ['cira']
    """
    left = list(tied)
    for totals in reversed(history):
        if len(left) == 1:
            break
        wanted = best(totals[code] for code in left)
        left = [code for code in left if totals[code] == wanted]
    return left


def settle(
    tied: Sequence[str],
    history: History,
    best: Callable[..., int],
    *,
    about: About,
    stage: int,
    lot: Lot | None,
) -> tuple[str, tuple[Tie, ...]]:
    """The one of the tied whom it falls on, and the tie to be told (none where only one was in question).

    Raises LotNeeded where only a lot can tell and there is none.
    """
    if len(tied) == 1:
        return tied[0], ()
    among = look_back(tied, history, best)
    if len(among) == 1:
        return among[0], (Tie(stage, about, tuple(tied), EARLIER, tuple(among), among[0]),)
    chosen = draw(lot, among, about)[0]
    return chosen, (Tie(stage, about, tuple(tied), BY_LOT, tuple(among), chosen),)
