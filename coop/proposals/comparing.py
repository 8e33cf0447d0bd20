"""Two versions of a text side by side: which clause became which. Pure.

Clauses have no names that outlive a version, so what is alike belongs together: first what reads the same, then,
between two such clauses, those that share most of their words. Whatever is paired, no word is lost: the clauses of
each side are its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq

from .pieces import pieces

ALIKE: Final = 0.4  # of the pieces of the longer one stand in the other
MOST: Final = 2_500  # comparisons between two clauses that read the same; beyond, everything went and came


@dataclass(frozen=True)
class Pair:
    """A clause of the first text and what it is in the second; one of them is missing where it went or came."""

    before: int | None  # numbers, from 1
    after: int | None
    old: str = ""
    new: str = ""

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def paired(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """
    >>> [(one.before, one.after) for one in paired(["At most six.", "It is posted."], ["Bread.", "At most four."])]
    [(None, 1), (1, 2), (2, None)]
    """
    found: list[Pair] = []
    for step in LCSseq.opcodes(old, new):
        left = range(step.src_start, step.src_end)
        right = range(step.dest_start, step.dest_end)
        if step.tag == "equal":
            found += [_pair(old, new, i, j) for i, j in zip(left, right, strict=True)]
        else:
            found += _unlike(old, new, left, right)
    return _closed_up(old, new, found)


def _closed_up(old: Sequence[str], new: Sequence[str], found: list[Pair]) -> list[Pair]:
    """Steps that take out and steps that put in follow each other; between two equal clauses they are matched."""
    closed: list[Pair] = []
    gone: list[int] = []
    come: list[int] = []
    for pair in [*found, None]:
        if pair is not None and (pair.before is None or pair.after is None):
            gone += [pair.before - 1] if pair.before else []
            come += [pair.after - 1] if pair.after else []
            continue
        closed += _matched(old, new, gone, come)
        gone, come = [], []
        if pair is not None:
            closed.append(pair)
    return closed


def _unlike(old: Sequence[str], new: Sequence[str], left: range, right: range) -> list[Pair]:
    return [_pair(old, new, i, None) for i in left] + [_pair(old, new, None, j) for j in right]


def _matched(old: Sequence[str], new: Sequence[str], gone: list[int], come: list[int]) -> Iterator[Pair]:
    """Pairs in the order of both texts, of which the words shared are most in sum."""
    if len(gone) * len(come) > MOST:
        yield from _unlike(old, new, range(gone[0], gone[-1] + 1), range(come[0], come[-1] + 1))
        return
    worth = [[_alike(old[i], new[j]) for j in come] for i in gone]
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for i in reversed(range(len(gone))):
        for j in reversed(range(len(come))):
            together = best[i + 1][j + 1] + worth[i][j] if worth[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    i = j = 0
    while i < len(gone) and j < len(come):
        if worth[i][j] and best[i][j] == best[i + 1][j + 1] + worth[i][j]:
            yield _pair(old, new, gone[i], come[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield _pair(old, new, gone[i], None)
            i += 1
        else:
            yield _pair(old, new, None, come[j])
            j += 1
    yield from (_pair(old, new, left, None) for left in gone[i:])
    yield from (_pair(old, new, None, right) for right in come[j:])


def _alike(one: str, other: str) -> float:
    """How much of the longer stands in the other; 0 where that is too little to be the same clause."""
    shared = LCSseq.normalized_similarity(pieces(one), pieces(other))
    return shared if shared >= ALIKE else 0.0


def _pair(old: Sequence[str], new: Sequence[str], i: int | None, j: int | None) -> Pair:
    return Pair(
        None if i is None else i + 1,
        None if j is None else j + 1,
        "" if i is None else old[i],
        "" if j is None else new[j],
    )
