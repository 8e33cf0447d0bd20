"""Rows as a file that a spreadsheet opens without calculating anything; the same rows are the same bytes. Pure."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.writer.excel import save_workbook

from coop.letters import legible

Value = str | int | Decimal | datetime.date | None
_HOUR = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_ZIPPED = (1980, 1, 1, 0, 0, 0)  # the first hour that a zip can tell

# A cell that begins so is calculated, or hides what it is; the full-width forms are read as the plain ones.
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> harmless("=HYPERLINK(1)"), harmless("+54 9 341"), harmless("Ana"), harmless("'=1")
    ("'=HYPERLINK(1)", "'+54 9 341", 'Ana', "''=1")
    """
    begins = text.startswith(_CALCULATES)  # before anything is taken out: a control hides what follows
    seen = legible(text).replace("\n", " ")
    quoted = seen[:1] == "'" and seen[1:].startswith((*_CALCULATES, "'"))  # so that reading takes one off
    if begins or quoted or seen.startswith(_CALCULATES):
        return f"'{seen}"
    return seen


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark that tells spreadsheets so; semicolons, because the comma writes decimals in many places."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return harmless(value or "")


def as_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet; days are days, numbers numbers, and everything else is text and never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(
        "".join(letter for letter in legible(title) if letter not in r"\/*?:[]")[:31] or None
    )
    sheet.freeze_panes = "A2"
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=harmless(head))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([harmless(value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    save_workbook(book, out)
    return _without_hour(out.getvalue())


def _without_hour(content: bytes) -> bytes:
    """The library writes the hour into the workbook and its zip: then nobody could tell whether two are the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as kept:
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _HOUR.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            kept.writestr(zipfile.ZipInfo(name, _ZIPPED), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
