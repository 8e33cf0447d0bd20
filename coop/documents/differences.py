"""What changed between two texts, paragraph by paragraph and then word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

SAME, GONE, NEW, LEFT_OUT = "same", "gone", "new", "left-out"
AROUND = 1  # unchanged paragraphs shown before and after a change
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MANY = 500 * 500  # pairs of words beyond which a paragraph is compared more roughly


class Piece(NamedTuple):
    kind: str  # same, gone, new
    words: str


class Line(NamedTuple):
    """One paragraph; `left-out` stands for unchanged ones that are not shown."""

    kind: str  # same, changed, left-out
    pieces: list[Piece]


def differences(before: str, after: str) -> list[Line]:
    """The changed paragraphs, word by word, with a little of what stands around them.

    >>> for line in differences("# Bread\\nWe bake white bread.", "# Bread\\nWe bake black bread."):
    ...     print([(piece.kind, piece.words) for piece in line.pieces])
    [('same', '# Bread')]
    [('same', 'We bake '), ('gone', 'white'), ('new', 'black'), ('same', ' bread.')]
    """
    return list(_shortened(list(_lines(_paragraphs(before), _paragraphs(after)))))


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    for how, i, j, k, n in SequenceMatcher(None, before, after).get_opcodes():
        if how == "equal":
            yield from (Line("same", [Piece(SAME, words)]) for words in before[i:j])
            continue
        for old, new in zip_longest(before[i:j], after[k:n]):
            yield Line("changed", list(_pieces(old or "", new or "")))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    one, two = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, one, two, autojunk=len(one) * len(two) > _MANY)
    if matcher.quick_ratio() < 0.3:  # another paragraph altogether: read better whole than in shreds
        yield from (Piece(kind, words) for kind, words in ((GONE, old), (NEW, new)) if words)
        return
    for how, i, j, k, n in matcher.get_opcodes():
        if how == "equal":
            yield Piece(SAME, "".join(one[i:j]))
            continue
        if j > i:
            yield Piece(GONE, "".join(one[i:j]))
        if n > k:
            yield Piece(NEW, "".join(two[k:n]))


def _shortened(lines: list[Line]) -> Iterator[Line]:
    near = {
        place + step
        for place, line in enumerate(lines)
        if line.kind == "changed"
        for step in range(-AROUND, AROUND + 1)
    }
    left_out = False
    for place, line in enumerate(lines):
        if place in near:
            yield line
        elif not left_out:
            yield Line(LEFT_OUT, [])
        left_out = place not in near
