"""Lots: never silent, never made here. A count that comes to a tie either is given a lot or stops and says so.

A lot puts the tied in an order. The first is the one on whom the lot falls: who goes out (exclusion), whose
surplus goes first, who takes the seat. What is drawn in public becomes a seed, written down before; then
everybody who counts again comes to the same order, with nothing but a program that knows SHA-256.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Literal

Lot = Callable[[Sequence[str]], list[str]]
About = Literal["exclusion", "elimination", "surplus", "seat", "reserved_seat", "winner", "project"]


class LotNeeded(Exception):  # the count goes on once the lot is drawn
    """The count came to a tie that no rule settles, and was given no lot.

    `tied` are those among whom the lot is drawn, `why` is what about: a code of `About`.
    """

    def __init__(self, tied: Sequence[str], why: About) -> None:
        super().__init__(f"{why}: {', '.join(tied)}")
        self.tied = tuple(tied)
        self.why = why


def drawn_lot(seed: str) -> Lot:
    """The lot that follows from a seed: the tied by SHA-256 of the seed, a blank and the code, as hexadecimals.

    >>> drawn_lot("17 42 08")(["ana", "ben", "cira"])
    ['ben', 'ana', 'cira']

    In a shell: printf '17 42 08 ana' | sha256sum
    """

    def order(tied: Sequence[str]) -> list[str]:
        return sorted(tied, key=lambda code: hashlib.sha256(f"{seed} {code}".encode()).hexdigest())

    return order


def draw(lot: Lot | None, tied: Sequence[str], why: About) -> list[str]:
    """The tied in the order of the lot.

    Raises LotNeeded without a lot; ValueError when the lot loses or invents somebody.
    """
    if lot is None:
        raise LotNeeded(tied, why)
    order = lot(list(tied))
    if sorted(order) != sorted(tied):
        raise ValueError("a lot names each of the tied once")
    return order
