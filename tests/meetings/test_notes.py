"""The secretary's account stays inside its item: it cannot swallow, forge or hide what the record says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coop.meetings import actions as meetings
from coop.meetings.minutes import compose, literal
from coop.meetings.models import ItemNote, Meeting
from coop.meetings.notes import obstacles_in_note, tidy
from coop.refusals import Refused
from tests import make

markdown = MarkdownIt("commonmark", {"html": False}).enable("table")  # as the pages render it
FORGED = "Nothing.\n\n## 4\\. Sale of the oven\n\nDecision GA 2026\\-9\\."
SWALLOWS = "As follows:\n\n```\nten loaves"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FORGED, 3),
        (SWALLOWS, 3),
        ("Sale\n===", 1),
        ("Sale\n---", 1),
        ("One.\n\n***", 3),
        ("One.\n\n    code", 3),
        ("~~~", 1),
        ("<div>", 1),
        ("<!-- ", 1),
        ("Here <b>bold</b>.", 1),
        ("One.\n\n[oven]: http://example.org", 3),
        ("See [oven](http://example.org).", 1),
        ("<http://example.org>", 1),
        ("![oven](oven.png)", 1),
        ("Run `make`.", 1),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 1),
        ("> For 4, against 2", 1),
        ("- one\n- # two", 2),
        ("- one\n\n  > two", 3),
        ("- " * 30 + "# deep", 1),
    ],
)
def test_what_could_be_taken_for_the_record_is_refused(text: str, line: int) -> None:
    assert [(reason.code, reason.params) for reason in obstacles_in_note(text)] == [
        ("note-only-paragraphs", {"line": line})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gus asked about **allergies**; Eve: *none*.",
        "One.\n\nTwo,  \nbroken.\n\n1. a\n2. b\n   - c\n\n- d",
        "A price of 4 < 5, #1 & 50 % [sic] \\*as said\\* \\`so\\`.",
        "Ναι.\r\n\r\nΌχι.",
    ],
)
def test_paragraphs_lists_and_emphasis_pass(text: str) -> None:
    assert obstacles_in_note(text) == []


def headings(text: str) -> list[str]:
    tokens = markdown.parse(text)
    return [tokens[place + 1].content for place, one in enumerate(tokens) if one.type == "heading_open"]


def blocks(text: str) -> list[str]:
    """What stands on the outermost level, one text per block: paragraphs, headings, quotes, rules."""
    return [
        "\n".join(text.split("\n")[one.map[0] : one.map[1]]).rstrip("\n")
        for one in markdown.parse(text)
        if one.level == 0 and one.map
    ]


def with_note(meeting: Meeting, number: int, text: str) -> None:
    """Stored as it is, without asking anybody."""
    facts = {"text": text, "revision": 1, "written_at": make.now(), "written_by": meeting.prepared_by}
    ItemNote.objects.create(item=meeting.items.get(number=number), **facts)


PIECES = st.sampled_from(
    ["#", "## ", "```", "~~~", "`", "---", "===", "- ", "1. ", "> ", "* ", "**", "_", "<!--", "<b>", "|", "|-|",
     "[a]: b", "[a]", "](", "\\", "&", "    ", "\t", " ", "\n", "\n\n", "\r", "word"]
)  # fmt: skip
SMALL = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.text("#`~=-*_>|[]:<!\\ \n\ta1.", max_size=24)
)


@pytest.mark.django_db
def test_whatever_passes_the_record_keeps_every_heading_and_nothing_more() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    with_note(meeting, 2, "PLACEHOLDER")
    composed = compose(meeting, language="en")
    record = blocks(composed)
    place = record.index("PLACEHOLDER")
    passed = 0

    @given(SMALL)
    @example(FORGED)
    @example(SWALLOWS)
    @example("- a\n-")
    @example("word\\")
    def holds(text: str) -> None:
        nonlocal passed
        note = tidy(text)
        if not note or obstacles_in_note(text):
            return
        passed += 1
        written = composed.replace("PLACEHOLDER", note)
        assert headings(written) == headings(composed)
        found = blocks(written)
        assert found[:place] == record[:place]
        assert found[place - len(record) + 1 :] == record[place + 1 :]

    holds()
    assert passed > 10


@pytest.mark.django_db
def test_the_account_stands_last_in_its_item_under_its_own_line() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    meetings.write_note(item=item, text="\r\nGus asked.\r\n", revision=0, by=plant.ana, at=make.now())
    text = compose(meeting, language="en")
    assert "It was not put to the vote.\n\nThe secretary's account:\n\nGus asked.\n\n## 3" in text


@pytest.mark.django_db
@pytest.mark.parametrize("text", [FORGED, SWALLOWS])
def test_the_action_refuses_and_a_note_stored_earlier_is_shown_literally(text: str) -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    before = headings(compose(meeting, language="en"))
    with pytest.raises(Refused, match="note-only-paragraphs"):
        meetings.write_note(item=item, text=text, revision=0, by=plant.ana, at=make.now())
    with_note(meeting, 2, text)
    assert headings(compose(meeting, language="en")) == before


# --- Names, titles and voted texts ------------------------------------------------------------------------


LINE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    st.text("\\`*_{}[]()#+-=.!|<>~&;:'\" ax1\t", min_size=1, max_size=12),
)


def shown(text: str) -> str:
    """What a reader sees of a text that should be one paragraph."""
    tokens = markdown.parse(text)
    assert [one.type for one in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {one.type for one in children} <= {"text", "softbreak"}
    return "".join("\n" if one.type == "softbreak" else one.content for one in children)


@given(LINE)
@example("=")
@example("    indented")
@example("ends  ")
@example(" ")
@example("\u00a0")
def test_a_literal_line_is_read_as_it_was_typed(line: str) -> None:
    assert shown(literal(line)) == line


@given(st.lists(LINE, min_size=2, max_size=4))
@example(["Sale", "==="])
@example(["Sale", "---"])
@example(["a  ", "b"])
@example(["a", "    b"])
def test_literal_lines_stay_one_paragraph(lines: list[str]) -> None:
    assert shown("\n".join(literal(line) for line in lines)) == "\n".join(lines)


def test_a_literal_is_one_line() -> None:
    assert shown(literal("Ana\r# Bo\r\nCy\nDee")) == "Ana # Bo Cy Dee"
