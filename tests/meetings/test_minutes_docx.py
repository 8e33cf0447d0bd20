"""Minutes for word processors: styles, page numbers, the same bytes each time, and no sign that XML has not."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coop.meetings import minutes_docx
from coop.meetings.minutes_blocks import blocks

MADE = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=-3)))
TEXT = """# Minutes GA 2026-1

Called by *Ana* and **Bo**\\
in the hall.

## 1\\. Bread

> Ninety lunches.

- one
- two
  1. deep

3. three

---
"""


def file(
    text: str, *, title: str = "GA 2026-1", house: str = "Horno & Hijos", language: str = "es-AR"
) -> bytes:
    return minutes_docx.docx(text, title=title, house=house, language=language, made=MADE)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return packed.read(name).decode()


def test_what_a_word_processor_finds() -> None:
    written = docx.Document(io.BytesIO(file(TEXT)))
    assert [(one.style.name, one.text) for one in written.paragraphs if one.style] == [
        ("Heading 1", "Minutes GA 2026-1"),
        ("Normal", "Called by Ana and Bo\nin the hall."),
        ("Heading 2", "1. Bread"),
        ("Quote", "Ninety lunches."),
        ("Normal", "•\tone"),
        ("Normal", "•\ttwo"),
        ("Normal", "1.\tdeep"),
        ("Normal", "3.\tthree"),
        ("Normal", ""),
    ]
    runs = [(run.text, run.bold, run.italic) for run in written.paragraphs[1].runs]
    assert runs[1] == ("Ana", None, True)
    assert runs[3] == ("Bo", True, None)
    indents = [one.paragraph_format.left_indent for one in written.paragraphs[4:8]]
    assert [round(indent.mm) if indent else 0 for indent in indents] == [7, 7, 14, 7]
    about = written.core_properties
    assert (about.title, about.author, about.language, about.comments) == (
        "GA 2026-1",
        "Horno & Hijos",
        "es-AR",
        "",
    )
    assert (about.created, about.modified) == (MADE, MADE)
    (section,) = written.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Horno & Hijos · GA 2026-1"


def test_pages_are_numbered_and_nothing_comes_from_elsewhere() -> None:
    content = file(TEXT)
    foot = part(content, "word/footer1.xml")
    assert re.findall(r'w:instr="(\w+)"', foot) == ["PAGE", "NUMPAGES"]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        assert not [name for name in names if re.search("thumbnail|app.xml|custom|vba|media", name)]
        for name in names:
            assert b'TargetMode="External"' not in packed.read(name), name
            assert b"python-docx" not in packed.read(name), name
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert '<w:lang w:val="es-AR"' in part(content, "word/styles.xml")


def test_the_same_words_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = file(TEXT)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)  # what a zip asks for its hours
    assert file(TEXT) == before
    assert file(TEXT + "x") != before


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
@example("a&#12;b")  # a form feed, which Markdown lets through and XML has no sign for
@example("a\ufffeb\uffff")
@example("- a\n\n      - b\n\n> - c\n\n###### d")
def test_any_words_can_be_written_and_are_all_there(typed: str) -> None:
    written = docx.Document(io.BytesIO(file(typed, title=typed, house=typed * 300)))
    wanted = ["".join(run.words for run in block.runs) for block in blocks(typed)]
    found = [
        one.text.partition("\t")[2] if one.paragraph_format.left_indent else one.text
        for one in written.paragraphs
    ]
    held = re.compile("[\x00-\x1f\ufffe\uffff]")
    assert [held.sub("", words) for words in found] == [held.sub("", words) for words in wanted]
