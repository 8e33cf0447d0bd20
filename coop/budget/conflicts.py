"""The five conflicts of budget amendments (practice C17). Pure.

Ruling 12: amendments are *impossible* together when no budget can hold all of them, and the proof is a set that breaks
a line (the witness). They are *contrary* when both could stand and should not: they pull one line both ways. Both may
be voted; when one is carried the other falls (`falls`), unless the meeting wants to vote on it.

The contingency is the purse of everybody and no line that is pulled: to give to it and to take from it is not contrary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from .balance import NOTHING, Break, Change, Plan, applied, as_amended, missing

MOST_STARTS = 40  # witnesses are looked for from so many places; on a busier source the first ones have to do


class Kind(StrEnum):
    EXHAUSTED = "source-exhausted"  # there is not enough money for all of them
    OPPOSITE = "same-line"  # one gives to the line and the other takes from it
    REPLACES = "replaces"  # a common text, and what it stands for
    AMENDS = "amends"  # an amendment, and an amendment to it
    NOT_BALANCED = "not-balanced"  # of one alone: what it gives and what it takes are not the same
    RESTATED = "restated"  # two say what should stand in place of one and the same amendment

    @property
    def is_impossible(self) -> bool:
        return self in (Kind.EXHAUSTED, Kind.NOT_BALANCED, Kind.RESTATED)

    @property
    def is_contrary(self) -> bool:
        return self == Kind.OPPOSITE


@dataclass(frozen=True)
class Conflict:
    """`keys` in their order; a single one cannot be put at all. `short`: the money that is missing on `line`.

    `witnesses`: sets of them that break the line, none with one too many. `refilled_by`: others that give to the line,
    so that there may be enough once one of these is carried.
    """

    kind: Kind
    keys: tuple[int, ...]
    line: str | None = None
    short: Decimal = NOTHING
    witnesses: tuple[tuple[int, ...], ...] = ()
    refilled_by: tuple[int, ...] = ()

    def others(self, key: int) -> tuple[int, ...]:
        return tuple(one for one in self.keys if one != key)


# --- One, and two ---------------------------------------------------------------------------------------------------


def faults(plan: Plan, change: Change, amended: Change | None = None) -> list[Conflict]:
    """Why one alone cannot be put: not balanced, or a line under what has to stay. `amended`: the one it amends."""
    short = missing(plan, change.moves)
    found = [Conflict(Kind.NOT_BALANCED, (change.key,), None, short)] if short else []
    moved = as_amended(amended, change) if amended is not None else change
    for code, amount in sorted(moved.moves.items()):
        if amount < 0 and code in plan.lines and -amount > plan.free(code):
            found.append(
                Conflict(
                    Kind.EXHAUSTED,
                    (change.key,),
                    code,
                    -amount - plan.free(code),
                    witnesses=((change.key,),),
                )
            )
    return found


def conflict_between(plan: Plan, one: Change, two: Change) -> Conflict | None:
    """The strongest conflict of two: how they belong together, then what makes them impossible, then contrary.

    What stands against an amendment of an amendment stands against the one it amends.
    """
    one, two = sorted((one, two), key=lambda change: change.key)
    related = _relation(one, two)
    if related is not None:
        return related
    if one.amends is not None or two.amends is not None:
        return None
    keys = (one.key, two.key)
    shared = sorted(one.moves.keys() & two.moves.keys() & plan.lines.keys())
    for code in shared:
        a, b = one.moves[code], two.moves[code]
        short = -(a + b) - plan.free(code)
        if a < 0 and b < 0 and short > 0:
            return Conflict(Kind.EXHAUSTED, keys, code, short, witnesses=(keys,))
    line = pulled(plan, one, two)
    return None if line is None else Conflict(Kind.OPPOSITE, keys, line)


def pulled(plan: Plan, one: Change, two: Change) -> str | None:
    """The first line that one gives to and the other takes from."""
    shared = sorted(one.moves.keys() & two.moves.keys() & plan.lines.keys() - {plan.contingency})
    return next((code for code in shared if (one.moves[code] < 0) != (two.moves[code] < 0)), None)


def _relation(one: Change, two: Change) -> Conflict | None:
    keys = (one.key, two.key)
    if one.key in two.replaces or two.key in one.replaces:
        return Conflict(Kind.REPLACES, keys)
    if one.amends == two.key or two.amends == one.key:
        return Conflict(Kind.AMENDS, keys)
    if one.amends is not None and one.amends == two.amends:
        return Conflict(Kind.RESTATED, keys, witnesses=(keys,))
    return None


# --- All of them ----------------------------------------------------------------------------------------------------


def conflicts(plan: Plan, changes: Iterable[Change]) -> list[Conflict]:
    """Every conflict of the changes that are before the assembly: of one, of two, and of all that draw on a source."""
    asked = sorted(changes, key=lambda one: one.key)
    by_key = {one.key: one for one in asked}
    found = [
        fault
        for one in asked
        for fault in faults(plan, one, by_key.get(one.amends) if one.amends is not None else None)
    ]
    found += _relations(asked, by_key)
    related = {frozenset(one.keys) for one in found if len(one.keys) > 1}
    main = [one for one in asked if one.amends is None]
    touching: dict[str, list[Change]] = {}
    for one in main:
        for code in one.moves.keys() & plan.lines.keys():
            touching.setdefault(code, []).append(one)
    opposed: set[frozenset[int]] = set()
    for code, there in sorted(touching.items()):
        found += _sources(plan, code, there)
        if code == plan.contingency:
            continue
        givers = [one for one in there if one.moves[code] > 0]
        for taker in (one for one in there if one.moves[code] < 0):
            for giver in givers:
                pair = frozenset((taker.key, giver.key))
                if pair not in related and pair not in opposed:
                    opposed.add(pair)
                    found.append(Conflict(Kind.OPPOSITE, (min(pair), max(pair)), code))
    return found


def _relations(asked: Sequence[Change], by_key: Mapping[int, Change]) -> Iterator[Conflict]:
    of_one: dict[int, list[int]] = {}
    for one in asked:
        for key in sorted(one.replaces & by_key.keys()):
            yield Conflict(Kind.REPLACES, (min(one.key, key), max(one.key, key)))
        if one.amends is not None:
            of_one.setdefault(one.amends, []).append(one.key)
    for amended, subs in sorted(of_one.items()):
        if amended in by_key:
            for key in subs:
                yield Conflict(Kind.AMENDS, (min(amended, key), max(amended, key)))
        for pair in combinations(subs, 2):
            yield Conflict(Kind.RESTATED, pair, witnesses=(pair,))


def _sources(plan: Plan, code: str, there: Sequence[Change]) -> Iterator[Conflict]:
    """Those who take from one line, when there is not enough for all. A common text is asked apart from its parts."""
    free = plan.free(code)
    takers = [one for one in there if 0 < -one.moves[code] <= free]
    givers = tuple(one.key for one in there if one.moves[code] > 0)
    groups = [[one for one in takers if not one.replaces]]
    groups += [
        [other for other in takers if other is common or not (other.replaces or other.key in common.replaces)]
        for common in takers
        if common.replaces
    ]
    for group in groups:
        wanted = {one.key: -one.moves[code] for one in group}
        if sum(wanted.values(), NOTHING) <= free:
            continue
        sets = _witnesses(free, wanted)
        keys = tuple(sorted({key for found in sets for key in found}))
        short = sum((wanted[key] for key in keys), NOTHING) - free
        yield Conflict(Kind.EXHAUSTED, keys, code, short, witnesses=sets, refilled_by=givers)


def _witnesses(free: Decimal, wanted: Mapping[int, Decimal]) -> tuple[tuple[int, ...], ...]:
    """Sets that want more than there is, and of which nobody can be left out; for each one the first that is found.

    There is always one: those who want most, one after the other until it is too much. Since whoever is added last
    wants least, without any of the others it would not be too much either. Whether there is a set for somebody who
    wants little is a question that no program answers quickly; then a good try has to do.
    """
    most_first = sorted(wanted, key=lambda key: (-wanted[key], key))
    found: list[tuple[int, ...]] = []
    for key in most_first:
        others = [other for other in most_first if other != key]
        for start in range(min(len(others), MOST_STARTS)):
            taken, left = [key], free
            for other in others[start:]:
                if wanted[other] <= left:
                    taken.append(other)
                    left -= wanted[other]
                if wanted[key] > left:
                    break
            if wanted[key] > left:
                found.append(tuple(sorted(taken)))
                break
    return tuple(dict.fromkeys(found))


def breaks_of(plan: Plan, *, carried: Iterable[Change], block: Iterable[Change]) -> list[Conflict]:
    """Why a block cannot be voted at once: what of it stands against each other, or takes too much together."""
    now = applied(plan, carried).plan(plan)
    asked = list(block)
    found = [one for one in conflicts(now, asked) if one.kind not in (Kind.AMENDS, Kind.EXHAUSTED)]
    whole = applied(now, asked)
    found += [
        Conflict(Kind.EXHAUSTED, one.by, one.where, one.amount, witnesses=(one.by,))
        for one in whole.broken
        if one.kind in (Break.BELOW_ZERO, Break.BELOW_FLOOR)
    ]
    return found
