"""Words and signs of a text, and the fewest of them that differ between two texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

# A word keeps what stands inside it ("05:30", "don't", "1.5"); any other sign is a piece of its own. The white space
# before a piece belongs to it.
_PIECE = re.compile(r"(\s*)(\w+(?:[-'’.,:/]\w+)*|[^\w\s])")


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """Words and signs, each with the white space before it; the first as if a word stood before it.

    >>> pieces("Open at 05:30, daily.")
    (' Open', ' at', ' 05:30', ',', ' daily', '.')
    """
    found = [space + piece for space, piece in _PIECE.findall(text)]
    return (f" {found[0].lstrip()}", *found[1:]) if found else ()


def joined(found: Iterable[str]) -> str:
    """The text again; nothing else that the house keeps as a clause has white space at its ends.

    >>> joined(pieces("Open at 05:30,\\ndaily."))
    'Open at 05:30,\\ndaily.'
    """
    return "".join(found).strip()


def is_word(piece: str) -> bool:
    """Whether a piece counts as a word, not as a sign."""
    return any(sign.isalnum() for sign in piece)


@dataclass(frozen=True)
class Hunk:
    """The pieces from `start` up to, not with, `end` of the original are replaced by `new`."""

    start: int
    end: int
    new: tuple[str, ...]


@lru_cache(maxsize=4096)  # a text with hundreds of amendments compares the same clauses again and again
def hunks(old: str, new: str) -> tuple[Hunk, ...]:
    """The least that has to be replaced in one text so that it reads like the other.

    >>> hunks("At most six per cent.", "At most four per cent.")
    (Hunk(start=2, end=3, new=(' four',)),)
    """
    before, after = pieces(old), pieces(new)
    found: list[Hunk] = []
    for step in LCSseq.opcodes(before, after):
        if step.tag == "equal":
            continue
        if (
            found and found[-1].end == step.src_start
        ):  # a word taken out and one put in at the same place are one
            last = found.pop()
            found.append(Hunk(last.start, step.src_end, last.new + after[step.dest_start : step.dest_end]))
        else:
            found.append(Hunk(step.src_start, step.src_end, after[step.dest_start : step.dest_end]))
    return tuple(found)


def brought(old: str, new: str) -> list[tuple[int, int]]:
    """Where in the new text an amendment stands: from which piece up to, not with, which. Empty where it only strikes.

    >>> brought("At most six per cent.", "At most four per cent, posted.")
    [(2, 3), (5, 7)]
    """
    found: list[tuple[int, int]] = []
    moved = 0
    for hunk in hunks(old, new):
        start = hunk.start + moved
        found.append((start, start + len(hunk.new)))
        moved += len(hunk.new) - (hunk.end - hunk.start)
    return found
