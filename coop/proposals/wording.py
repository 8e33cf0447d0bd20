"""A text in numbered clauses, as it is read aloud, hashed and put to the vote. Pure."""

import unicodedata
from collections.abc import Sequence

MOST_CLAUSES = 200
LONGEST_CLAUSE = 5_000  # characters


def tidy(text: str) -> str:
    """One canonical form, so that the same words give the same hash: NFC, single line ends, no blanks at the ends.

    >>> tidy("  Canteen\\r\\nopen  \\n ")
    'Canteen\\nopen'
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def whole_text(title: str, clauses: Sequence[str]) -> str:
    """Title and numbered clauses as one text.

    >>> print(whole_text("Canteen", ["Open on Mondays.", "Free for pupils."]))
    Canteen
    <BLANKLINE>
    1. Open on Mondays.
    <BLANKLINE>
    2. Free for pupils.
    """
    numbered = [f"{number}. {text}" for number, text in enumerate(clauses, 1)]
    return "\n\n".join([title, *numbered])
