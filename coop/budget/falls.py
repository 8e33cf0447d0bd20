"""What falls after a vote on budget amendments, because of what was carried (practice C17). Pure.

Of two that are contrary both may be voted; when one is carried the other falls, unless the meeting wants to vote on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .balance import NOTHING, Change, Plan, applied, as_amended
from .conflicts import Kind, faults, pulled


class Because(StrEnum):
    """Why an amendment need not, or cannot, be voted any more."""

    REPLACED = "replaced"  # a common text that stands for it was carried
    PART_CARRIED = "part-carried"  # it stands for one that was carried by itself
    ITS_AMENDMENT = "its-amendment"  # what it would change is not on the table any more
    RESTATED = "restated"  # another amendment to the same one was carried
    CONTRARY = "contrary"  # a carried one pulls a line the other way; the meeting may vote on it all the same
    SOURCE = "source"  # what was carried has left too little on a line


@dataclass(frozen=True)
class Fall:
    """`key` falls. `through`: the carried one it gives way to, or the one it would have changed; none for a source.

    `may_return`: those still to be voted that would give to the line; while there is one, the fall is not final.
    """

    key: int
    because: Because
    through: int | None = None
    line: str | None = None
    short: Decimal = NOTHING
    may_return: tuple[int, ...] = ()

    @property
    def is_final(self) -> bool:
        return not self.may_return


def falls(
    plan: Plan,
    *,
    carried: Iterable[Change],
    waiting: Iterable[Change],
    wanted: Collection[int] = (),
) -> list[Fall]:
    """What of the `waiting` falls because of what was `carried`, each with the first reason that holds.

    `wanted`: keys that the meeting votes on although a contrary one was carried. Asked anew after each vote: money that
    a later vote brings back lets one stand again.
    """
    passed = _Passed(plan, carried)
    now = passed.now
    left = sorted(waiting, key=lambda one: one.key)
    found: dict[int, Fall] = {}
    amended = passed.amended
    main = [one for one in left if one.amends is None]
    for one in main:
        sub = amended.get(one.key)
        fall = next(_of_main(one if sub is None else as_amended(one, sub), passed, wanted), None)
        if fall is not None:
            found[one.key] = fall
    givers = {one.key: one for one in main if one.key not in found or not found[one.key].is_final}
    for key, fall in found.items():
        if fall.line is not None and fall.because == Because.SOURCE:
            back = tuple(
                other
                for other, giver in givers.items()
                if other != key and giver.moves.get(fall.line, NOTHING) > 0
            )
            found[key] = Fall(key, fall.because, None, fall.line, fall.short, back)
    by_key = {one.key: one for one in main}
    for one in left:
        if one.amends is not None:
            sub_fall = _of_sub(now, one, by_key.get(one.amends), found.get(one.amends), amended)
            if sub_fall is not None:
                found[one.key] = sub_fall
    return [found[key] for key in sorted(found)]


class _Passed:
    """What was carried, asked by what it replaces, what it amends and which lines it moves."""

    def __init__(self, plan: Plan, carried: Iterable[Change]) -> None:
        every = sorted(carried, key=lambda one: one.key)
        self.now = applied(plan, every).plan(plan)
        self.keys = {one.key for one in every}
        self.replaced = {key: one.key for one in reversed(every) for key in one.replaces}
        self.amended = {one.amends: one for one in reversed(every) if one.amends is not None}
        self.moving: dict[str, list[Change]] = {}
        for one in every:
            if one.amends is None:
                sub = self.amended.get(one.key)
                moved = one if sub is None else as_amended(one, sub)
                for code in moved.moves.keys() - {plan.contingency}:
                    self.moving.setdefault(code, []).append(moved)

    def pulled(self, one: Change) -> tuple[int, str] | None:
        """The first that pulls a line the other way, and the line."""
        there = {other.key: other for code in one.moves for other in self.moving.get(code, ())}
        for key in sorted(there):
            line = pulled(self.now, one, there[key])
            if line is not None:
                return key, line
        return None


def _of_main(one: Change, passed: _Passed, wanted: Collection[int]) -> Iterator[Fall]:
    if one.key in passed.replaced:
        yield Fall(one.key, Because.REPLACED, passed.replaced[one.key])
    for key in sorted(one.replaces & passed.keys):
        yield Fall(one.key, Because.PART_CARRIED, key)
    if one.key not in wanted:
        against = passed.pulled(one)
        if against is not None:
            yield Fall(one.key, Because.CONTRARY, *against)
    for fault in faults(passed.now, one):
        if fault.kind == Kind.EXHAUSTED:
            yield Fall(one.key, Because.SOURCE, None, fault.line, fault.short)


def _of_sub(
    now: Plan,
    one: Change,
    parent: Change | None,
    of_parent: Fall | None,
    amended: Mapping[int, Change],
) -> Fall | None:
    assert one.amends is not None
    if parent is None or (of_parent is not None and of_parent.because != Because.SOURCE):
        return Fall(one.key, Because.ITS_AMENDMENT, one.amends)
    if one.amends in amended:
        return Fall(one.key, Because.RESTATED, amended[one.amends].key)
    for fault in faults(now, one, parent):
        if fault.kind == Kind.EXHAUSTED:
            back = of_parent.may_return if of_parent is not None else ()
            return Fall(one.key, Because.SOURCE, None, fault.line, fault.short, back)
    return None
