"""In which order budget amendments are put to the vote, and why each stands where it stands. Pure.

Ruling 10 and practice C17: whoever moves most money goes first (the sum of all that is moved, whichever way); equal
ones as they came. An amendment to an amendment goes before it, a common text before the first that it stands for.
"""

from __future__ import annotations

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
    CAME_FIRST = "came-first"  # moves as much as the next, and came before it
    LAST = "last"  # moves least
    COMMON = "common-text"  # stands for one that follows
    OF_THE_NEXT = "of-the-next"  # amends one that follows
    MOVED = "moved"


@dataclass(frozen=True)
class Place:
    """`distance`: the money that it moves, all signs taken away. `of`: the one that a sub or a common text precedes."""

    key: int
    why: Why
    distance: Decimal
    of: int | None = None
    because: str = ""


def voting_order(changes: Iterable[Change], moves: Iterable[Move] = ()) -> list[Place]:
    """Every change once, with the reason for its place. `moves` are taken one after the other."""
    given = list(changes)
    keys = {one.key for one in given}
    subs: dict[int, list[Change]] = {}
    for one in given:
        if one.amends in keys and one.amends is not None:
            subs.setdefault(one.amends, []).append(one)
    under = {one.key for found in subs.values() for one in found}
    ranked = sorted((one for one in given if one.key not in under), key=_rank)
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
        order += _with_subs(one, _why(one, after), subs)
    for common in commons:  # what stands only for other common texts
        if common.key not in placed:
            order += _with_subs(common, Why.COMMON, subs)
    for move in moves:
        order = _moved(order, move)
    return order


def _rank(one: Change) -> tuple[Decimal, int, int]:
    return -one.distance, one.came, one.key


def _why(one: Change, after: Change | None) -> Why:
    if after is None:
        return Why.LAST
    return Why.FURTHEST if one.distance > after.distance else Why.CAME_FIRST


def _with_subs(
    one: Change, why: Why, subs: dict[int, list[Change]], before: int | None = None
) -> list[Place]:
    first = [
        Place(sub.key, Why.OF_THE_NEXT, sub.distance, one.key)
        for sub in sorted(subs.get(one.key, []), key=_rank)
    ]
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
