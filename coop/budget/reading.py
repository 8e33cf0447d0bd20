"""The lines of a budget, and the figures of a month, out of the rows of a spreadsheet: read cell by cell. Pure.

Nothing is guessed and nothing is rounded. What cannot be read is told at its cell; lines that can be are given all the
same, so that a page shows both. Whoever stores them stores all of them or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coop.members.folding import fold
from coop.refusals import Reason

from .balance import Side
from .money import Cell, mark_of, plain, read

Row = tuple[int, list[Cell]]  # the number that the spreadsheet shows, and the cells

MOST_LINES = 5_000  # a plant with a hundred departments has not half of them
HEADER_AMONG = 15  # rows; a title and a date of printing may stand above
FIELDS = ("code", "department", "side", "title", "basis", "last", "current", "proposed", "contingency")
NEEDED = ("code", "department", "side", "title", "proposed")
AMOUNTS = ("last", "current", "proposed")
# In English, Spanish and Portuguese, folded.
_NAMES = {
    "code": "code, line, line code, account, cuenta, codigo, partida, conta, rubrica",
    "department": "department, dept, dep, departamento, depto, seccion, sector, setor, secao, area",
    "side": "kind, side, type, tipo, clase, income or expense, ingreso o egreso, receita ou despesa",
    "title": "title, name, description, concept, titulo, nombre, concepto, descripcion, detalle, nome, descricao",
    "basis": "basis, base, base de calculo, fundamento, calculation, in words, how it was found, memoria",
    "last": "last, last year, year before last, ano anterior, anterior, ano passado",
    "current": "current, current year, approved, aprobado, vigente, ano actual, aprovado, ano atual, actual year",
    "proposed": (
        "proposed, proposal, amount, budget, propuesto, propuesta, importe, monto, presupuesto, proposto, proposta, "
        "valor, orcamento"
    ),
    "contingency": "contingency, contingencia, imprevistos, reserve, what nobody foresaw, contingencias",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split(", ")}
_YEAR_WORDS = (
    "approved, proposed, budget, aprobado, presupuesto, propuesto, proposto, aprovado, orcamento, current"
)
_MONTH_WORDS = "amount, actual, spent, real, ejecutado, importe, monto, gasto, valor, realizado, executado"
_SIDE_WORDS = {
    Side.INCOME: "income, in, i, ingreso, ingresos, entrada, receita, receitas, r",
    Side.EXPENSE: "expense, expenses, out, e, egreso, egresos, gasto, gastos, salida, despesa, despesas, d",
}
_YES_WORDS = "yes, y, x, si, s, sim, 1, true, verdadero, verdadeiro"
_OF_A_YEAR, _MONTH_AMOUNT, _YES = (
    set(words.split(", ")) for words in (_YEAR_WORDS, _MONTH_WORDS, _YES_WORDS)
)
_SIDES = {word: side for side, words in _SIDE_WORDS.items() for word in words.split(", ")}
_NOTHING = {"", "-", "—", "–"}
_NO_MORE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Written:
    """A line as somebody writes it, before it is one. `department`: its code."""

    code: str
    department: str
    side: str
    title: str
    proposed: Decimal
    basis: str = ""
    last: Decimal | None = None
    current: Decimal | None = None
    is_contingency: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell. `row`: its number in the spreadsheet, 0 for the whole; `field`: which column."""

    row: int
    field: str
    shown: str
    reason: Reason


@dataclass(frozen=True)
class Lines:
    """`unknown`: heads of columns that mean nothing here, and are left out."""

    lines: tuple[Written, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Month:
    amounts: Mapping[str, Decimal]
    faults: tuple[Fault, ...]


def read_lines(
    rows: Sequence[Row],
    *,
    year: int,
    decimals: int,
    departments: Mapping[str, str],
    heads: Mapping[str, str] = _NO_MORE,
) -> Lines:
    """`departments`: code -> name; a cell may hold either. `year`: heads that say it, or the year before, are known.
    `heads`: field -> what stands over its column in the files that we write, in whatever language.
    """
    if len(rows) > MOST_LINES + HEADER_AMONG:
        return Lines((), (_whole(Reason("budget-too-many-lines", {"most": MOST_LINES})),))
    ours = {_bare(words): field for field, words in heads.items()}
    place, columns, unknown = _head(rows, lambda head: ours.get(head) or _field_of(head, year))
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        return Lines(
            (), tuple(_whole(Reason("budget-column-missing", {"of_column": one})) for one in missing)
        )
    body = rows[place + 1 :]
    marks = {field: mark_of(_cells(body, columns.get(field))) for field in AMOUNTS}
    of_department = {fold(code): code for code in departments} | {
        fold(name): code for code, name in departments.items()
    }
    lines: list[Written] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, cells in body:
        row = _Row(number, cells, columns)
        if row.is_total:
            if not faults:  # else lines are missing already
                faults += _total_faults(row, lines, marks, decimals)
            continue
        line = _line(row, marks, decimals, of_department, seen)
        if line is not None:
            lines.append(line)
        faults += row.faults
    return Lines(tuple(lines), tuple(faults), unknown)


def read_month(
    rows: Sequence[Row], *, decimals: int, codes: Collection[str], heads: Mapping[str, str] = _NO_MORE
) -> Month:
    """Two columns: the code of a line, and what came in or went out on it. `codes`: the lines that there are; `heads`
    as above."""
    if len(rows) > MOST_LINES + HEADER_AMONG:
        return Month({}, (_whole(Reason("budget-too-many-lines", {"most": MOST_LINES})),))

    ours = {_bare(words): field for field, words in heads.items()}

    def field_of(head: str) -> str:
        if head in ours:
            return ours[head]
        return "amount" if head in _MONTH_AMOUNT else _FIELD_OF.get(head, "")

    place, columns, _unknown = _head(rows, field_of)
    missing = [field for field in ("code", "amount") if field not in columns]
    if missing:
        return Month(
            {}, tuple(_whole(Reason("budget-column-missing", {"of_column": one})) for one in missing)
        )
    body = rows[place + 1 :]
    mark = mark_of(_cells(body, columns["amount"]))
    known = {fold(code): code for code in codes}
    amounts: dict[str, Decimal] = {}
    faults: list[Fault] = []
    for number, cells in body:
        row = _Row(number, cells, columns)
        if row.is_total:
            continue
        told = row.words("code")
        code = known.get(fold(told))
        if not told:
            row.fault("code", Reason("budget-row-without-code"))
        elif code is None:
            row.fault("code", Reason("budget-no-such-line", {"code": told}))
        elif code in amounts:
            row.fault("code", Reason("budget-line-twice", {"code": code}))
        amount = row.amount("amount", mark, decimals)
        if code is not None and code not in amounts and amount is not None:
            amounts[code] = amount
        faults += row.faults
    return Month(amounts, tuple(faults))


# --- Heads ----------------------------------------------------------------------------------------------------------


def _whole(reason: Reason) -> Fault:
    return Fault(0, "", "", reason)


def _head(rows: Sequence[Row], field_of: Callable[[str], str]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The row that names most columns, each field's column, and the heads that mean nothing here."""
    best: tuple[int, dict[str, int], tuple[str, ...]] = (0, {}, ())
    for place, (_number, cells) in enumerate(rows[:HEADER_AMONG]):
        columns: dict[str, int] = {}
        unknown = []
        for column, cell in enumerate(cells):
            head = _bare(_shown(cell))
            field = field_of(head)
            if field and field not in columns:
                columns[field] = column
            elif head:
                unknown.append(_shown(cell))
        if len(columns) > len(best[1]):
            best = place, columns, tuple(unknown)
    return best


def _bare(head: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(head)))


def _field_of(head: str, year: int) -> str:
    if head in _FIELD_OF:
        return _FIELD_OF[head]
    words = head.split()
    told = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    if len(told) != 1 or not {word for word in words if not word.isdigit()} <= _OF_A_YEAR:
        return ""
    return {year: "proposed", year - 1: "current", year - 2: "last"}.get(told[0], "")


def _cells(rows: Iterable[Row], column: int | None) -> Iterator[Cell]:
    if column is not None:
        for _number, cells in rows:
            if column < len(cells):
                yield cells[column]


# --- Rows -----------------------------------------------------------------------------------------------------------


class _Row:
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
        return re.sub(r"^'(?=[=+\-@＝＋－＠'])", "", _shown(cell).strip())

    def amount(self, field: str, mark: str | None, decimals: int) -> Decimal | None:
        found = read(self.cell(field), decimals=decimals, mark=mark)
        if isinstance(found, Reason):
            self.fault(field, found)
            return None
        return found

    def fault(self, field: str, reason: Reason) -> None:
        self.faults.append(Fault(self.number, field, _shown(self.cell(field))[:80], reason))

    @property
    def is_total(self) -> bool:
        """A row that adds up others: it has no code, and says so."""
        if _shown(self.cell("code")).strip() and not fold(_shown(self.cell("code"))).startswith("total"):
            return False
        return any(isinstance(cell, str) and fold(cell).startswith("total") for cell in self.cells)


def _line(
    row: _Row,
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
        if field != "proposed" and _shown(row.cell(field)).strip() in _NOTHING
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


def _total_faults(
    row: _Row, lines: Sequence[Written], marks: Mapping[str, str | None], decimals: int
) -> Iterator[Fault]:
    """A total that is none of the sums above it: somewhere a unit was rounded away, or a line was left out.

    Totals that the spreadsheet calculates say nothing of their own.
    """
    for field in AMOUNTS:
        cell = row.cell(field)
        if isinstance(cell, dict) or _shown(cell).strip() in _NOTHING:
            continue
        told = read(cell, decimals=decimals, mark=marks[field], signed=True)
        sums = [
            sum((getattr(line, field) or Decimal(0) for line in lines if line.side in sides), Decimal(0))
            for sides in ((Side.INCOME,), (Side.EXPENSE,), tuple(Side))
        ]
        if isinstance(told, Reason):
            row.fault(field, told)
        elif told not in (*sums, sums[0] - sums[1], _sum_of_block(lines, field)):
            nearest = min(sums, key=lambda one: abs(one - told))
            row.fault(field, Reason("budget-total-differs", {"told": plain(told), "sum": plain(nearest)}))
    yield from row.faults


def _sum_of_block(lines: Sequence[Written], field: str) -> Decimal:
    """Of the lines of one department that stand directly above."""
    total = Decimal(0)
    for line in reversed(lines):
        if line.department != lines[-1].department:
            break
        total += getattr(line, field) or Decimal(0)
    return total


def _shown(cell: Cell) -> str:
    if isinstance(cell, dict):
        return next(iter(cell.values()), "")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# --- And back -------------------------------------------------------------------------------------------------------


def carried_out(lines: Iterable[Written]) -> list[list[str | Decimal | None]]:
    """Rows in the order of FIELDS, which `read_lines` reads as the same lines again."""
    return [
        [
            line.code,
            line.department,
            line.side,
            line.title,
            line.basis,
            line.last,
            line.current,
            line.proposed,
            "x" if line.is_contingency else "",
        ]
        for line in lines
    ]
