"""Approval: everybody marks whom they can agree with; whoever has most marks has the seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .by_votes import Border, first_of, in_order
from .lots import Lot


@dataclass(frozen=True)
class Approval:
    """`outcome`: "elected", "tie" (on the border and no lot: `elected` are those above it), "no_votes",
    "no_candidates".
    """

    outcome: str
    seats: int
    votes: Mapping[str, int]
    elected: tuple[str, ...]
    ties: tuple[Border, ...]

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "approval",
            "outcome": self.outcome,
            "seats": self.seats,
            "candidates": list(self.votes),
            "totals": dict(self.votes),
            "elected": list(self.elected),
            "empty_seats": self.seats - len(self.elected),
            "ties": [tie.as_facts() for tie in self.ties],
        }


def count_approval(votes: Mapping[str, int], *, seats: int = 1, lot: Lot | None = None) -> Approval:
    """The first `seats` by marks; nobody without a mark is elected, so seats can stay empty.

    >>> result = count_approval({"ana": 122, "ben": 142, "cira": 122, "dora": 71}, seats=3)
    >>> result.outcome, result.elected
    ('elected', ('ben', 'ana', 'cira'))
    >>> count_approval({"ana": 122, "ben": 142, "cira": 122}, seats=2).ties[0].tied
    ('ana', 'cira')

    Raises ValueError on fewer seats than one, or fewer than no votes.
    """
    if seats < 1:
        raise ValueError("fewer seats than one")
    order = in_order(votes)
    elected, border = first_of(votes, order, seats, about="seat", lot=lot)
    if not order:
        outcome = "no_votes" if votes else "no_candidates"
    else:
        outcome = "tie" if border and lot is None else "elected"
    return Approval(outcome, seats, dict(votes), tuple(elected), (border,) if border else ())
