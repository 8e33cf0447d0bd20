"""Amendments that are voted in one question (en bloc): which may be, and where they stand. Pure.

Only what nobody disputes is voted so: no conflict, with whatever else waits, touches one of them. Then it is the same
whether they are voted at once or one by one, in whatever order, for what becomes of all the others too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .balance import NOTHING, Change, Plan, applied, as_amended
from .conflicts import Conflict, Kind, breaks_of, conflicts
from .voting_order import Place, Why


def disputed(
    plan: Plan, *, carried: Iterable[Change], waiting: Iterable[Change], bloc: Collection[int]
) -> frozenset[int]:
    """Those of a bloc that cannot be voted with the others in one question; none when all of it may.

    Whoever takes from a line that has not enough for all, or gives to it, has a part in that, named in a set or not.
    Everything that waits counts as if all of it were carried: amendments and what would stand in their place.
    """
    passed = list(carried)
    now = applied(plan, passed).plan(plan)
    amended = {one.amends: one for one in passed if one.amends is not None}
    asked = {one.key: as_amended(one, amended[one.key]) if one.key in amended else one for one in waiting}
    alone = [Change(one.key, one.moves, one.came) for one in asked.values()]
    found = [*conflicts(now, asked.values()), *conflicts(now, alone)]
    inside = [asked[key] for key in bloc if key in asked]
    against = {one.key for one in inside for conflict in found if _has_part(one, conflict)}
    if not against and breaks_of(plan, carried=passed, block=inside):
        return frozenset(bloc)
    return frozenset(against | (set(bloc) - asked.keys()))


def _has_part(one: Change, conflict: Conflict) -> bool:
    if one.key in conflict.keys:
        return True
    return conflict.kind == Kind.EXHAUSTED and one.moves.get(conflict.line or "", NOTHING) != 0


def side_by_side(order: Sequence[Place], bloc: Collection[int]) -> list[Place]:
    """The order of voting with a bloc where its first stands, the others right behind that one."""
    inside = [place for place in order if place.key in bloc]
    if len(inside) < 2:
        return list(order)
    first, *others = inside
    behind = [Place(one.key, Why.TOGETHER, one.distance, first.key, one.because) for one in others]
    found: list[Place] = []
    for place in order:
        if place.key not in bloc:
            found.append(place)
        elif place is first:
            found += [first, *behind]
    return found
