"""Which column holds what: told from the words above it, in English, Spanish and Portuguese. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coop.members.folding import fold
from coop.refusals import Reason

from .cells import shown, whole_number
from .sheets import Cell, Row, Table

# The order is that of the list on the page, and of the export.
FIELDS = (
    "number", "name", "surname", "born", "joined", "department", "crew", "kind", "status", "until", "reason", "job",
    "phone", "contact", "language",
)  # fmt: skip
HEADER_AMONG = 15  # rows; titles and dates of printing may stand above

_NAMES: dict[str, str] = {
    "number": (
        "number, no, nr, num, member number, member no, membership number, numero, nro, n, "
        "legajo, matricula, socio, n socio, no socio, nro socio, numero de socio, n de socio, no "
        "de socio, nro de socio, numero socio, legajo no, legajo n, n legajo, no legajo, nro "
        "legajo, nro de legajo, numero de legajo, registro, numero de socia, numero de matricula, "
        "socio n, socio no, id"
    ),
    "name": (
        "name, full name, names, first name, first names, given name, nombre, nombres, nombre "
        "completo, nombre y apellido, nombres y apellidos, nombre y apellidos, apellido y nombre, "
        "apellidos y nombres, apellido y nombres, apellidos y nombre, nome, nomes, nome completo, "
        "primer nombre, asociado, trabajador"
    ),
    "surname": (
        "surname, last name, family name, apellido, apellidos, primer apellido, sobrenome, "
        "sobrenomes, apelido"
    ),
    "born": (
        "born, born on, birth, birth date, birthdate, date of birth, dob, birthday, nacimiento, "
        "fecha de nacimiento, fecha nacimiento, fecha nac, fec nac, f nac, f nacimiento, f de "
        "nacimiento, nacido, nascimento, data de nascimento, data nascimento, data nasc, dt nasc"
    ),
    "joined": (
        "joined, joined on, date joined, member since, since, admission, admission date, entry, "
        "entry date, start date, ingreso, fecha de ingreso, fecha ingreso, fec ingreso, f "
        "ingreso, f de ingreso, alta, fecha de alta, fecha alta, desde, antiguedad, admissao, "
        "data de admissao, ingresso, data de ingresso, entrada, data de entrada"
    ),
    "department": (
        "department, dept, dep, section, sector, seccion, area, departamento, depto, setor, "
        "secao, area de trabajo, lugar de trabajo, taller"
    ),
    "crew": "crew, team, shift, group, turno, cuadrilla, equipo, grupo, equipe, turma",
    "kind": (
        "kind, type, category, tipo, categoria, condicion, vinculo, tipo de socio, clase, condicao, relation"
    ),
    "status": "status, state, standing, estado, situacion, situacao, situacion actual",
    "until": (
        "until, expected until, ends, ends on, end date, contract until, end of contract, hasta, "
        "fin de contrato, fecha fin, fecha de fin, vencimiento, vence, ate, fim do contrato, data "
        "fim, termino, fin"
    ),
    "reason": "reason, motive, reason for hiring, motivo, motivo de contratacion, razon, razao",
    "job": (
        "job, position, post, occupation, trade, role, puesto, puesto de trabajo, cargo, funcion, "
        "funcao, tarea, ocupacion, ocupacao, oficio, posto"
    ),
    "phone": (
        "phone, telephone, tel, mobile, cell, cell phone, cellphone, phone number, telefono, "
        "telefonos, nro de telefono, celular, movil, telefone, telemovel, whatsapp"
    ),
    "contact": "contact, reached by, contacto, contato, medio de contacto",
    "language": "language, idioma, lengua, lingua",
}
# What stands before a sum. The last ones are also names, so they count only where no number of a person stands.
_TOTALS = {"total", "totals", "totales", "totais", "subtotal", "subtotals", "subtotales", "subtotais"}
_SUMS = _TOTALS | {"suma", "soma", "sum"}
_ELSEWHERE = {"email", "e mail", "mail", "correo", "correo electronico", "e mails", "emails", "correo e"}
FIELD_OF = {word: field for field, words in _NAMES.items() for word in words.split(", ")}


def folded(words: str) -> str:
    """The words above a column without accents, case and signs.

    >>> folded("  Fecha de\\nNAC. "), folded("Nº"), folded("N° legajo")
    ('fecha de nac', 'no', 'n legajo')
    """
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(words)).split())


def known_columns(row: Row) -> dict[str, int]:
    """Field to place (from 0) of what is recognised in a row; of two columns of one name the first counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row[1]):
        field = FIELD_OF.get(folded(shown(cell))) if isinstance(cell, str) else None
        if field and field not in found:
            found[field] = place
    return found


def header_of(table: Table) -> int:
    """The place of the row that names the columns, among the first ones: where most is recognised."""
    best, most = 0, 1
    for place, row in enumerate(table.rows[:HEADER_AMONG]):
        found = known_columns(row)
        if len(found) > most and ("number" in found or "name" in found):
            best, most = place, len(found)
    if most > 1:
        return best
    wide = [
        place for place, row in enumerate(table.rows[:HEADER_AMONG]) if sum(cell != "" for cell in row[1]) > 1
    ]
    return wide[0] if wide else 0


def sheet_of(tables: list[Table]) -> int:
    """The first sheet with a header that can be recognised; else the first."""
    for place, table in enumerate(tables):
        if any(len(known_columns(row)) > 2 for row in table.rows[:HEADER_AMONG]):
            return place
    return 0


def heads(table: Table, header: int) -> list[str]:
    """What stands above each column, as it was typed."""
    width = max((len(cells) for _number, cells in table.rows[header : header + 500]), default=0)
    cells = table.rows[header][1] if table.rows else []
    return [shown(cells[place]) if place < len(cells) else "" for place in range(width)]


def any_row(tables: Sequence[Table]) -> bool:
    """Whether any sheet has, below the names of its columns, a row of more than one cell."""
    return any(
        sum(cell != "" for cell in cells) > 1
        for table in tables
        for _number, cells in table.rows[header_of(table) + 1 :]
    )


def without_person(rows: list[Row], mapping: Mapping[str, int]) -> list[int]:
    """The numbers of the rows that are a title across the sheet, or a sum, and no person.

    Nothing is passed over while nobody has said which column holds the number. A row that says anything else of
    somebody and lacks the number is a row with an error.
    """
    if "number" not in mapping:
        return []
    return [line for line, cells in rows if _without_person(cells, mapping)]


def _without_person(cells: list[Cell], mapping: Mapping[str, int]) -> bool:
    filled = {place: cell for place, cell in enumerate(cells) if cell != ""}
    if not filled:
        return False
    place, first = next(iter(filled.items()))
    begins = folded(shown(first)) if isinstance(first, str) else ""
    if not isinstance(whole_number(filled.get(mapping["number"], "")), Reason):
        # A sum may stand in the column of the number: it is one where everything beside the word is a number.
        return begins in _TOTALS and all(map(_counts, [*filled.values()][1:]))
    if begins in _SUMS or begins.split(" ")[0] in _TOTALS:
        return True
    if not begins or any(cell != first for cell in filled.values()):
        return False
    # One cell alone may be a number that was mistyped, or the name of somebody whose number was forgotten.
    of_somebody = {mapping.get(field) for field in ("name", "surname")}
    return len(filled) > 1 or not (begins[0].isdigit() or place in of_somebody)


def _counts(cell: Cell) -> bool:
    return isinstance(cell, int | float) or not isinstance(whole_number(cell), Reason)


def is_mail(words: str) -> bool:
    """Whether a column holds addresses of e-mail: they are not kept here, whoever hands them in."""
    return folded(words) in _ELSEWHERE


def sound(mapping: Mapping[str, object], width: int) -> dict[str, int]:
    """The mapping with everything left out that is no field or no column of the table."""
    return {
        field: place
        for field, place in mapping.items()
        if field in FIELDS and isinstance(place, int) and 0 <= place < width
    }
