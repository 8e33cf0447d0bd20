"""Passages of a text around the words that were found, as they are written there, accents and all. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from coop.members.folding import fold

from .words import WORD, Term

AROUND = 80  # letters before and after
PLACES = 2  # passages of one text
_SHARED = 3  # first letters that a word and its other endings have in common


@dataclass(frozen=True)
class Piece:
    words: str
    found: bool


def like(texts: Collection[str], asked: Collection[Term]) -> dict[str, str]:
    """Words of the texts that may be what is looked for, by how they are written: begun alike, or folded to parts."""
    begun = {word[:_SHARED] for term in asked for word in term.words}
    told = {word for text in texts for word in WORD.findall(text)}
    return {word: folded for word in told if (folded := fold(word))[:_SHARED] in begun}


def passages(text: str, found: Collection[str], places: int = PLACES) -> list[list[Piece]]:
    """A few places of the text with these words marked, those with most different words first; [] where none stands.

    >>> [[(one.words, one.found) for one in place] for place in passages("La panadería abre.", ["panadería"])]
    [[('La ', False), ('panadería', True), (' abre.', False)]]
    """
    told = " ".join(text.split())
    hits = [(hit.start(), hit.end()) for hit in _of(found).finditer(told)] if found else []
    best = sorted(_windows(told, hits), key=lambda one: -one[2])[:places]
    return [_pieces(told, start, stop, hits) for start, stop, _count in sorted(best)]


def beginning(text: str) -> list[Piece]:
    """How a text begins, where no word was asked for."""
    told = " ".join(text.split())
    return _pieces(told, 0, _end_of_word(told, 2 * AROUND), []) if told else []


def marked(text: str, found: Collection[str]) -> list[Piece]:
    """The whole of a short text, such as a title."""
    hits = [(hit.start(), hit.end()) for hit in _of(found).finditer(text)] if found else []
    return _pieces(text, 0, len(text), hits)


def _of(found: Collection[str]) -> re.Pattern[str]:
    return _any_of(frozenset(found))


@lru_cache(maxsize=20)
def _any_of(found: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(found, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])")


def _windows(told: str, hits: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Start, end and number of different words of each place; places do not lap over each other."""
    found: list[tuple[int, int, int]] = []
    end = -1
    for begin, stop in hits:
        if begin < end:
            continue
        start = _start_of_word(told, max(end, begin - AROUND, 0))
        end = _end_of_word(told, stop + AROUND)
        found.append((start, end, len({fold(told[b:s]) for b, s in hits if start <= b < end})))
    return found


def _start_of_word(told: str, at: int) -> int:
    return 0 if at <= 0 else told.find(" ", at) + 1 or at


def _end_of_word(told: str, at: int) -> int:
    return len(told) if at >= len(told) else max(told.rfind(" ", 0, at), 0) or at


def _pieces(told: str, start: int, stop: int, hits: list[tuple[int, int]]) -> list[Piece]:
    pieces = [Piece("… ", False)] if start else []
    at = start
    for begin, end in hits:
        if start <= begin and end <= stop:
            pieces += [Piece(told[at:begin], False)] if begin > at else []
            pieces.append(Piece(told[begin:end], True))
            at = end
    if at < stop:
        pieces.append(Piece(told[at:stop], False))
    return [*pieces, Piece(" …", False)] if stop < len(told) else pieces
