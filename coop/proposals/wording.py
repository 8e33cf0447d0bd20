"""A text in numbered clauses, as it is read aloud, hashed and put to the vote. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coop.letters import legible

from .amending import Change, Delete, Insert, Mark, MarkedClause, Run, Whole, Words

MOST_CLAUSES = 200  # every clause is a field of its form; `settings` says how many a form may carry
LONGEST_CLAUSE = 5_000  # characters


def tidy(text: str) -> str:
    """One canonical form, so that the same words give the same hash: NFC, single line ends, no blanks at the ends.

    >>> tidy("  Canteen\\r\\nopen  \\n ")
    'Canteen\\nopen'
    """
    lines = legible(text).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def tidy_title(text: str) -> str:
    """A title is one line.

    >>> tidy_title("Canteen\\n\\n1. Sold.")
    'Canteen 1. Sold.'
    """
    return " ".join(tidy(text).split())


def tidy_clause(text: str) -> str:
    """A clause has no empty line: between clauses there is one, and nobody shall write a clause inside a clause.

    >>> tidy_clause("Open.\\n\\n\\n2. Sold.")
    'Open.\\n2. Sold.'
    """
    return "\n".join(line for line in tidy(text).split("\n") if line)


def tidy_changes(changes: Sequence[Change]) -> list[Change]:
    """Changes in the one form in which clauses are kept, so that the same words are the same words."""

    def one(change: Change) -> Change:
        match change:
            case Words(clause, text):
                return Words(clause, tidy_clause(text))
            case Insert(clause, text):
                return Insert(clause, tidy_clause(text))
            case Whole(texts):
                return Whole(tuple(text for text in map(tidy_clause, texts) if text))
            case Delete():
                return change

    return [one(change) for change in changes]


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


def marked_text(clauses: Sequence[MarkedClause]) -> str:
    """The clauses in which something changes, with [-what goes-] and {+what comes+}, for where there is no colour.

    >>> from .amending import Amending, Words, marked
    >>> print(marked_text(marked(["At most six per cent."], [Amending(1, (Words(1, "At most four per cent."),))])))
    1. At most [-six-] {+four+} per cent.
    """
    lines = []
    for clause in clauses:
        if clause.is_changed:
            told = "".join(_told(run) for run in clause.runs).strip()
            lines.append(f"{clause.origin}. {told}" if clause.origin else f"+ {told}")
    return "\n\n".join(lines)


def _told(run: Run) -> str:
    """A run in its brackets; the white space before it stays outside."""
    words = run.text.lstrip()
    space = run.text[: len(run.text) - len(words)] or (
        " " if run.mark != Mark.KEPT and words[:1].isalnum() else ""
    )
    match run.mark:
        case Mark.OUT:
            return f"{space}[-{words}-]"
        case Mark.IN:
            return f"{space}{{+{words}+}}"
    return run.text


_OF_A_CHANGE = re.compile(r"P \d+-\d+ A\d+(\.\d+)?\n\n")


def is_a_change(text: str) -> bool:
    """Whether a frozen text is what an amendment changes, with its marks, and not a text in numbered clauses.

    >>> is_a_change("P 2026-4 A3\n\n1. At most [-six-] {+four+}."), is_a_change("Canteen\n\n1. Open.")
    (True, False)
    """
    return _OF_A_CHANGE.match(text) is not None


class Numbered(NamedTuple):
    number: int
    text: str


def clauses_in(text: str) -> tuple[str, list[Numbered]]:
    """Title and clauses of a text as it was frozen, for showing it; together they are the text again, word for word.

    >>> clauses_in(whole_text("Canteen", ["Open on Mondays.", "Free for pupils."]))
    ('Canteen', [Numbered(number=1, text='Open on Mondays.'), Numbered(number=2, text='Free for pupils.')])
    """
    parts: list[str] = []
    rest = text
    while True:
        part, mark, after = rest.partition(f"\n\n{len(parts) + 1}. ")
        parts.append(part)
        if not mark:
            return parts[0], [Numbered(number, clause) for number, clause in enumerate(parts[1:], 1)]
        rest = after
