"""The words of a document, and what changed between two of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.documents.differences import differences
from coop.documents.text import blocks, obstacles_in_text, tidy, under_a_title


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# A\n\n### B", 3),
        ("Sale\n---", 1),
        ("- # in a list", 1),
        ("<b>x</b>", 1),
        ("A\n\n[b](http://example.org)", 3),
        ("[b]: http://example.org", 1),
        ("> quoted", 1),
        ("```\ncode", 1),
        ("`code`", 1),
        ("| a |\n|---|", 1),
        ("![x](y)", 1),
        ("***\n\nA", 1),
    ],
)
def test_only_chapters_articles_paragraphs_and_lists(text: str, line: int) -> None:
    assert [(r.code, r.params) for r in obstacles_in_text(text)] == [("document-only-words", {"line": line})]


@pytest.mark.parametrize("text", ["", "# A\n\n## B\n\n1. one\n   - two\n\nA **b** *c* \\*d\\* 4 < 5."])
def test_a_statute_passes(text: str) -> None:
    assert obstacles_in_text(text) == []


def test_a_text_may_be_long_but_not_without_end() -> None:
    assert obstacles_in_text("a" * 200_000) == []
    assert [reason.code for reason in obstacles_in_text("a" * 200_001)] == ["document-too-long"]


def test_headings_go_one_level_down_and_nothing_else_moves() -> None:
    assert under_a_title("# A\n\n\\# B\n\n## C ##\n# D") == "## A\n\n\\# B\n\n### C ##\n## D"


def test_blocks_know_lists_in_lists_and_emphasis() -> None:
    found = blocks("# A\n\n2. b **c**\n3. d\n   - e\n\nf  \ng")
    assert [(one.level, one.depth, one.marker) for one in found] == [
        (1, 0, ""),
        (0, 1, "2."),
        (0, 1, "3."),
        (0, 2, "•"),
        (0, 0, ""),
    ]
    assert [(run.words, run.strong) for run in found[1].runs] == [("b ", False), ("c", True)]
    assert [run.words for run in found[4].runs] == ["f", "\n", "g"]


words = st.text(alphabet="ab .\n#-1", max_size=60)


@given(words, words)
def test_what_stays_and_goes_is_the_old_text_and_what_stays_and_comes_the_new(old: str, new: str) -> None:
    """Of every changed paragraph; the unchanged ones are the same in both."""
    lines = differences(tidy(old), tidy(new))
    shown = {kind: [] for kind in ("gone", "new")}
    for line in lines:
        for kind in shown:
            joined = "".join(piece.words for piece in line.pieces if piece.kind in ("same", kind))
            if joined:
                shown[kind].append(joined)
    for text, found in ((tidy(old), shown["gone"]), (tidy(new), shown["new"])):
        paragraphs = [one for one in text.split("\n") if one.strip()]
        rest = iter(paragraphs)
        assert all(one in rest for one in found)


@pytest.mark.parametrize("text", ["a\n" * 50_000, "a " * 50_000, "ab" * 50_000, "# a\n" * 30_000])
def test_no_text_makes_the_comparison_slow(text: str) -> None:
    begun = time.process_time()
    differences(text, text[: len(text) // 2] + "x" + text[len(text) // 2 :] + "y")
    assert time.process_time() - begun < 10
