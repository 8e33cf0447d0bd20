"""Which parts of a secret vote may be published: boxes and ways of voting in groups, none so small that it tells who.

A cell is how many in one group chose one thing. Of every group that stands alone, each cell is nothing or at least the
floor. So is every sum of groups, and every difference of two sums that lie one inside the other: both are sums of
whole groups. Only the total of a whole vote is published however small its cells are (it is the result).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence


def is_small(cells: Mapping[str, int], floor: int) -> bool:
    """
    >>> is_small({"for": 7, "against": 0}, 5), is_small({"for": 7, "against": 2}, 5)
    (False, True)
    """
    return any(0 < number < floor for number in cells.values())


def groups(slices: Mapping[str, Mapping[str, int]], floor: int) -> list[tuple[str, ...]]:
    """The slices in groups that may be published, in the order given; the smaller ones are put together first.

    Two boxes with enough of everything, and one that is merged into the smaller of them:

    >>> groups({"1": {"for": 20, "against": 9}, "2": {"for": 6, "against": 8}, "3": {"for": 2, "against": 1}}, floor=5)
    [('1',), ('2', '3')]

    One vote against in all of them together: then nothing but the total is told.

    >>> groups({"1": {"for": 20, "against": 0}, "2": {"for": 6, "against": 1}}, floor=5)
    [('1', '2')]
    """
    parts: list[tuple[str, ...]] = [(name,) for name in slices]
    while len(parts) > 1 and any(is_small(merged(slices, part), floor) for part in parts):
        by_size = sorted(parts, key=lambda part: sum(merged(slices, part).values()))
        small = next(part for part in by_size if is_small(merged(slices, part), floor))
        other = next(part for part in by_size if part != small)
        parts = [part for part in parts if part not in (small, other)]
        parts.append(_in_order((*small, *other), list(slices)))
    order = list(slices)
    return sorted(parts, key=lambda part: order.index(part[0]))


def merged(slices: Mapping[str, Mapping[str, int]], part: Iterable[str]) -> Counter[str]:
    """The cells of several slices together."""
    together: Counter[str] = Counter()
    for name in part:
        together.update(slices[name])
    return together


def _in_order(names: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=order.index))
