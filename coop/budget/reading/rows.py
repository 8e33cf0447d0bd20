"""One row of a spreadsheet: its cells by the field of their column, and the line that they make. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from coop.members.folding import fold
from coop.refusals import Reason

from ..balance import Side
from ..money import Cell, read
from .heads import shown
from .written import AMOUNTS, Fault, Written

_SIDE_WORDS = {
    Side.INCOME: "income, in, i, ingreso, ingresos, entrada, receita, receitas, r",
    Side.EXPENSE: "expense, expenses, out, e, egreso, egresos, gasto, gastos, salida, despesa, despesas, d",
}
_YES_WORDS = "yes, y, x, si, s, sim, 1, true, verdadero, verdadeiro"
_YES = set(_YES_WORDS.split(", "))
_SIDES = {word: side for side, words in _SIDE_WORDS.items() for word in words.split(", ")}
NOTHING = {"", "-", "—", "–"}


class RowRead:
    """The cells of one row by the field of their column, and what is wrong with them."""

    def __init__(self, number: int, cells: Sequence[Cell], columns: Mapping[str, int]) -> None:
        self.number, self.cells, self.columns = number, cells, columns
        self.faults: list[Fault] = []

    def cell(self, field: str) -> Cell:
        column = self.columns.get(field)
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def words(self, field: str) -> str:
        cell = self.cell(field)
        if isinstance(cell, dict) or (isinstance(cell, str) and cell.startswith(("=", "＝"))):
            self.fault(field, Reason("amount-is-a-formula"))
            return ""
        return re.sub(r"^'(?=[=+\-@＝＋－＠'])", "", shown(cell).strip())

    def amount(self, field: str, mark: str | None, decimals: int) -> Decimal | None:
        found = read(self.cell(field), decimals=decimals, mark=mark)
        if isinstance(found, Reason):
            self.fault(field, found)
            return None
        return found

    def fault(self, field: str, reason: Reason) -> None:
        self.faults.append(Fault(self.number, field, shown(self.cell(field))[:80], reason))

    @property
    def is_total(self) -> bool:
        """A row that adds up others: it has no code, and says so."""
        if shown(self.cell("code")).strip() and not fold(shown(self.cell("code"))).startswith("total"):
            return False
        return any(isinstance(cell, str) and fold(cell).startswith("total") for cell in self.cells)


def line_of(
    row: RowRead,
    marks: Mapping[str, str | None],
    decimals: int,
    of_department: Mapping[str, str],
    seen: set[str],
) -> Written | None:
    code, title, told = row.words("code"), row.words("title"), row.words("department")
    if not code:
        row.fault("code", Reason("budget-row-without-code"))
    elif fold(code) in seen:
        row.fault("code", Reason("budget-line-twice", {"code": code}))
    seen.add(fold(code))
    if not title:
        row.fault("title", Reason("budget-line-without-head", {"code": code}))
    if len(code) > 20 or len(title) > 160 or len(row.words("basis")) > 300:
        row.fault("code", Reason("budget-line-too-long", {"code": code}))
    department = of_department.get(fold(told))
    if department is None:
        row.fault("department", Reason("budget-department-unknown", {"department": told}))
    side = _SIDES.get(fold(row.words("side")))
    if side is None:
        row.fault("side", Reason("budget-side-unknown", {"code": code}))
    amounts = {
        field: None
        if field != "proposed" and shown(row.cell(field)).strip() in NOTHING
        else row.amount(field, marks[field], decimals)
        for field in AMOUNTS
    }
    if row.faults or department is None or side is None or amounts["proposed"] is None:
        return None
    return Written(
        code,
        department,
        side.value,
        title,
        amounts["proposed"],
        basis=row.words("basis"),
        last=amounts["last"],
        current=amounts["current"],
        is_contingency=fold(row.words("contingency")) in _YES,
    )
