"""Words that are put into a sentence, with the number they stand for: it decides between one and many.

A sentence that has two forms names its number: `ngettext_lazy(one, many, "lines")` in `sentences` and `verbs`.
"""

from __future__ import annotations

MANY = 2


class Told(int):
    """Printed as its words; counts as its number, and as many where there is none (an old entry may lack it)."""

    words: str

    def __new__(cls, words: str, number: object = MANY) -> Told:
        made = super().__new__(cls, number if isinstance(number, int) else MANY)
        made.words = words
        return made

    def __str__(self) -> str:
        return self.words
