"""Bars of a year as a picture: one for each month, three parts told apart by their pattern. Pure; no Django.

Units are those of the picture itself; it is as wide as a sheet of paper on a small telephone, so its words are legible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDE, HIGH, FOOT, LEFT = 320, 150, 22, 34
PARTS = ("open", "solved", "verified")  # from the foot up


class Stack(NamedTuple):
    """One bar: its word, and how many of each part."""

    label: str
    parts: tuple[int, ...]


class Block(NamedTuple):
    part: str
    x: float
    y: float
    wide: float
    high: float


class Picture(NamedTuple):
    wide: int
    high: int
    blocks: list[Block]
    labels: list[tuple[str, float]]  # word, middle of its bar
    lines: list[tuple[int, float]]  # figure, height of its line
    left: int
    foot: float


def drawn(stacks: Sequence[Stack]) -> Picture:
    """The picture of some bars; the highest fills it.

    >>> drawn([Stack("Jan", (2, 1, 1))]).blocks[0].part, drawn([]).blocks
    ('open', [])
    """
    top = _top(max((sum(one.parts) for one in stacks), default=0))
    step = (WIDE - LEFT) / max(len(stacks), 1)
    thick = min(step * 0.7, 40)
    blocks, labels = [], []
    for place, one in enumerate(stacks):
        x, y = LEFT + place * step + (step - thick) / 2, float(HIGH)
        for part, number in zip(PARTS, one.parts, strict=False):
            high = number / top * (HIGH - 12)
            y -= high
            if number:
                blocks.append(Block(part, round(x, 1), round(y, 1), round(thick, 1), round(high, 1)))
        labels.append((one.label, round(x + thick / 2, 1)))
    lines = [(figure, round(HIGH - figure / top * (HIGH - 12), 1)) for figure in sorted({0, top // 2, top})]
    return Picture(WIDE, HIGH + FOOT, blocks, labels, lines, LEFT, HIGH + 15.0)


def _top(most: int) -> int:
    """The next round number, an even one, so that the line in the middle is a whole one too.

    >>> [_top(number) for number in (0, 3, 12, 96, 401)]
    [2, 4, 20, 100, 600]
    """
    unit = 1
    while most > unit * 10:
        unit *= 10
    step = 2 * unit
    return max(step, -(-most // step) * step)
