"""Minutes as blocks: what is set on paper and written into a DOCX is what the page shows. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The same marks as on the page, and no more.
_markdown = MarkdownIt("zero", {"maxNesting": 12}).enable(
    ["blockquote", "heading", "hr", "list", "emphasis", "escape", "newline", "entity"]
)


class Run(NamedTuple):
    words: str
    strong: bool
    em: bool


class Block(NamedTuple):
    """One paragraph. `level`: of a heading, else 0; `depth`: how far it is set in by lists; `marker`: before it;
    `quoted`: the text put to the vote; `rule`: a line across, without words."""

    level: int
    depth: int
    marker: str
    quoted: bool
    rule: bool
    runs: list[Run]


def blocks(text: str) -> list[Block]:
    """
    >>> [(one.level, one.depth, one.marker, one.quoted, one.runs[0].words) for one in blocks("# A\\n\\n> b\\n\\n- c")]
    [(1, 0, '', False, 'A'), (0, 0, '', True, 'b'), (0, 1, '•', False, 'c')]
    """
    found: list[Block] = []
    lists: list[int | None] = []  # the next number of each list we are in; None for points
    level, quoted, marker = 0, 0, ""
    for token in _markdown.parse(text):
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1]) if token.nesting == 1 else 0
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
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
        elif token.type == "hr":
            found.append(Block(0, 0, "", False, True, []))
        elif token.type == "inline":
            found.append(Block(level, len(lists), marker, quoted > 0, False, _runs(token)))
            marker = ""
    return found


@lru_cache(maxsize=100)  # the search finds the same minutes again and again
def plain(text: str) -> str:
    """The words alone, a paragraph a line: what is searched.

    >>> plain("## 1\\\\. Bread\\n\\n**For 3**")
    '1. Bread\\nFor 3'
    """
    return "\n".join("".join(run.words for run in block.runs) for block in blocks(text) if block.runs)


def _runs(token: Token) -> list[Run]:
    found: list[Run] = []
    strong = em = 0
    for child in token.children or ():
        kind = child.type.removesuffix("_open").removesuffix("_close")
        if kind == "strong":
            strong += child.nesting
        elif kind == "em":
            em += child.nesting
        elif child.type in ("text", "text_special") and child.content:
            found.append(Run(child.content, strong > 0, em > 0))
        elif child.type in ("softbreak", "hardbreak"):
            found.append(Run("\n", False, False))
    return found
