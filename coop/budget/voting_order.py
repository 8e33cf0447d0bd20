"""In which order budget amendments are put to the vote, and why each stands where it stands. Pure.

Ruling 10 and practice C17: whoever moves most money goes first (the sum of all that is moved, whichever way), equal
ones by lot. An amendment to an amendment goes before it, a common text before the first that it stands for.

The lot needs no hall that watches it: its seed is the hash of the line of the journal with which the budget was put,
when nobody can hand anything in any more, and who puts it cannot choose that hash. Of equal ones the one with the least
SHA-256 of "seed A5" goes first, A5 being its number; so anybody draws it again. Until there is a seed: as they came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .balance import Change


@dataclass(frozen=True)
class Move:
    """Somebody who leads the meeting puts an amendment elsewhere: before another, or (None) at the end."""

    key: int
    before: int | None
    because: str


class Why(StrEnum):
    FURTHEST = "furthest"  # moves more than what follows
    CAME_FIRST = "came-first"  # moves as much as the next, and came before it: the lot is not drawn yet
    LOT = "lot"  # moves as much as the next, and was drawn before it
    LAST = "last"  # moves least
    COMMON = "common-text"  # stands for one that follows
    OF_THE_NEXT = "of-the-next"  # amends one that follows
    TOGETHER = "together"  # voted in one question with one before it
    MOVED = "moved"


@dataclass(frozen=True)
class Place:
    """`distance`: the money that it moves, all signs taken away. `of`: the one that a sub or a common text precedes."""

    key: int
    why: Why
    distance: Decimal
    of: int | None = None
    because: str = ""


def lot(seed: str, number: int) -> str:
    """
    >>> lot("0" * 64, 5)[:8]
    '38862631'
    """
    return hashlib.sha256(f"{seed} A{number}".encode()).hexdigest()


def voting_order(changes: Iterable[Change], moves: Iterable[Move] = (), seed: str = "") -> list[Place]:
    """Every change once, with the reason for its place. `moves` are taken one after the other."""

    def rank(one: Change) -> tuple[Decimal, str, int, int]:
        return -one.distance, lot(seed, one.came) if seed else "", one.came, one.key

    given = list(changes)
    keys = {one.key for one in given}
    subs: dict[int, list[Change]] = {}
    for one in given:
        if one.amends in keys and one.amends is not None:
            subs.setdefault(one.amends, []).append(one)
    for found in subs.values():
        found.sort(key=rank)
    under = {one.key for found in subs.values() for one in found}
    ranked = sorted((one for one in given if one.key not in under), key=rank)
    order: list[Place] = []
    commons = [one for one in ranked if one.replaces & keys]
    plain = [one for one in ranked if one not in commons]
    placed: set[int] = set()
    for place, one in enumerate(plain):
        for common in commons:
            if one.key in common.replaces and common.key not in placed:
                placed.add(common.key)
                order += _with_subs(common, Why.COMMON, subs, one.key)
        after = plain[place + 1] if place + 1 < len(plain) else None
        order += _with_subs(one, _why(one, after, seed), subs)
    for common in commons:  # what stands only for other common texts
        if common.key not in placed:
            order += _with_subs(common, Why.COMMON, subs)
    for move in moves:
        order = _moved(order, move)
    return order


def _why(one: Change, after: Change | None, seed: str) -> Why:
    if after is None:
        return Why.LAST
    if one.distance > after.distance:
        return Why.FURTHEST
    return Why.LOT if seed else Why.CAME_FIRST


def _with_subs(
    one: Change, why: Why, subs: dict[int, list[Change]], before: int | None = None
) -> list[Place]:
    first = [Place(sub.key, Why.OF_THE_NEXT, sub.distance, one.key) for sub in subs.get(one.key, [])]
    return [*first, Place(one.key, why, one.distance, before)]


def _moved(order: list[Place], move: Move) -> list[Place]:
    """An order without the amendment named is left as it is: it has fallen or been withdrawn since."""
    place = next((one for one in order if one.key == move.key), None)
    if place is None:
        return order
    rest = [one for one in order if one.key != move.key]
    at = next((number for number, one in enumerate(rest) if one.key == move.before), len(rest))
    told = Place(place.key, Why.MOVED, place.distance, place.of, move.because)
    return [*rest[:at], told, *rest[at:]]
