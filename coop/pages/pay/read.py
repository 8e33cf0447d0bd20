"""Grades, supplements and slips as people type them or keep them in a spreadsheet; and what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from coop.budget.money import mark_of
from coop.budget.money import read as read_money
from coop.intake.cells import fault_in, shown, whole_number, words
from coop.intake.sheets import Cell, Row, read
from coop.members.folding import fold
from coop.pay.models import Supplement
from coop.pay.ratio import Line
from coop.pay.rules.scales import NewGrade, NewSupplement
from coop.refusals import Reason

from ..reasons import say

SHARE, PAID, GRADE, NUMBER = "share", "paid", "grade", "number"
LONGEST_CODE, LONGEST_TITLE = 12, 80  # letters of a grade or a supplement
Cells = list[Cell]


@dataclass
class Found:
    """What could be read, and a sentence for each cell that could not."""

    lines: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def fault(self, row: int, column: str, reason: Reason) -> None:
        told = {"line": row, "column": column, "why": say(reason)}
        self.faults.append(_("Line %(line)s, %(column)s: %(why)s") % told)


def rows_of(content: bytes) -> list[Row]:
    """The rows of the first sheet. Raises Refused: what the file is not."""
    return read(content)[0].rows


def typed_rows(text: str) -> list[Row]:
    return [
        (number, [cell.strip() for cell in line.replace("\t", ";").split(";")])
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def as_typed(rows: Sequence[Row]) -> str:
    """Rows of a file as somebody would type them: what is wrong is mended there."""
    return "\n".join("; ".join(shown(cell).replace(";", ",") for cell in cells) for _number, cells in rows)


# --- A scale ----------------------------------------------------------------------------------------------------------


def grades(text: str, decimals: int) -> Found:
    """code; name; amount a month; jobs, separated by commas."""
    found = Found()
    rows = typed_rows(text)
    mark = mark_of([cells[2] for _number, cells in rows if len(cells) > 2])
    for number, cells in rows:
        if len(cells) not in (3, 4) or not cells[0] or not cells[1]:
            found.fault(number, _("Grade"), Reason("line-of-other-parts", {"parts": 4}))
            continue
        code, title = shown(cells[0]), shown(cells[1])
        if too_long := _too_long(code, title):
            found.fault(number, _("Grade"), too_long)
            continue
        amount = read_money(cells[2], decimals=decimals, mark=mark)
        if isinstance(amount, Reason):
            found.fault(number, _("A month"), amount)
            continue
        jobs = shown(cells[3]).split(",") if len(cells) == 4 else []
        told = tuple(job.strip() for job in jobs if job.strip())
        found.lines.append(NewGrade(code, title, amount, told))
    return found


def supplements(text: str, decimals: int) -> Found:
    """code; name; kind; per cent with its sign, or an amount."""
    found = Found()
    kinds = {fold(str(word)): kind for kind, label in Supplement.Kind.choices for word in (kind, label)}
    for number, cells in typed_rows(text):
        told = [shown(cell) for cell in cells]
        if len(told) != 4 or not told[0] or not told[1]:
            found.fault(number, _("Supplement"), Reason("line-of-other-parts", {"parts": 4}))
            continue
        if too_long := _too_long(told[0], told[1]):
            found.fault(number, _("Supplement"), too_long)
            continue
        kind = kinds.get(fold(told[2]))
        if kind is None:
            found.fault(number, _("Kind"), Reason("kind-of-no-supplement"))
            continue
        percent = told[3].endswith("%")
        amount = read_money(told[3].rstrip("% "), decimals=2 if percent else decimals)
        if isinstance(amount, Reason):
            found.fault(number, _("At most"), amount)
            continue
        how_much: dict[str, Decimal] = {"percent" if percent else "amount": amount}
        found.lines.append(NewSupplement(told[0], told[1], kind, **how_much))
    return found


def _too_long(code: str, title: str) -> Reason | None:
    """A code is the word above a column of slips, so it is short."""
    if len(code) > LONGEST_CODE:
        return Reason("words-too-long", {"most": LONGEST_CODE})
    return Reason("words-too-long", {"most": LONGEST_TITLE}) if len(title) > LONGEST_TITLE else None


# --- A month ----------------------------------------------------------------------------------------------------------


def heads() -> dict[str, str]:
    """The words above the columns; supplements stand under their codes."""
    return {NUMBER: _("Number"), GRADE: _("Grade"), PAID: _("Pay"), SHARE: _("Share")}


def month(rows: Sequence[Row], codes: Sequence[str], decimals: int) -> Found:
    """A table with a line above it that names the columns. `codes`: of the supplements on the scale."""
    found = Found()
    if not rows:
        return found
    columns = _columns(rows[0][1], codes)
    known = {key for key in columns.values() if key}
    for key in (NUMBER, GRADE, PAID):
        if key not in known:
            found.fault(rows[0][0], heads()[key], Reason("column-not-found"))
    for place, key in columns.items():
        if not key and shown(rows[0][1][place]).strip():
            found.fault(rows[0][0], shown(rows[0][1][place]), Reason("column-unknown"))
    if found.faults:
        return found
    marks = {
        key: mark_of([cells[place] for _number, cells in rows[1:] if place < len(cells)])
        for place, key in columns.items()
        if key not in (NUMBER, GRADE)
    }
    for number, cells in rows[1:]:
        by_key = {key: cells[place] if place < len(cells) else "" for place, key in columns.items() if key}
        _read_line(found, number, by_key, marks, decimals)
    return found


def _columns(cells: Cells, codes: Sequence[str]) -> dict[int, str]:
    """Which column holds what; "" where nobody knows."""
    asked = {fold(word): key for key, word in heads().items()} | {key: key for key in heads()}
    asked |= {fold(code): code for code in codes}
    asked |= {"name": "name", fold(_("Name")): "name"}  # for who fills it in; the number says who it is
    return {place: asked.get(fold(shown(cell)), "") for place, cell in enumerate(cells)}


def _read_line(
    found: Found, row: int, cells: dict[str, Cell], marks: dict[str, str | None], decimals: int
) -> None:
    told = {**heads()}
    before = len(found.faults)
    for key, cell in cells.items():
        if fault := fault_in(cell, text_file=True):
            found.fault(row, told.get(key, key), fault)
    number = whole_number(cells[NUMBER])
    if isinstance(number, Reason):
        found.fault(row, told[NUMBER], number)
    amounts: dict[str, Decimal] = {}
    for key, cell in cells.items():
        if key in (NUMBER, GRADE, "name") or (key != PAID and not shown(cell).strip()):
            continue
        amount = read_money(cell, decimals=2 if key == SHARE else decimals, mark=marks.get(key))
        if isinstance(amount, Reason):
            found.fault(row, told.get(key, key), amount)
        elif amount or key in (PAID, SHARE):
            amounts[key] = amount
    if len(found.faults) > before or isinstance(number, Reason):
        return
    paid, share = amounts.pop(PAID), amounts.pop(SHARE, Decimal(100))
    found.lines.append(Line(number, words(cells[GRADE]).strip(), paid, share, amounts))
