"""Two texts written at once over one: what differs, and both in one, with nothing lost. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_EMPTY = re.compile(r"\n[ \t]*\n+")


class Piece(NamedTuple):
    """One paragraph on either side; `differs` when the other side does not have it so."""

    text: str
    differs: bool


def paragraphs(text: str) -> list[str]:
    """
    >>> paragraphs("One.\\n\\n\\nTwo\\nlines.\\n")
    ['One.', 'Two\\nlines.']
    """
    return [one.strip("\n") for one in _EMPTY.split(text.strip("\n")) if one.strip()]


def side_by_side(theirs: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts, with the paragraphs marked that only one of them has.

    >>> side_by_side("A.\\n\\nB.", "A.\\n\\nC.")[1]
    [Piece(text='A.', differs=False), Piece(text='C.', differs=True)]
    """
    one, two = paragraphs(theirs), paragraphs(mine)
    left, right = [], []
    for how, i, j, k, n in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        left += [Piece(words, how != "equal") for words in one[i:j]]
        right += [Piece(words, how != "equal") for words in two[k:n]]
    return left, right


def joined(theirs: str, mine: str) -> str:
    """Every paragraph of both, those they share once, in the order of both; where they part, theirs comes first.

    >>> joined("A.\\n\\nB.\\n\\nD.", "A.\\n\\nC.\\n\\nD.")
    'A.\\n\\nB.\\n\\nC.\\n\\nD.'
    """
    one, two = paragraphs(theirs), paragraphs(mine)
    found: list[str] = []
    for how, i, j, k, n in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        found += one[i:j] if how == "equal" else [*one[i:j], *two[k:n]]
    return "\n\n".join(found)
