"""From the bytes of a file to tables of cells: CSV as the world writes it, and XLSX. Pure; nothing is kept on disk.

A cell is what JSON can hold: text, a number, true or false, {"d": "2026-03-01"} for a day, {"f": "=A1"} for a formula
and {"e": "#REF!"} for what the spreadsheet itself could not work out. Rows keep the number the spreadsheet shows.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from coop.letters import legible
from coop.refusals import Reason, Refused

Cell = str | int | float | bool | dict[str, str]
Row = tuple[int, list[Cell]]

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000  # characters; more is cut, and too long for every field anyway
MOST_SHEETS = 20
MOST_PARTS = 1_000  # a workbook of twenty sheets has about sixty
MOST_UNPACKED = 40 * 1024 * 1024  # twenty thousand rows of twelve columns unpack to a third of it
MOST_RANGES = 50_000  # merged cells
MOST_FILLED = 1_000_000  # cells that are filled from a merged range
MOST_TAGS = 4_000_000  # in all parts together; twenty thousand rows of forty columns have three million
MOST_CELLS = 16_384  # in one row: as many columns as a spreadsheet can hold
MOST_MARKS = 200_000  # what else a sheet may hold beside its rows: widths, rules, links
MOST_ROW_MARKS = 1_048_576  # what a spreadsheet can hold; more are not rows

DELIMITERS = (
    ";",
    "\t",
    ",",
)  # the first wins a tie: where the comma writes decimals, the semicolon parts the cells
WINDOWS = "windows"

_OLE = b"\xd0\xcf\x11\xe0"  # the old Excel, and the new one under a password


@dataclass(frozen=True)
class Table:
    """One sheet. Rows without a word in them are left out; the others keep their number."""

    name: str
    rows: list[Row]

    @staticmethod
    def of(kept: dict[str, Any]) -> Table:
        """A table as it was kept in JSON."""
        return Table(kept["name"], [(number, cells) for number, cells in kept["rows"]])


def read(content: bytes, *, letters: str = "") -> list[Table]:
    """The tables of a file; what it is, is told from its bytes and not from its name.

    `letters` is WINDOWS when a person says that a text file is written in the letters of old Windows programs.
    Raises Refused: a file that is empty, too large, of another kind, broken, or not in UTF-8.
    """
    if not content:
        raise Refused([Reason("list-empty")])
    if len(content) > MOST_BYTES:
        raise Refused([Reason("list-too-large", {"most": MOST_BYTES // 1024**2})])
    if content.startswith(b"PK"):
        tables = _workbook(content)
    elif content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused([Reason("list-locked") if locked else Reason("list-of-old-excel")])
    else:
        tables = [_text(content, letters)]
    tables = [table for table in tables if table.rows]
    if not tables:
        raise Refused([Reason("list-without-rows")])
    return tables


# --- Text --------------------------------------------------------------------------------------------------------


def _text(content: bytes, letters: str) -> Table:
    text = _decoded(content, letters)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        return Table(
            "", _kept((number, [*map(_words, cells[:MOST_COLUMNS])]) for number, cells in enumerate(rows, 1))
        )
    except csv.Error:
        raise Refused([Reason("list-broken")]) from None


def _decoded(content: bytes, letters: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError:
            raise Refused([Reason("list-broken")]) from None
    elif any(code in content[:65_536] for code in (b"\x00", b"\x01", b"\x02", b"%PDF-")):
        raise Refused([Reason("list-of-another-kind")])
    elif letters == WINDOWS:
        text = _as_windows(content)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise Refused([Reason("list-not-utf8", {"sample": _sample(content, problem.start)})]) from None
    if "\x00" in text:
        raise Refused([Reason("list-of-another-kind")])
    return text


def _as_windows(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _sample(content: bytes, place: int) -> str:
    """How the first word that is not UTF-8 would read in the letters of Windows, for a person to judge."""
    around = _as_windows(content[max(0, place - 40) : place + 40])
    before, after = around[: min(place, 40)], around[min(place, 40) :]
    cut = '\r\n\t;,"'
    start = max((before.rfind(sign) for sign in cut), default=-1) + 1
    end = min((found for sign in cut if (found := after.find(sign)) >= 0), default=len(after))
    return legible(before[start:] + after[:end]).strip()


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that cuts the most of the first lines into the same number of cells.

    >>> delimiter_of("No;Name\\n1;Ruiz, Ana\\n2;Paz, Bo\\n")
    ';'
    """
    head = [line for line in text[:40_000].splitlines()[:60] if line.strip()]
    best, most = DELIMITERS[0], 0
    for delimiter in DELIMITERS:
        counts = [len(cells) for cells in csv.reader(head, delimiter=delimiter)]
        score = max((counts.count(width) * (width - 1) for width in set(counts)), default=0)
        if score > most:
            best, most = delimiter, score
    return best


# --- Workbooks ---------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> list[Table]:
    _safe_to_open(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are left out; they hold no cells
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
            return [Table(legible(sheet.title)[:60], _sheet(sheet)) for sheet in shown]
    except Refused:
        raise
    except Exception:  # noqa: BLE001 a broken file breaks its reader in a hundred ways; a person needs one answer
        raise Refused([Reason("list-broken")]) from None


def _safe_to_open(content: bytes) -> None:
    """What it would unpack to is read from its table of contents, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Refused([Reason("list-broken")]) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused([Reason("list-unpacks-too-large", {"most": MOST_UNPACKED // 1024**2})])
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise Refused([Reason("list-of-another-kind")])
    if not any(name.startswith("xl/") for name in names):
        raise Refused([Reason("list-of-another-kind")])
    if _tags(content) > MOST_TAGS:
        raise Refused([Reason("list-broken")])


def _tags(content: bytes) -> int:
    """How many elements there are to build at the most, beginnings and ends counted; nothing is parsed yet."""
    count = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                with archive.open(part) as unpacked:
                    while piece := unpacked.read(1024**2):
                        count += piece.count(b"<")
    except Exception:  # noqa: BLE001 as below
        raise Refused([Reason("list-broken")]) from None
    return count


class _Cells(WorkSheetParser):  # its public face would build every merged cell in memory
    """The rows of a sheet one by one, and the merged ranges as they are written down."""

    ranges: list[str]

    def stream(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        row, inside = (
            f"{{{SHEET_MAIN_NS}}}row",
            {f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("c", "v", "f", "is", "t", "r")},
        )
        merged = f"{{{SHEET_MAIN_NS}}}mergeCell"
        self.ranges, marks, cells, others = [], 0, 0, 0
        for _event, element in iterparse(self.source):
            if element.tag == row:
                marks, cells = marks + 1, 0
                if marks > MOST_ROW_MARKS:
                    raise Refused([Reason("list-too-many-rows", {"most": MOST_ROWS})])
                yield self.parse_row(element)
            elif element.tag == merged:
                self.ranges.append(element.get("ref", ""))
                if len(self.ranges) > MOST_RANGES:
                    raise Refused([Reason("list-broken")])
            elif element.tag in inside:  # it stays in memory until its row is over
                cells += 1
                if cells > MOST_CELLS * len(inside):
                    raise Refused([Reason("list-broken")])
                continue
            else:  # an empty shell of it stays until the sheet is over
                others += 1
                if others > MOST_MARKS:
                    raise Refused([Reason("list-broken")])
            element.clear()


def _sheet(sheet: Any) -> list[Row]:
    book = sheet.parent
    source: IO[bytes]
    with sheet._get_source() as source:
        cells = _Cells(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = _kept((number, _row(found)) for number, found in cells.stream())
    return _filled(rows, cells.ranges)


def _row(found: list[dict[str, Any]]) -> list[Cell]:
    row: list[Cell] = []
    for cell in found:
        value, place = cell["value"], cell["column"] - 1
        if value is None or place >= MOST_COLUMNS:
            continue
        row.extend([""] * (place + 1 - len(row)))
        row[place] = _cell(value, cell["data_type"])
    return row


def _cell(value: Any, kind: str) -> Cell:
    if kind == "f":
        return {"f": _words(str(getattr(value, "text", value) or "="))}
    if kind == "e":
        return {"e": _words(str(value))}
    if isinstance(value, datetime.datetime | datetime.date):
        return {"d": f"{value:%Y-%m-%d}" if value.year >= 1000 else str(value)}
    if isinstance(value, float) and (not math.isfinite(value) or abs(value) > 1e15):
        return str(value)
    if isinstance(value, int) and abs(value) > 10**15:
        return str(value)
    return value if isinstance(value, bool | int | float) else _words(str(value))


def _filled(rows: list[Row], ranges: Iterable[str]) -> list[Row]:
    """Merged cells say in every row what they say in the first one."""
    by_number = dict(rows)
    numbers = sorted(by_number)
    left = MOST_FILLED
    for written in ranges:
        area = CellRange(written)
        first = by_number.get(area.min_row, [])
        if len(first) < area.min_col or area.min_col > MOST_COLUMNS:
            continue
        value, last = first[area.min_col - 1], min(area.max_col, MOST_COLUMNS)
        within = numbers[bisect_left(numbers, area.min_row) : bisect_right(numbers, area.max_row)]
        left -= len(within) * (last - area.min_col + 1)
        if left < 0:
            raise Refused([Reason("list-broken")])
        for number in within:
            row = by_number[number]
            row.extend([""] * (last - len(row)))
            row[area.min_col - 1 : last] = [value] * (last - area.min_col + 1)
    return rows


# --- Both --------------------------------------------------------------------------------------------------------


def _words(text: str) -> str:
    """A text as it can be seen, on one line."""
    text = text[:LONGEST_CELL]
    if not (text.isascii() and text.isprintable()):
        text = legible(text).replace("\n", " ")
    return text.strip()


def _kept(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for number, cells in rows:
        if number > MOST_ROW_MARKS:  # millions of lines without a word
            raise Refused([Reason("list-too-many-rows", {"most": MOST_ROWS})])
        if any(cell != "" for cell in cells):
            kept.append((number, cells[:MOST_COLUMNS]))
            if len(kept) > MOST_ROWS:
                raise Refused([Reason("list-too-many-rows", {"most": MOST_ROWS})])
    return kept
