"""Clauses with their marks, as pages print them: what goes is struck through, what comes is underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coop.proposals.amending import Delete, Insert, Mark, MarkedClause, Words
from coop.proposals.pieces import Hunk, hunks, pieces


@dataclass(frozen=True)
class Marked:
    """A stretch of a clause: the white space before it bears no line, above or through it."""

    mark: str
    space: str
    words: str


@dataclass(frozen=True)
class Shown:
    """A clause with its marks. `number`: of the published text; none where it is put in."""

    number: int | None
    runs: list[Marked]
    is_changed: bool = True


def shown(clause: MarkedClause) -> Shown:
    runs = []
    for run in clause.runs:
        words = run.text.lstrip()
        runs.append(Marked(str(run.mark), run.text[: len(run.text) - len(words)], words))
    return Shown(clause.origin, runs, clause.is_changed)


def words_in_and_out(old: str, change: Words | Insert | Delete) -> list[Marked]:
    """One clause as one change would have it."""
    match change:
        case Insert(_, text):
            return [Marked(Mark.IN, "", text)]
        case Delete():
            return [Marked(Mark.OUT, "", old)]
        case Words(_, text):
            return list(_runs(pieces(old), hunks(old, text)))


def _runs(old: Sequence[str], found: Sequence[Hunk]) -> Iterator[Marked]:
    place = 0
    for hunk in found:
        yield from _stretch(Mark.KEPT, old[place : hunk.start])
        yield from _stretch(Mark.OUT, old[hunk.start : hunk.end])
        yield from _stretch(Mark.IN, hunk.new)
        place = hunk.end
    yield from _stretch(Mark.KEPT, old[place:])


def _stretch(mark: Mark, found: Sequence[str]) -> Iterator[Marked]:
    text = "".join(found)
    if words := text.lstrip():
        yield Marked(str(mark), text[: len(text) - len(words)], words)
