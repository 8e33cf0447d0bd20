"""The words of a document: chapters, articles, paragraphs, lists and emphasis; and the same as blocks for paper. Pure.

Markdown is parsed, not searched: what is let through is a list of what is known.
"""

from __future__ import annotations

from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coop.letters import legible
from coop.refusals import Reason

LONGEST = 200_000  # characters: some seventy pages
BLOCKS = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "inline"}
MARKS = {"text", "text_special", "em", "strong", "softbreak", "hardbreak"}
DEEPEST = 8  # levels of the parser: a list in a list in a list
LOWEST_HEADING = 2  # "# Chapter" and "## Article"

# HTML and tables are recognised here, so that they can be refused by name of the line.
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


def tidy(text: str) -> str:
    """As it is stored and hashed.

    >>> tidy("\\r\\n# Purpose \\r\\nBread.\\n")
    '# Purpose\\nBread.'
    """
    return "\n".join(line.rstrip() for line in legible(text).split("\n")).strip("\n")


def obstacles_in_text(text: str) -> list[Reason]:
    """The first line that is more than headings of two levels, paragraphs and lists with emphasis.

    >>> obstacles_in_text("# Purpose\\n\\nWe bake **bread**:\\n\\n1. white\\n2. black")
    []
    >>> obstacles_in_text("# Purpose\\n\\n<b>Bread</b>")
    [Reason(code='document-only-words', params={'line': 3})]
    """
    if len(text) > LONGEST:
        return [Reason("document-too-long", {"most": LONGEST})]
    environment: dict[str, object] = {}
    line = 1
    for token in _markdown.parse(text, environment):
        line = token.map[0] + 1 if token.map else line
        inside = {_kind(child) for child in token.children or ()}
        if _kind(token) not in BLOCKS or token.level > DEEPEST or inside - MARKS or _wrong_heading(token):
            return [Reason("document-only-words", {"line": line})]
    if environment.get("references"):  # definitions of links leave no token behind
        return [Reason("document-only-words", {"line": 1})]
    return []


def _wrong_heading(token: Token) -> bool:
    """A heading inside a list, of a third level, or underlined: a line of dashes is too easily typed by mistake."""
    if token.type != "heading_open":
        return False
    return token.level > 0 or not token.markup.startswith("#") or len(token.markup) > LOWEST_HEADING


def under_a_title(text: str) -> str:
    """The text with its headings one level lower, for a page that has a title of its own.

    >>> under_a_title("# Purpose\\n\\nBread.")
    '## Purpose\\n\\nBread.'
    """
    lines = text.split("\n")
    for token in _markdown.parse(text):
        if token.type == "heading_open" and token.map and not _wrong_heading(token):
            lines[token.map[0]] = "#" + lines[token.map[0]].lstrip()
    return "\n".join(lines)


class Run(NamedTuple):
    words: str
    strong: bool
    em: bool


class Block(NamedTuple):
    """One paragraph on paper. `level`: of a heading, else 0; `depth`: how far it is set in; `marker`: before it."""

    level: int
    depth: int
    marker: str
    runs: list[Run]


def blocks(text: str) -> list[Block]:
    """The text as it is set on paper, paragraph by paragraph.

    >>> [(block.level, block.depth, block.marker, block.runs[0].words) for block in blocks("# A\\n\\n3. b\\n   - c")]
    [(1, 0, '', 'A'), (0, 1, '3.', 'b'), (0, 2, '•', 'c')]
    """
    found: list[Block] = []
    lists: list[int | None] = []  # the next number of each list we are in; None for points
    level, marker = 0, ""
    for token in _markdown.parse(text):
        if token.type == "heading_open":
            level = len(token.markup)
        elif token.type == "heading_close":
            level = 0
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and lists:
            number = lists[-1]
            marker = "•" if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif token.type == "inline":
            found.append(Block(level, len(lists), marker, _runs(token)))
            marker = ""
    return found


def _runs(token: Token) -> list[Run]:
    found: list[Run] = []
    strong = em = 0
    for child in token.children or ():
        if _kind(child) == "strong":
            strong += child.nesting
        elif _kind(child) == "em":
            em += child.nesting
        elif child.type in ("text", "text_special") and child.content:
            found.append(Run(child.content, strong > 0, em > 0))
        elif child.type in ("softbreak", "hardbreak"):
            found.append(Run("\n" if child.type == "hardbreak" else " ", False, False))
    return found


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")
