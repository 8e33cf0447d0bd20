"""What an amendment does to a text in numbered clauses, and the text that comes of several of them. Pure.

Every change is written against the published text, which never moves. So a text with amendments is put together from
places in one and the same original, and it does not matter in which order they were taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .pieces import Hunk, brought, hunks, is_word, joined, pieces


@dataclass(frozen=True)
class Words:
    """A clause reads otherwise: words are replaced, inserted or struck out. `text` is the clause as it would read."""

    clause: int
    text: str


@dataclass(frozen=True)
class Insert:
    """A clause is put in after this one; 0 is before the first."""

    clause: int
    text: str


@dataclass(frozen=True)
class Delete:
    clause: int


@dataclass(frozen=True)
class Whole:
    """Another text stands in place of all clauses."""

    texts: tuple[str, ...]


Change = Words | Insert | Delete | Whole


@dataclass(frozen=True)
class Amending:
    """The changes one amendment makes. `key` names it; of two that insert at one place the lower key goes first."""

    key: int
    changes: tuple[Change, ...]

    @property
    def is_whole(self) -> bool:
        return any(isinstance(change, Whole) for change in self.changes)

    @property
    def clauses(self) -> list[int]:
        """Numbers of the clauses it changes, takes out, or puts another after."""
        return sorted({change.clause for change in self.changes if not isinstance(change, Whole)})


# --- The text that comes of it ------------------------------------------------------------------------------------


class Mark(StrEnum):
    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Run:
    """Pieces that stand together and share a mark. `by`: keys of the amendments that ask for it."""

    mark: Mark
    text: str
    by: tuple[int, ...] = ()


@dataclass(frozen=True)
class MarkedClause:
    """A clause with its marks. `origin`: its number in the published text, None when it is put in.

    `number`: its number in the text that comes of it, None when it is taken out.
    """

    origin: int | None
    number: int | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The clause with the marks applied; empty when nothing of it stays."""
        return joined(run.text for run in self.runs if run.mark != Mark.OUT)

    @property
    def is_changed(self) -> bool:
        return any(run.mark != Mark.KEPT for run in self.runs)


class Clash(Exception):
    """Amendments that cannot stand in one text. `coop.proposals.conflicts` says beforehand which they are."""


def marked(clauses: Sequence[str], amendings: Iterable[Amending]) -> list[MarkedClause]:
    """The published clauses with every change shown at its place. Raises `Clash` where two cannot stand together."""
    asked = sorted(amendings, key=lambda one: one.key)
    whole = [one for one in asked if one.is_whole]
    if whole:
        return _another_text(clauses, asked)
    found: list[MarkedClause] = []
    for number in range(len(clauses) + 1):
        if number:
            found.append(_marked_clause(number, clauses[number - 1], asked))
        found += _put_in(number, asked)
    return _numbered(found)


def applied(clauses: Sequence[str], amendings: Iterable[Amending]) -> list[str]:
    """The clauses with all of these amendments taken in, in their new order.

    >>> applied(["At most six per cent.", "Posted."], [Amending(1, (Words(1, "At most four per cent."), Delete(2)))])
    ['At most four per cent.']
    """
    return [clause.text for clause in marked(clauses, amendings) if clause.number is not None]


def _another_text(clauses: Sequence[str], asked: list[Amending]) -> list[MarkedClause]:
    texts = {change.texts for one in asked for change in one.changes if isinstance(change, Whole)}
    if len(texts) > 1 or not all(one.is_whole for one in asked):
        raise Clash
    keys = tuple(one.key for one in asked)
    out = [MarkedClause(number, None, (Run(Mark.OUT, text, keys),)) for number, text in enumerate(clauses, 1)]
    return _numbered([*out, *(MarkedClause(None, None, (Run(Mark.IN, text, keys),)) for text in texts.pop())])


def _marked_clause(number: int, text: str, asked: list[Amending]) -> MarkedClause:
    out = tuple(one.key for one in asked if Delete(number) in one.changes)
    replaced: dict[Hunk, list[int]] = {}
    for one in asked:
        for change in one.changes:
            if isinstance(change, Words) and change.clause == number:
                for hunk in hunks(text, change.text):
                    replaced.setdefault(hunk, []).append(one.key)
    if out:
        if replaced:
            raise Clash
        return MarkedClause(number, None, (Run(Mark.OUT, text, out),))
    runs: list[Run] = []
    original = pieces(text)
    place = 0
    for hunk, keys in sorted(replaced.items(), key=lambda found: (found[0].start, found[0].end, found[1])):
        if hunk.start < place:
            raise Clash
        runs += [
            Run(Mark.KEPT, "".join(original[place : hunk.start])),
            Run(Mark.OUT, "".join(original[hunk.start : hunk.end]), tuple(keys)),
            Run(Mark.IN, "".join(hunk.new), tuple(keys)),
        ]
        place = hunk.end
    runs.append(Run(Mark.KEPT, "".join(original[place:])))
    return MarkedClause(number, number, tuple(run for run in runs if run.text))


def _put_in(after: int, asked: list[Amending]) -> list[MarkedClause]:
    texts: dict[str, list[int]] = {}
    for one in asked:
        for change in one.changes:
            if isinstance(change, Insert) and change.clause == after:
                texts.setdefault(change.text, []).append(one.key)
    return [MarkedClause(None, None, (Run(Mark.IN, text, tuple(keys)),)) for text, keys in texts.items()]


def _numbered(found: list[MarkedClause]) -> list[MarkedClause]:
    """Numbers what stays, from 1; a clause of which no word stays is taken out."""
    number = 0
    result = []
    for clause in found:
        if clause.text:
            number += 1
        result.append(MarkedClause(clause.origin, number if clause.text else None, clause.runs))
    return result


# --- Amendments of amendments -------------------------------------------------------------------------------------


def wordings(amending: Amending) -> list[str]:
    """The words an amendment brings, in numbered places: what an amendment of it can change."""
    found: list[str] = []
    for change in amending.changes:
        if isinstance(change, Whole):
            found += change.texts
        elif not isinstance(change, Delete):
            found.append(change.text)
    return found


def amended(amending: Amending, subs: Iterable[Amending]) -> Amending:
    """An amendment with amendments of its own words taken in. Raises `Clash` as `marked` does.

    >>> ask = Amending(1, (Words(1, "At most twelve per cent."),))
    >>> amended(ask, [Amending(2, (Words(1, "At most ten per cent."),))]).changes
    (Words(clause=1, text='At most ten per cent.'),)
    """
    texts = {
        clause.origin: clause.text for clause in marked(wordings(amending), subs) if clause.origin is not None
    }
    place = iter(range(1, len(texts) + 1))

    def with_new_words(change: Change) -> Change:
        match change:
            case Whole(old):
                return Whole(tuple(text for text in (texts[next(place)] for _ in old) if text))
            case Words(clause, _):
                return Words(clause, texts[next(place)])
            case Insert(clause, _):
                return Insert(clause, texts[next(place)])
            case Delete():
                return change

    return Amending(amending.key, tuple(with_new_words(change) for change in amending.changes))


def stays_inside(clauses: Sequence[str], amending: Amending, sub: Amending) -> bool:
    """Whether an amendment of an amendment touches only words which that one brings.

    Everything else is no change of the amendment but one of the text, and a matter of its own.
    """
    texts = wordings(amending)
    sources = [change for change in amending.changes if not isinstance(change, Delete)]
    for change in sub.changes:
        if not isinstance(change, Words):
            return False
        if amending.is_whole or isinstance(source := sources[change.clause - 1], Insert):
            continue
        assert isinstance(source, Words)
        places = brought(clauses[source.clause - 1], source.text)
        for hunk in hunks(texts[change.clause - 1], change.text):
            if not any(start <= hunk.start and hunk.end <= end for start, end in places):
                return False
    return True


NEGATIONS = frozenset(["not", "no", "never", "don't", "doesn't", "cannot", "nunca", "jamás", "não", "nao"])


def only_negates(clauses: Sequence[str], amending: Amending) -> bool:
    """Whether an amendment does what a vote against would do: nothing is left, or all it brings or takes is a "not"."""
    shown = marked(clauses, [amending])
    if not any(clause.text for clause in shown):
        return True
    changed = [
        piece.strip().lower()
        for clause in shown
        for run in clause.runs
        if run.mark != Mark.KEPT
        for piece in pieces(run.text)
        if is_word(piece)
    ]
    return bool(changed) and set(changed) <= NEGATIONS


def words_changed(clauses: Sequence[str], amending: Amending) -> int:
    """How far an amendment goes: words taken out and words put in (ruling 10). Signs do not count.

    >>> words_changed(["At most six per cent."], Amending(1, (Words(1, "At most four per cent."),)))
    2
    """
    return sum(is_word(piece) for change in amending.changes for piece in _moved(clauses, change))


def _moved(clauses: Sequence[str], change: Change) -> Iterable[str]:
    """The pieces a change takes out and puts in."""
    match change:
        case Words(clause, text):
            old = pieces(clauses[clause - 1])
            for hunk in hunks(clauses[clause - 1], text):
                yield from old[hunk.start : hunk.end]
                yield from hunk.new
        case Insert(_, text):
            yield from pieces(text)
        case Delete(clause):
            yield from pieces(clauses[clause - 1])
        case Whole(texts):
            for text in (*clauses, *texts):
                yield from pieces(text)
