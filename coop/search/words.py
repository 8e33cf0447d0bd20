"""What somebody types to find something, taken apart: words, quoted words that stand together, the name of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from coop.members.folding import fold

MOST = 12  # words and quoted passages; what comes after is left out
PREFIX_FROM: Final = 3  # letters: a shorter word is looked for as it is
WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\"“”„«»]+)")
_NAME = re.compile(
    r"\b(?:(?P<proposal>[Pp])|(?P<decision>[Dd] +)?(?P<body>[\w-]*[^\W\d_][\w-]*)) *"
    r"(?P<year>[12]\d{3})-(?P<number>\d{1,6})\b(?: *[Aa](?P<amendment>\d{1,5})(?:\.(?P<own>\d{1,5}))?\b)?"
)


@dataclass(frozen=True)
class Term:
    """One word, or several that stand beside each other; folded."""

    words: tuple[str, ...]

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def as_begun(self) -> str:
        """For the words as they are written, in PostgreSQL's spelling: the word, whatever it goes on with."""
        if self.is_phrase:
            return " <-> ".join(self.words)
        (word,) = self.words
        return f"{word}:*" if len(word) >= PREFIX_FROM and not word.isdigit() else word

    @property
    def as_stem(self) -> str:
        """For the words without their endings."""
        return " <-> ".join(self.words)


@dataclass(frozen=True)
class Named:
    """The name of a paper, as people quote it: P 2026-14, P 2026-14 A3.1, D GA 2026-7, GA 2026-3."""

    kind: str
    body: str
    year: int
    number: int
    amendment: int | None = None
    own: int | None = None


def terms(typed: str) -> list[Term]:
    """Marks of any kind only part the words; quotes keep them together.

    >>> [term.words for term in terms('Energía! "hired  work" & | ñandú')]
    [('energia',), ('hired', 'work'), ('nandu',)]
    >>> terms('& | ! () :* "" -')
    []
    """
    found: dict[Term, None] = {}
    for quoted, loose in _PART.findall(typed):
        if quoted:
            words = tuple(WORD.findall(fold(quoted)))
            if words:
                found[Term(words[:MOST])] = None
        else:
            found.update((Term((word,)), None) for word in WORD.findall(fold(loose)))
    return list(found)[:MOST]


def named(typed: str) -> Named | None:
    """The paper that is named by its number, alone in the box.

    >>> named("p 2026-33 a2.1")
    Named(kind='amendment', body='', year=2026, number=33, amendment=2, own=1)
    >>> named("D GA 2026-7"), named("GA 2026-3").kind, named("energy 2026")
    (Named(kind='decision', body='GA', year=2026, number=7, amendment=None, own=None), 'minutes', None)
    """
    match = _NAME.fullmatch(" ".join(typed.split()))
    if match is None:
        return None
    year, number = int(match["year"]), int(match["number"])
    if match["proposal"]:
        if match["amendment"]:
            own = int(match["own"]) if match["own"] else None
            return Named("amendment", "", year, number, int(match["amendment"]), own)
        return Named("proposal", "", year, number)
    if match["amendment"]:
        return None
    return Named("decision" if match["decision"] else "minutes", match["body"].upper(), year, number)
