"""In which order amendments are put to the vote, and why each stands where it stands. Pure.

Ruling 10: another text for the whole first; then clause by clause, and of those in one clause the one that goes
furthest from the published text first; equal ones as they came. An amendment of an amendment goes before it. Source
of "furthest first": rule 90 of the United Nations' General Assembly; [TUC] clubs take them as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .amending import Amending, wordings, words_changed


@dataclass(frozen=True)
class Asked:
    """An amendment as the order sees it. `came`: its number; `amends`: key of the one whose words it changes."""

    amending: Amending
    came: int
    amends: int | None = None

    @property
    def key(self) -> int:
        return self.amending.key


@dataclass(frozen=True)
class Move:
    """Somebody who leads the meeting puts an amendment elsewhere: before another, or (None) at the end."""

    key: int
    before: int | None
    because: str


class Why(StrEnum):
    WHOLE = "whole-text"  # another text for the whole
    CLAUSE = "clause"  # alone in its clause
    FURTHEST = "furthest"  # goes further than what follows in its clause
    CAME_FIRST = "came-first"  # goes as far as the next, and came before it
    AFTER = "after"  # the last of its clause
    OF_THE_NEXT = "of-the-next"  # changes the words of an amendment that follows
    MOVED = "moved"


@dataclass(frozen=True)
class Place:
    """`words`: how many words it changes; of an amendment of an amendment, in the words of that one."""

    key: int
    why: Why
    clause: int | None
    words: int
    because: str = ""


def voting_order(clauses: Sequence[str], asked: Iterable[Asked], moves: Iterable[Move] = ()) -> list[Place]:
    """Every amendment once, with the reason for its place. `moves` are taken one after the other."""
    given = list(asked)
    main = [one for one in given if one.amends is None]
    subs: dict[int, list[Asked]] = {}
    for one in given:
        if one.amends is not None:
            subs.setdefault(one.amends, []).append(one)
    far = {one.key: words_changed(clauses, one.amending) for one in main}
    order: list[Place] = []
    ranked = sorted(main, key=lambda one: (*_rank(one), -far[one.key], one.came))
    for place, one in enumerate(ranked):
        order += _of_its_words(one, subs.get(one.key, []))
        before = ranked[place - 1] if place else None
        after = ranked[place + 1] if place + 1 < len(ranked) else None
        order.append(Place(one.key, _why(one, before, after, far), _clause(one), far[one.key]))
    for move in moves:
        order = _moved(order, move)
    return order


def _rank(one: Asked) -> tuple[bool, int]:
    return not one.amending.is_whole, min(one.amending.clauses, default=0)


def _clause(one: Asked) -> int | None:
    return None if one.amending.is_whole else min(one.amending.clauses, default=None)


def _why(one: Asked, before: Asked | None, after: Asked | None, far: dict[int, int]) -> Why:
    if one.amending.is_whole:
        return Why.WHOLE
    if after is not None and _rank(after) == _rank(one):
        return Why.FURTHEST if far[one.key] > far[after.key] else Why.CAME_FIRST
    return Why.AFTER if before is not None and _rank(before) == _rank(one) else Why.CLAUSE


def _of_its_words(parent: Asked, subs: list[Asked]) -> list[Place]:
    texts = wordings(parent.amending)
    far = {one.key: words_changed(texts, one.amending) for one in subs}
    ranked = sorted(subs, key=lambda one: (-far[one.key], one.came))
    return [Place(one.key, Why.OF_THE_NEXT, _clause(parent), far[one.key]) for one in ranked]


def _moved(order: list[Place], move: Move) -> list[Place]:
    """An order without the amendment named is left as it is: it has fallen or been withdrawn since."""
    place = next((one for one in order if one.key == move.key), None)
    if place is None:
        return order
    rest = [one for one in order if one.key != move.key]
    at = next((number for number, one in enumerate(rest) if one.key == move.before), len(rest))
    told = Place(place.key, Why.MOVED, place.clause, place.words, move.because)
    return [*rest[:at], told, *rest[at:]]
