"""Which amendments cannot stand together, which pull against each other, and what falls after a vote. Pure.

Ruling 12: two amendments are *impossible* together when no text can hold both, which can be proved by the words (the
witness). They are *contrary* when both could stand and should not: both put something in at one place, or their
movers say so. Both may be put to the vote; when one is carried the other falls, unless the meeting wants to vote on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from .amending import Amending, Change, Delete, Insert, Whole, Words
from .pieces import Hunk, hunks, joined, pieces


class Kind(StrEnum):
    WHOLE_TEXT = "whole-text"  # the whole text is replaced by another
    CLAUSE_GONE = "clause-gone"  # the clause is taken out and changed
    SAME_WORDS = "same-words"  # the same words are replaced in two ways
    SAME_PLACE = "same-place"  # two things are put in at one place
    DECLARED = "declared"  # the movers say that the two are contrary

    @property
    def is_impossible(self) -> bool:
        return self in (Kind.WHOLE_TEXT, Kind.CLAUSE_GONE, Kind.SAME_WORDS)


@dataclass(frozen=True)
class Conflict:
    """Between two amendments, the lower key first. `words`: the witness, what both want to be otherwise."""

    first: int
    second: int
    kind: Kind
    clause: int | None = None
    words: str = ""

    def other(self, key: int) -> int:
        return self.second if key == self.first else self.first


def conflict_between(clauses: Sequence[str], one: Amending, two: Amending) -> Conflict | None:
    """The strongest conflict of two amendments: what makes them impossible before what makes them contrary.

    >>> six = ["At most six per cent."]
    >>> conflict_between(six, Amending(1, (Words(1, "At most four per cent."),)), Amending(2, (Delete(1),)))
    Conflict(first=1, second=2, kind=<Kind.CLAUSE_GONE: 'clause-gone'>, clause=1, words='')
    """
    one, two = sorted((one, two), key=lambda amending: amending.key)
    found = [
        Conflict(one.key, two.key, kind, clause, words)
        for a, b in product(one.changes, two.changes)
        for kind, clause, words in _of_changes(clauses, a, b)
    ]
    return min(found, key=lambda conflict: not conflict.kind.is_impossible, default=None)


def conflicts(clauses: Sequence[str], amendings: Iterable[Amending]) -> list[Conflict]:
    """All conflicts of amendments to one text. Only those that touch the same clause are compared word by word."""
    asked = sorted(amendings, key=lambda one: one.key)
    touching: dict[int, list[Amending]] = {}
    for one in asked:
        for clause in one.clauses:
            touching.setdefault(clause, []).append(one)
    pairs = {(a.key, b.key): (a, b) for found in touching.values() for a, b in combinations(found, 2)}
    pairs |= {(a.key, b.key): (a, b) for a, b in combinations(asked, 2) if a.is_whole or b.is_whole}
    found = (conflict_between(clauses, *pairs[keys]) for keys in sorted(pairs))
    return [conflict for conflict in found if conflict is not None]


def _of_changes(clauses: Sequence[str], a: Change, b: Change) -> Iterator[tuple[Kind, int | None, str]]:
    match a, b:
        case (Whole(), _) | (_, Whole()):
            if a != b:
                yield Kind.WHOLE_TEXT, None, ""
        case Delete(clause), Words(other, _):
            if clause == other:
                yield Kind.CLAUSE_GONE, clause, ""
        case Words(), Delete():
            yield from _of_changes(clauses, b, a)
        case Words(clause, text), Words(other, second):
            if clause == other:
                yield from _in_one_clause(clauses[clause - 1], clause, text, second)
        case Insert(clause, text), Insert(other, second):
            if clause == other and text != second:
                yield Kind.SAME_PLACE, clause, ""


def _in_one_clause(original: str, clause: int, one: str, two: str) -> Iterator[tuple[Kind, int | None, str]]:
    there = pieces(original)
    for a, b in product(hunks(original, one), hunks(original, two)):
        if a == b:
            continue
        if _overlap(a, b):
            start, end = max(a.start, b.start), min(a.end, b.end)
            yield (
                Kind.SAME_WORDS,
                clause,
                joined(there[start:end] or there[a.start : a.end] or there[b.start : b.end]),
            )
        elif a.start == b.start and a.start == a.end and b.start == b.end:
            yield Kind.SAME_PLACE, clause, ""


def _overlap(a: Hunk, b: Hunk) -> bool:
    """Whether both want to have the same pieces, or one puts something into the middle of what the other takes out."""
    return max(a.start, b.start) < min(a.end, b.end) or _inside(a, b) or _inside(b, a)


def _inside(a: Hunk, b: Hunk) -> bool:
    return a.start == a.end and b.start < a.start < b.end


# --- What falls ---------------------------------------------------------------------------------------------------


class Because(StrEnum):
    """Why an amendment need not, or cannot, be voted any more."""

    IMPOSSIBLE = "impossible"  # a carried one cannot stand in one text with it
    CONTRARY = "contrary"  # a carried one pulls the other way; the meeting may vote on it all the same
    SAME = "same"  # the text reads so already
    ITS_AMENDMENT = "its-amendment"  # what it would change is not on the table any more


@dataclass(frozen=True)
class Fall:
    """`key` falls. `through`: the carried amendment that it gives way to, or the one it would have changed."""

    key: int
    because: Because
    through: int
    conflict: Conflict | None = None


def falls(
    clauses: Sequence[str],
    *,
    carried: Iterable[Amending],
    waiting: Iterable[Amending],
    declared: Collection[frozenset[int]] = (),
    wanted: Collection[int] = (),
) -> list[Fall]:
    """What of the `waiting` falls because of what was `carried`; each with the first reason that holds.

    `declared`: pairs whose movers call them contrary. `wanted`: keys that the meeting votes on although a contrary one
    was carried.
    """
    found = []
    passed = sorted(carried, key=lambda one: one.key)
    for one in sorted(waiting, key=lambda one: one.key):
        fall = next(_falls_through(clauses, one, passed, declared, wanted), None)
        if fall is not None:
            found.append(fall)
    return found


def _falls_through(
    clauses: Sequence[str],
    one: Amending,
    passed: Sequence[Amending],
    declared: Collection[frozenset[int]],
    wanted: Collection[int],
) -> Iterator[Fall]:
    for other in passed:
        if set(one.changes) <= set(other.changes):
            yield Fall(one.key, Because.SAME, other.key)
    found = [(other, conflict_between(clauses, one, other)) for other in passed]
    for other, conflict in found:
        if conflict is not None and conflict.kind.is_impossible:
            yield Fall(one.key, Because.IMPOSSIBLE, other.key, conflict)
    if one.key in wanted:
        return
    for other, conflict in found:
        pair = frozenset((one.key, other.key))
        if conflict is None and pair in declared:
            conflict = Conflict(min(pair), max(pair), Kind.DECLARED)
        if conflict is not None:
            yield Fall(one.key, Because.CONTRARY, other.key, conflict)


def contradictions(
    clauses: Sequence[str], carried: Iterable[Amending], declared: Collection[frozenset[int]] = ()
) -> list[Conflict]:
    """Carried amendments that stand against each other: the text is not put before one that reconciles them is."""
    asked = list(carried)
    found = {frozenset((conflict.first, conflict.second)): conflict for conflict in conflicts(clauses, asked)}
    keys = {one.key for one in asked}
    for pair in declared:
        if pair <= keys and pair not in found:
            found[pair] = Conflict(min(pair), max(pair), Kind.DECLARED)
    return sorted(found.values(), key=lambda conflict: (conflict.first, conflict.second))


def standing(
    clauses: Sequence[str], *, taken_in: Iterable[Amending], carried: Iterable[Amending]
) -> tuple[list[Amending], Mapping[int, Conflict]]:
    """Which amendments make up the text now, and which that the mover took in give way to a carried one.

    What the meeting has carried goes before what the mover took in: nobody bars an amendment by accepting another.
    """
    there = list(carried)
    gone: dict[int, Conflict] = {}
    for one in taken_in:
        # Of two taken in that clash since one's words were amended, the first stays.
        found = (conflict_between(clauses, one, other) for other in there)
        conflict = next((one for one in found if one is not None and one.kind.is_impossible), None)
        if conflict is None:
            there.append(one)
        else:
            gone[one.key] = conflict
    return there, gone
