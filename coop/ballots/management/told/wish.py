"""How a file is to be counted, and what every method asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from coop.ballots.ballot_files import BadFile
from coop.ballots.counting import Lot
from coop.ballots.counting.greedy import Variant

Told = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What stands beside the file. `lot` is None where no seed was given: then the draws are told, or the tie
    is.
    """

    seats: int | None = None
    lot: Lot | None = None
    keep: str | None = None
    variant: Variant = "skip"
    threshold: int | None = None
    step: Decimal = Decimal(1)


def seats_for(wish: Wish, usual: int, candidates: int) -> int:
    """The seats that were asked for, otherwise the usual ones. Raises BadFile where nobody could fill them."""
    seats = usual if wish.seats is None else wish.seats
    if not 0 < seats <= candidates:
        raise BadFile(f"{seats} seats and {candidates} candidates: that cannot be counted")
    return seats


def only_one_seat(wish: Wish) -> None:
    if wish.seats not in {None, 1}:
        raise BadFile("this method fills one seat")


def most_first(votes: Mapping[str, int]) -> list[str]:
    return sorted(votes, key=lambda code: -votes[code])


def in_order_of_votes(votes: Mapping[str, int]) -> dict[str, int]:
    return {code: votes[code] for code in most_first(votes)}
