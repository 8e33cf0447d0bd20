"""Small files for the tests: text, workbooks, and workbooks that nobody should open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook


def text(*lines: str, letters: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(letters)


def workbook(
    rows: Iterable[Sequence[Any]], *, more: Iterable[tuple[str, Iterable[Sequence[Any]]]] = ()
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for title, others in more:
        beside = book.create_sheet(title)
        for row in others:
            beside.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part put in the place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()


def bomb(megabytes: int = 500) -> bytes:
    """A workbook whose one sheet unpacks to so much."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["No", "Name"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for one in old.infolist():
            if one.filename != "xl/worksheets/sheet1.xml":
                new.writestr(one, old.read(one))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _megabyte in range(megabytes):
                part.write(b" " * 1024**2)
    return out.getvalue()
