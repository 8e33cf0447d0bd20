"""Which column of a spreadsheet holds what, by the words above it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from coop.members.folding import fold

from ..money import Cell
from .written import Row

HEADER_AMONG = 15  # rows; a title and a date of printing may stand above
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
FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split(", ")}
_YEAR_WORDS = (
    "approved, proposed, budget, aprobado, presupuesto, propuesto, proposto, aprovado, orcamento, current"
)
_MONTH_WORDS = "amount, actual, spent, real, ejecutado, importe, monto, gasto, valor, realizado, executado"
_OF_A_YEAR, MONTH_AMOUNT = (set(words.split(", ")) for words in (_YEAR_WORDS, _MONTH_WORDS))
NO_MORE: Mapping[str, str] = {}


def heads_of(
    rows: Sequence[Row], field_of: Callable[[str], str]
) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The row that names most columns, each field's column, and the heads that mean nothing here."""
    best: tuple[int, dict[str, int], tuple[str, ...]] = (0, {}, ())
    for place, (_number, cells) in enumerate(rows[:HEADER_AMONG]):
        columns: dict[str, int] = {}
        unknown = []
        for column, cell in enumerate(cells):
            head = bare(shown(cell))
            field = field_of(head)
            if field and field not in columns:
                columns[field] = column
            elif head:
                unknown.append(shown(cell))
        if len(columns) > len(best[1]):
            best = place, columns, tuple(unknown)
    return best


def bare(head: str) -> str:
    """Folded, and without what is neither letter nor figure."""
    return " ".join(re.findall(r"[^\W_]+", fold(head)))


def field_of(head: str, year: int) -> str:
    """Which field of a line stands under a head, which may also say the year; empty for one that means nothing."""
    if head in FIELD_OF:
        return FIELD_OF[head]
    words = head.split()
    told = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    if len(told) != 1 or not {word for word in words if not word.isdigit()} <= _OF_A_YEAR:
        return ""
    return {year: "proposed", year - 1: "current", year - 2: "last"}.get(told[0], "")


def column_of(rows: Iterable[Row], column: int | None) -> Iterator[Cell]:
    """Every cell of a column, where there is one."""
    if column is not None:
        for _number, cells in rows:
            if column < len(cells):
                yield cells[column]


def shown(cell: Cell) -> str:
    """As the spreadsheet shows it."""
    if isinstance(cell, dict):
        return next(iter(cell.values()), "")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
