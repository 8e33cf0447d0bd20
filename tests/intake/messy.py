"""A workbook as an office keeps it for years: titles on top, merged cells, two sheets, every spelling of a day."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass

from openpyxl import Workbook

FIRST = (
    "Ángela",
    "Núñez",
    "José",
    "María de los Ángeles",
    "Ítalo",
    "Ñusta",
    "Zoë",
    "João",
    "Conceição",
    "D'Angelo",
)
LAST = (
    "Pérez",
    "Güemes",
    "O’Higgins",
    "da Silva",
    "Muñoz",
    "Ibáñez",
    "Quiroga",
    "Ávila",
    "Söderberg",
    "Agüero",
)
HEADS = (
    "N° Legajo", "Apellido", "Nombre", "Fecha de\nNacimiento", "Ingreso", "Sector", "Turno", "Condición", "Situación",
    "Puesto", "Teléfono", "E-mail",
)  # fmt: skip
FOUNDED = datetime.date(2020, 3, 2)


@dataclass(frozen=True)
class Person:
    """What the workbook means to say of somebody, in plain words."""

    number: int
    name: str
    born: datetime.date
    joined: datetime.date
    department: str
    crew: str


def messy_people(
    count: int,
    *,
    first: int = 101,
    departments: tuple[str, ...] = ("OVN", "PAC"),
    crews: tuple[str, ...] = ("A", "B"),
) -> list[Person]:
    """`departments` and `crews` are codes; people of one department stand together."""
    return [
        Person(
            number=first + place,
            name=f"{FIRST[place % 10]} {LAST[place // 10 % 10]}{f' {place // 100}' if place >= 100 else ''}",
            born=datetime.date(1960, 1, 1) + datetime.timedelta(days=place * 97 % 14_000),
            joined=FOUNDED + datetime.timedelta(days=place * 13 % 2_000),
            department=departments[place * len(departments) // count],
            crew=crews[place % len(crews)],
        )
        for place in range(count)
    ]


def messy_workbook(count: int = 120, **more: object) -> bytes:
    """XLSX of `messy_people(count)`: the second of its two sheets holds them, below two lines of title."""
    people = messy_people(count, **more)  # type: ignore[arg-type]
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notas"
    notes.append(["Planilla de la oficina, no borrar"])
    sheet = book.create_sheet("Nómina 2026")
    sheet["A1"] = "COOPERATIVA DE TRABAJO — NÓMINA"
    sheet.merge_cells("A1:L1")
    sheet["A2"] = "impresa el"
    sheet["B2"] = datetime.date(2026, 11, 2)
    sheet.append([])
    sheet.append(HEADS)
    for place, one in enumerate(people):
        surname = (
            one.name.split(" ", 1)[1]
            if not one.name.startswith("María")
            else one.name.rsplit("Ángeles ", 1)[1]
        )
        sheet.append(
            [
                _number(one.number, place),
                f" {surname}",
                one.name[: -len(surname)].strip() + ("\u200b" if place % 9 == 0 else "  "),
                _day(one.born, place),
                _day(one.joined, place + 2),
                one.department if place == 0 or people[place - 1].department != one.department else None,
                one.crew.lower() if place % 2 else f"  {one.crew}",
                ("Socio", "socia", "ASOCIADO", None)[place % 4],
                ("Activo", None, "activa")[place % 3],
                "Hornero" if place % 5 else None,
                f"+54 9 341 {place:07}" if place % 3 else 3_410_000_000 + place,
                f"p{place}@example.org",
            ]
        )
    begins = 0
    for place in range(1, len(people) + 1):
        if place == len(people) or people[place].department != people[begins].department:
            if place - begins > 1:
                sheet.merge_cells(start_row=begins + 5, end_row=place + 4, start_column=6, end_column=6)
            begins = place
    sheet.append([])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(number: int, place: int) -> object:
    return (number, f"{number:05}", f"{number}.0", f" {number} ", float(number))[place % 5]


def _day(day: datetime.date, place: int) -> object:
    serial = (day - datetime.date(1899, 12, 30)).days
    spelled = (day, f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", serial, f"{day.day}.{day.month}.{day:%y}")
    return spelled[place % 5]
