"""A spreadsheet of lines: read to the unit, or told at the cell what is wrong; carried out so that it comes back."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from coop.budget.reading import FIELDS, MOST_LINES, Written, carried_out, read_lines, read_month
from coop.intake.sheets import read
from coop.intake.writing import as_csv, as_xlsx
from tests.budget.demo_round import told

HEAD = ["Code", "Department", "Kind", "Title", "Basis", "Last", "Current", "Proposed", "Contingency"]
FLOUR = ["E-1", "OVN", "expense", "Flour", "60 t", "", "900", "1000", ""]
BREAD = ["I-1", "OVN", "income", "Bread", "", "", "", "1000", ""]
DEPARTMENTS = {"OVN": "Ovens", "PAC": "Packing"}


def lines_of(rows: list[list[Any]], **more: Any) -> Any:
    facts = {"year": 2027, "decimals": 2, "departments": DEPARTMENTS} | more
    return read_lines(list(enumerate(rows, 1)), **facts)


def told_of(found: Any) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.field, fault.reason.code) for fault in found.faults]


def test_lines_are_read() -> None:
    found = lines_of([["Budget of the bakery"], [], HEAD, FLOUR, BREAD])
    assert found.faults == ()
    assert found.lines == (
        Written("E-1", "OVN", "expense", "Flour", Decimal(1000), basis="60 t", current=Decimal(900)),
        Written("I-1", "OVN", "income", "Bread", Decimal(1000)),
    )


def test_heads_in_other_words_and_with_years() -> None:
    head = [
        "Partida",
        "Sección",
        "Tipo",
        "Concepto",
        "Presupuesto 2025",
        "Aprobado 2026",
        "2027",
        "Imprevistos",
        "Obs",
    ]
    found = lines_of([head, ["E-9", "packing", "Egreso", "Bolsas", "1", "2", "3", "sí", "?"]])
    assert found.lines == (
        Written(
            "E-9",
            "PAC",
            "expense",
            "Bolsas",
            Decimal(3),
            last=Decimal(1),
            current=Decimal(2),
            is_contingency=True,
        ),
    )
    assert found.unknown == ("Obs",)


def test_the_heads_of_our_own_files_come_back_in_any_language() -> None:
    told = ["Κωδικός", "Τμήμα", "Είδος", "Τίτλος", "Βάση", "Πέρυσι (α)", "Φέτος", "Πρόταση", "Απρόβλεπτα"]
    ours = dict(zip(FIELDS, told, strict=True))
    assert [line.code for line in lines_of([told, FLOUR, BREAD], heads=ours).lines] == ["E-1", "I-1"]
    assert lines_of([told, FLOUR]).lines == ()
    rows = list(enumerate([["Κωδικός", "Ποσό"], ["E-1", "5"]], 1))
    found = read_month(rows, decimals=2, codes=["E-1"], heads={**ours, "amount": "Ποσό"})
    assert found.amounts == {"E-1": Decimal(5)}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({7: "1.234"}, "proposed", "amount-reads-two-ways"),
        ({7: "=A1"}, "proposed", "amount-is-a-formula"),
        ({7: {"f": "=A1"}}, "proposed", "amount-is-a-formula"),
        ({7: {"e": "#REF!"}}, "proposed", "amount-not-readable"),
        ({7: "-5"}, "proposed", "amount-negative"),
        ({7: 10.005}, "proposed", "amount-hides-a-part"),
        ({7: ""}, "proposed", "amount-missing"),
        ({6: "abc"}, "current", "amount-not-readable"),
        ({1: "MOON"}, "department", "budget-department-unknown"),
        ({2: "both"}, "side", "budget-side-unknown"),
        ({0: ""}, "code", "budget-row-without-code"),
        ({0: "E-1"}, "code", "budget-line-twice"),
        ({0: " e-1 "}, "code", "budget-line-twice"),
        ({3: ""}, "title", "budget-line-without-head"),
        ({0: "X" * 21}, "code", "budget-line-too-long"),
        ({3: {"f": "=A1"}}, "title", "amount-is-a-formula"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(changes: dict[int, Any], field: str, code: str) -> None:
    row: list[Any] = [*BREAD]
    for column, cell in changes.items():
        row[column] = cell
    found = lines_of([HEAD, FLOUR, row])
    assert (3, field, code) in told_of(found)
    assert [line.code for line in found.lines] == ["E-1"]


def test_the_column_settles_what_one_cell_leaves_open() -> None:
    commas = lines_of([HEAD, [*FLOUR[:7], "1.234", ""], [*BREAD[:7], "1.234,50", ""]])
    assert [line.proposed for line in commas.lines] == [Decimal(1234), Decimal("1234.5")]
    both = lines_of([HEAD, [*FLOUR[:7], "1,234.50", ""], [*BREAD[:7], "1.234,50", ""]])
    assert [line.proposed for line in both.lines] == [Decimal("1234.5")] * 2


@pytest.mark.parametrize(
    ("total", "faults"),
    [
        ("1000", []),
        ("2000", []),
        ("0", []),
        ({"f": "=SUM(H2:H3)"}, []),
        ("1001", ["budget-total-differs"]),
        ("x", ["amount-not-readable"]),
    ],
)
def test_a_total_has_to_be_one(total: Any, faults: list[str]) -> None:
    found = lines_of([HEAD, FLOUR, BREAD, ["", "", "", "Total", "", "", "", total, ""]])
    assert [fault.reason.code for fault in found.faults] == faults
    assert len(found.lines) == 2


def test_a_file_without_the_columns_and_one_that_never_ends() -> None:
    assert [fault.reason.params["of_column"] for fault in lines_of([["Name"], ["x"]]).faults] == [
        "code", "department", "side", "proposed",
    ]  # fmt: skip
    assert lines_of([]).faults[0].reason.code == "budget-column-missing"
    rows = [(number, [*FLOUR]) for number in range(100_000)]
    found = read_lines(rows, year=2027, decimals=2, departments=DEPARTMENTS)
    assert (found.lines, [fault.reason.code for fault in found.faults]) == ((), ["budget-too-many-lines"])
    assert len(rows) > MOST_LINES


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=6), st.floats(), st.integers(), st.booleans()), max_size=9),
        max_size=6,
    )
)
def test_nothing_that_stands_in_cells_breaks_it(rows: list[list[Any]]) -> None:
    for line in lines_of([HEAD, *rows]).lines:
        assert line.proposed >= 0
    read_month(list(enumerate([["Code", "Amount"], *rows], 1)), decimals=2, codes={"E-1"})


def test_a_month() -> None:
    rows = [
        ["Cuenta", "Importe"],
        ["E-1", "1.234,50"],
        ["E-2", "7"],
        ["E-1", "8"],
        ["X", "9"],
        ["Total", "0"],
        ["", "1"],
    ]
    found = read_month(list(enumerate(rows, 1)), decimals=2, codes={"E-1", "E-2"})
    assert found.amounts == {"E-1": Decimal("1234.5"), "E-2": 7}
    assert told_of(found) == [
        (4, "code", "budget-line-twice"), (5, "code", "budget-no-such-line"), (7, "code", "budget-row-without-code"),
    ]  # fmt: skip


def demo_lines() -> list[Written]:
    return [
        Written(
            one["code"], one["dept"], one["kind"], one["title"], Decimal(one["proposed_2027"]),
            basis=one["basis"], current=Decimal(one["approved_2026"]), is_contingency=one["code"] == "E-COM-06",
        )
        for one in told()["lines"]
    ]  # fmt: skip


@pytest.mark.parametrize("carry", [as_csv, lambda heads, rows: as_xlsx("Budget", heads, rows)])
def test_what_is_carried_out_comes_back_the_same(carry: Any) -> None:
    lines = [
        *demo_lines(),
        Written("=1", "ADM", "income", "+1", Decimal("0.50"), basis="@x", last=Decimal("1.25")),
    ]
    content = carry([*FIELDS], carried_out(lines))
    (table,) = read(content)
    departments = {line.department: line.department for line in lines}
    found = read_lines(table.rows, year=2027, decimals=2, departments=departments)
    assert found.faults == ()
    assert found.lines == tuple(lines)


def test_the_same_lines_are_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from openpyxl.writer import excel

    rows = carried_out(demo_lines())
    first = as_xlsx("Budget 2027", [*FIELDS], rows)

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Later:
            return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    monkeypatch.setattr(excel.datetime, "datetime", Later)
    assert as_xlsx("Budget 2027", [*FIELDS], rows) == first
    book = load_workbook(io.BytesIO(first))
    assert [cell.value for cell in book.active[2]][:4] == [
        "I-CST-01",
        "CST",
        "income",
        "Foundry alloys and billets, open market",
    ]
    assert book.active["H2"].value == 27_270_000
