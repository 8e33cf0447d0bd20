"""The secretary's text on an item: words, emphasis and lists, and nothing that could look like the record. Pure.

Markdown is parsed, not searched: what is let through is a list of what is known, so that a mark nobody has thought of
is refused. A text that passes ends where it ends: it opens nothing that the next lines of the minutes could fall into.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coop.refusals import Reason

BLOCKS = {"paragraph", "bullet_list", "ordered_list", "list_item", "inline"}
MARKS = {"text", "text_special", "em", "strong", "softbreak", "hardbreak"}
DEEPEST = 8  # levels of the parser: a list in a list in a list; further down it stops reading

# HTML and tables are recognised here, so that they can be refused by name of the line.
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
_LINE_END = re.compile(r"\r\n?|\n")


def tidy(text: str) -> str:
    """As it is stored, judged and composed: one kind of line end, no empty edges.

    >>> tidy("\\r\\nOne.\\rTwo. \\n")
    'One.\\nTwo.'
    """
    return _LINE_END.sub("\n", text).strip()


def obstacles_in_note(text: str) -> list[Reason]:
    """The first line that is more than paragraphs and lists with emphasis.

    >>> obstacles_in_note("Gus asked about **allergies**.\\n\\n- Eve: none.\\n- Fay: one.")
    []
    >>> obstacles_in_note("One.\\n\\n## 4. Sale")
    [Reason(code='note-only-paragraphs', params={'line': 3})]
    """
    environment: dict[str, object] = {}
    tokens = _markdown.parse(tidy(text), environment)
    line = _first_foreign(tokens)
    if line is None and environment.get("references"):  # link definitions leave no token behind
        line = min(_line_of(one) for one in environment["references"].values())  # type: ignore[attr-defined]
    return [] if line is None else [Reason("note-only-paragraphs", {"line": line})]


def _first_foreign(tokens: list[Token]) -> int | None:
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        inside = {_kind(child) for child in token.children or ()}
        if _kind(token) not in BLOCKS or token.level > DEEPEST or inside - MARKS:
            return line
    return None


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _line_of(reference: dict[str, list[int]]) -> int:
    return reference["map"][0] + 1
