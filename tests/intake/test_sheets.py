"""Bytes to tables: every kind of file an office has, and every kind that nobody should open."""

from __future__ import annotations

import resource
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from coop.intake import columns, sheets
from coop.refusals import Reason, Refused
from tests.intake.files import bomb, saved, text, with_part, workbook
from tests.intake.messy import messy_people, messy_workbook

LINES = ("No;Name;Joined", "1;Ana Núñez;2020-03-02", '2;"Paz; Bo";')
TABLE = [(1, ["No", "Name", "Joined"]), (2, ["1", "Ana Núñez", "2020-03-02"]), (3, ["2", "Paz; Bo", ""])]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def reasons(content: bytes, **more: str) -> list[Reason]:
    with pytest.raises(Refused) as refused:
        sheets.read(content, **more)
    return refused.value.reasons


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_every_alphabet_that_says_what_it_is(letters: str) -> None:
    assert sheets.read(text(*LINES, letters=letters))[0].rows == TABLE


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_with_every_delimiter(delimiter: str) -> None:
    found = sheets.read(text(*(delimiter.join(["1", "Ana", "2020-03-02", "a.b"]) for _ in range(3))))
    assert found[0].rows[2] == (3, ["1", "Ana", "2020-03-02", "a.b"])


def test_blank_lines_count_as_a_spreadsheet_counts_them() -> None:
    assert [number for number, _cells in sheets.read(text("No;Name", "", ";;", "1;Ana"))[0].rows] == [1, 4]


def test_windows_letters_are_named_and_never_guessed() -> None:
    content = text("No;Name", "1;Ana Núñez;x", letters="cp1252")
    assert reasons(content) == [Reason("list-not-utf8", {"sample": "Ana Núñez"})]
    assert sheets.read(content, letters=sheets.WINDOWS)[0].rows[1] == (2, ["1", "Ana Núñez", "x"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list-empty"),
        (b"\xef\xbb\xbf", "list-without-rows"),
        (b"\r\n;;\r\n", "list-without-rows"),
        (b"%PDF-1.7\n", "list-of-another-kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "list-of-another-kind"),
        ("No;Name".encode("utf-16-le"), "list-of-another-kind"),
        (b"\xff\xfeN", "list-broken"),
        (b"PK\x03\x04 and then nothing", "list-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list-of-old-excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "list-locked"),
        (b"x" * (sheets.MOST_BYTES + 1), "list-too-large"),
        (b"a;b\n" * (sheets.MOST_ROWS + 1), "list-too-many-rows"),
        (b'a;"' + b"x" * 200_000, "list-broken"),
    ],
)
def test_what_is_no_list_is_told_what_it_is(content: bytes, code: str) -> None:
    assert [reason.code for reason in reasons(content)] == [code]


def test_an_archive_of_another_program() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert reasons(out.getvalue()) == [Reason("list-of-another-kind")]


def test_a_bomb_is_not_unpacked() -> None:
    content = bomb(300)
    assert len(content) < 1_000_000
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert [reason.code for reason in reasons(content)] == ["list-unpacks-too-large"]
    assert time.process_time() - begun < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024  # kilobytes


def test_a_thousand_parts_are_no_list() -> None:
    out = BytesIO(workbook([["No", "Name"], [1, "Ana"]]))
    with zipfile.ZipFile(out, "a") as archive:
        for part in range(sheets.MOST_PARTS):
            archive.writestr(f"xl/{part}", "")
    assert [reason.code for reason in reasons(out.getvalue())] == ["list-unpacks-too-large"]


def test_entities_are_not_opened() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<sheetData><row><c t="str"><v>&a9;</v></c></row></sheetData>'
    part = f'<!DOCTYPE x [<!ENTITY a0 "x">{entities}]><worksheet {MAIN}>{cell}</worksheet>'
    assert [one.code for one in reasons(with_part(workbook([["No"]]), SHEET, part.encode()))] == [
        "list-broken"
    ]


def test_a_cell_merged_over_the_whole_sheet_costs_nothing() -> None:
    part = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="1048576">'
        f'<c r="XFD1048576" t="str"><v>y</v></c><c r="A1048576" t="str"><v>z</v></c></row></sheetData>'
        f'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    begun = time.process_time()
    rows = sheets.read(with_part(workbook([["No"]]), SHEET, part.encode()))[0].rows
    assert time.process_time() - begun < 5
    assert [(number, len(cells), cells[-1]) for number, cells in rows] == [
        (1, sheets.MOST_COLUMNS, "x"),
        (1048576, sheets.MOST_COLUMNS, "x"),
    ]


@pytest.mark.parametrize("marks", [f"<row>{'<c/>' * 5_000_000}</row>", "<x/>" * 5_000_000])
def test_a_row_or_a_sheet_without_end_is_not_kept_in_memory(marks: str) -> None:
    """Forty megabytes of them, which pack to forty kilobytes, took more than two gigabytes and a minute."""
    content = with_part(
        workbook([["No"]]), SHEET, f"<worksheet {MAIN}><sheetData>{marks}</sheetData></worksheet>".encode()
    )
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert [one.code for one in reasons(content)] == ["list-broken"]
    assert time.process_time() - begun < 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes


def test_a_line_without_end_is_read_as_far_as_columns_go() -> None:
    begun = time.process_time()
    table = sheets.read(b"No;Name\n1" + b";x" * 2_000_000)[0]
    assert time.process_time() - begun < 1
    assert [len(cells) for _number, cells in table.rows] == [2, sheets.MOST_COLUMNS]


def test_millions_of_lines_without_a_word_are_not_read_to_the_end() -> None:
    begun = time.process_time()
    assert [one.code for one in reasons(b"No;Name\n" + b"\n" * 9_000_000)] == ["list-too-many-rows"]
    assert time.process_time() - begun < 4


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_told_so(cut: float) -> None:
    whole = messy_workbook(30)
    assert [reason.code for reason in reasons(whole[: int(len(whole) * cut)])] == ["list-broken"]


def test_a_workbook_with_one_part_spoilt() -> None:
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        spoilt = with_part(workbook([["No", "Name"]]), part, b"<not>xml")
        assert [reason.code for reason in reasons(spoilt)] == ["list-broken"], part


def test_cells_of_a_workbook_keep_their_kind() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", 1, 2.5, True, None, "  a\u202eb\n c\x20"])
    sheet["A2"] = "=1+1"
    sheet["B2"] = "#REF!"
    sheet["C2"].value, sheet["C2"].data_type = "=not", "s"
    rows = sheets.read(saved(book))[0].rows
    assert rows == [(1, ["No", 1, 2.5, True, "", "ab  c"]), (2, [{"f": "=1+1"}, {"e": "#REF!"}, "=not"])]


def test_hidden_sheets_are_left_alone_and_macros_ignored() -> None:
    book = Workbook()
    shown = book.active
    assert shown is not None
    shown.append(["No", "Name"])
    hidden = book.create_sheet("hidden")
    hidden.append(["No", "Name"])
    hidden.sheet_state = "hidden"
    content = with_part(saved(book), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert [table.name for table in sheets.read(content)] == ["Sheet"]


def test_the_messy_workbook_is_read_to_the_letter() -> None:
    tables = sheets.read(messy_workbook(120))
    assert columns.sheet_of(tables) == 1
    table = tables[1]
    header = columns.header_of(table)
    assert table.rows[header][0] == 4  # two lines of title and an empty one stand above
    found = columns.known_columns(table.rows[header])
    assert [*found] == [
        "number", "surname", "name", "born", "joined", "department", "crew", "kind", "status", "job", "phone",
    ]  # fmt: skip
    places = [cells[found["department"]] for _number, cells in table.rows[header + 1 :]]
    assert places == [one.department for one in messy_people(120)]  # merged cells are filled


def told_or_read(content: bytes, letters: str = "") -> list[sheets.Table] | str:
    try:
        return sheets.read(content, letters=letters)
    except Refused as refused:
        (reason,) = refused.reasons
        return reason.code


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_reason(content: bytes) -> None:
    for letters in ("", sheets.WINDOWS):
        found = told_or_read(content, letters)
        if not isinstance(found, str):
            assert all(number > 0 and any(cells) for table in found for number, cells in table.rows)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_text_is_a_table(rows: list[list[str]]) -> None:
    found = told_or_read("\n".join(";".join(row) for row in rows).encode("utf-8", "replace"))
    if isinstance(found, str):
        assert found in {"list-empty", "list-without-rows", "list-broken", "list-of-another-kind"}
    else:
        for table in found:
            columns.known_columns(table.rows[columns.header_of(table)])
