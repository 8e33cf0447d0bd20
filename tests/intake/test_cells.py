"""What single cells say: numbers and days exact, everything else a reason; and what goes out cannot calculate."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from coop.intake import cells, columns, writing
from coop.intake.choices import code_of
from coop.refusals import Reason

TODAY = datetime.date(2026, 11, 21)
DAYS = st.dates(datetime.date(1900, 3, 1), TODAY)
CELLS = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.builds(lambda text: {"f": text}, st.text(max_size=5)),
    st.builds(lambda text: {"d": text}, st.text(max_size=12)),
)


@pytest.mark.parametrize("typed", ["0012", "12.0", " 12 ", 12, 12.0, "12,00", "000000000012"])
def test_a_number_however_it_was_typed(typed: Any) -> None:
    assert cells.whole_number(typed) == 12


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        0,
        -1,
        "-1",
        1.5,
        "1.5",
        "12a",
        "1 2",
        "1.000",
        True,
        {"d": "2026-01-01"},
        2**31,
        "٣",
        "9" * 13,
    ],
)
def test_what_is_no_number(typed: Any) -> None:
    assert cells.whole_number(typed) == Reason("number-not-readable")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-01", "01/03/2026", "1/3/2026", "1.3.26", "01-03-2026", "1/3/26", {"d": "2026-03-01"}, 46082, 46082.0,
        "2026-03-01 00:00:00", "01/03/2026 00:00",
    ],
)  # fmt: skip
def test_a_day_however_it_was_typed(typed: Any) -> None:
    assert cells.day(typed, today=TODAY) == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("19 de octubre de 1970", "1970-10-19"),
        ("19 de Octubre del 1970", "1970-10-19"),
        ("19 octubre 1970", "1970-10-19"),
        ("3 de março de 1999", "1999-03-03"),
        ("1º de MARÇO de 1999", "1999-03-01"),
        ("1° de setiembre de 2004", "2004-09-01"),
        ("30-dez-1988", "1988-12-30"),
        ("5 March 2001", "2001-03-05"),
        ("5-mar-2001", "2001-03-05"),
        ("05/Mar/01", "2001-03-05"),
        ("5-ene-70", "1970-01-05"),
        ("5 sept. 2001", "2001-09-05"),
        ("22nd May, 1999", "1999-05-22"),
        ("March 5, 2001", "2001-03-05"),
        ("Aug 5th 2001", "2001-08-05"),
        ({"d": "5 de abril de 2001"}, "2001-04-05"),
    ],
)
def test_a_day_with_its_month_in_words(typed: Any, day: str) -> None:
    assert cells.day(typed, today=TODAY) == datetime.date.fromisoformat(day)


@given(st.dates(datetime.date(1902, 1, 1), TODAY), st.sampled_from(", ".join(cells._MONTHS).split(", ")))
def test_every_month_has_one_place(day: datetime.date, word: str) -> None:
    month = next(number for number, names in enumerate(cells._MONTHS, 1) if word in names.split(", "))
    for spelled in (word, word[:3], word.upper()):
        read = cells.day(f"{day.day % 28 + 1} de {spelled} de {day.year - 1}", today=TODAY)
        assert read == datetime.date(day.year - 1, month, day.day % 28 + 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2020", "date-not-readable"),
        ("mar 5", "date-not-readable"),
        ("5 de marzo", "date-not-readable"),
        ("31 de febrero de 2020", "date-not-readable"),
        ("5 marz 2001", "date-not-readable"),
        ("mar 2001", "date-not-readable"),
        ("5 5 2001", "date-not-readable"),
        ("3 de março de 2126", "date-too-late"),
        ("12/31/2020", "date-not-readable"),
        ("yesterday", "date-not-readable"),
        ("44621", "date-not-readable"),
        (1.5, "date-not-readable"),
        (5, "date-not-readable"),
        (True, "date-not-readable"),
        ({"d": "0001-01-01"}, "date-too-early"),
        ("1899-12-31", "date-too-early"),
        ("2126-03-01", "date-too-late"),
        ("2027-11-22", "date-too-late"),
        (109_574, "date-too-late"),
    ],
)
def test_what_is_no_day(typed: Any, code: str) -> None:
    found = cells.day(typed, today=TODAY)
    assert isinstance(found, Reason)
    assert found.code == code


def test_two_digits_of_a_year_are_of_this_century_up_to_next_year() -> None:
    read = [cells.day(f"1/1/{year}", today=TODAY) for year in ("26", "27", "28", "00", "99")]
    assert [day.year for day in read if isinstance(day, datetime.date)] == [2026, 2027, 1928, 2000, 1999]


@given(DAYS)
def test_every_spelling_of_a_day_is_that_day(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    for typed in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        serial,
        {"d": day.isoformat()},
    ):
        assert cells.day(typed, today=TODAY) == day


@given(CELLS)
def test_any_cell_is_a_value_or_a_reason(cell: Any) -> None:
    assert isinstance(cells.day(cell, today=TODAY), datetime.date | Reason)
    assert isinstance(cells.whole_number(cell), int | Reason)
    assert isinstance(cells.words(cell), str)
    cells.fault_in(cell, text_file=True)


@pytest.mark.parametrize(
    ("cell", "text_file", "code"),
    [
        ({"f": "=A1"}, False, "cell-holds-a-formula"),
        ("=A1", True, "cell-holds-a-formula"),
        ("＝A1", True, "cell-holds-a-formula"),
        ({"e": "#N/A"}, False, "cell-holds-an-error"),
        ("=A1", False, None),
        ("'=A1", True, None),
    ],
)
def test_formulas_are_told(cell: Any, text_file: bool, code: str | None) -> None:
    fault = cells.fault_in(cell, text_file=text_file)
    assert (fault and fault.code) == code


# --- Columns -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("Nº", "number"), ("N° de socio", "number"), ("LEGAJO", "number"), ("Matrícula", "number"), ("Nro.", "number"),
        ("Apellido y Nombre", "name"), ("Sobrenome", "surname"), ("Fecha de\nnacimiento", "born"),
        ("Data nasc.", "born"),
        ("Fec. Ingreso", "joined"), ("Setor", "department"), ("Sección", "department"), ("Turno", "crew"),
        ("Condición", "kind"), ("Situação", "status"), ("Teléfono", "phone"), ("Función", "job"),
        ("Email", None), ("", None), ("Talle de camisa", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(typed: str, field: str | None) -> None:
    assert [*columns.known_columns((1, [typed]))] == ([field] if field else [])


def test_every_name_of_a_column_is_folded_and_belongs_to_one() -> None:
    names = [word for words in columns._NAMES.values() for word in words.split(", ")]
    assert [word for word in names if columns.folded(word) != word] == []
    assert sorted(word for word in set(names) if names.count(word) > 1) == []
    assert {*columns._NAMES} == {*columns.FIELDS}


@pytest.mark.parametrize(
    ("row", "passed_over"),
    [
        (["SECTOR NUEVO"] * 5, True),
        (["Turno 2"] * 5, True),
        (["SECTOR NUEVO"], True),
        (["", "", "", "OVN"], True),  # what a cell merged downwards leaves
        (["Total", 120], True),
        (["TOTAL:", "", {"f": "=COUNTA(B2:B9)"}], True),
        (["", "Total general", "", "120"], True),
        (["Totales socios", "120", "x"], True),
        ([120, "Total"], False),
        ([120, "Soma", "", "OVN"], False),
        (["", "Suma", "120"], True),
        (["120", "120", "120"], False),
        (["", "Rosa"], False),
        (["7x"], False),
        (["7x", "Rosa"], False),
        (["", "Rosa", {"d": "2021-01-01"}], False),
        (["", "", {"d": "2021-01-01"}], False),
        ([{"f": "=A1"}], False),
    ],
)
def test_a_title_or_a_sum_is_no_person(row: list[Any], passed_over: bool) -> None:
    mapping = {"number": 0, "name": 1, "joined": 2, "department": 3}
    assert columns.without_person([(7, row)], mapping) == ([7] if passed_over else [])
    assert columns.without_person([(7, row)], {"name": 1}) == []


@pytest.mark.parametrize(
    ("row", "passed_over"),
    [
        (["Total", 120, 7.5], True),
        (["Total", 120, {"d": "2021-01-01"}, "=x"], False),
        (["Total Paz", 120], False),
        (["Soma", 120], False),
        (["Soma", 120, "OVN"], False),
    ],
)
def test_a_sum_below_the_numbers(row: list[Any], passed_over: bool) -> None:
    assert columns.without_person([(7, row)], {"name": 0, "number": 1}) == ([7] if passed_over else [])


def test_words_of_fixed_choices() -> None:
    assert code_of("status", "Licencia por Maternidad") == "parental_leave"
    assert code_of("kind", "SOCIA") == "member"
    assert code_of("contact", "WhatsApp") == "app"
    assert code_of("language", "Castellano") == "es"
    assert code_of("kind", "μέλος", {"μελοσ": "member"}) == "member"
    assert code_of("kind", "pirate") is None


# --- What goes out -----------------------------------------------------------------------------------------------

DANGEROUS = (
    "=1+1",
    "+54 9",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "'=1",
    '=HYPERLINK("x")',
)


@pytest.mark.parametrize("typed", DANGEROUS)
def test_nothing_that_goes_out_calculates(typed: str) -> None:
    row = [7, typed, datetime.date(2020, 3, 2), None]
    text = writing.as_csv(["No", "Name", "Born", "Job"], [row]).decode("utf-8-sig")
    told = [*csv.reader(io.StringIO(text), delimiter=";")][1]
    assert told[1].startswith("'")
    assert [told[0], told[2], told[3]] == ["7", "2020-03-02", ""]
    sheet = load_workbook(io.BytesIO(writing.as_xlsx("People", ["No", typed], [row]))).active
    assert sheet is not None
    assert {cell.data_type for line in sheet for cell in line} <= {"s", "n", "d"}
    assert sheet["A2"].value == 7
    assert sheet["B2"].value.startswith("'")
    assert sheet["C2"].value == datetime.datetime(2020, 3, 2)


@given(st.text(max_size=12))
def test_the_apostrophe_is_taken_off_again(typed: str) -> None:
    out = writing.harmless(typed)
    assert not out.startswith(writing._CALCULATES)
    plain = " ".join(out.split())
    once = writing.harmless(cells.words(plain))
    assert writing.harmless(cells.words(once)) == once
