"""Drawing up a budget on its pages: a line by hand, a list out of a file seen before it counts, ceilings; bad input."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from coop.budget import actions as budget
from coop.budget.drafts import mark, written
from coop.budget.models import Ceiling, Line, Year
from coop.journal.models import Entry
from coop.members.models import Department, Member
from tests import make, make_budget
from tests.make_budget import at

pytestmark = pytest.mark.django_db

HEAD = "Code;Department;Kind;Title;Basis;Last year;Current year;Proposed;Contingency"
FLOUR = "E-FLR;OVN;expense;Flour;60 t at 900;50000;1.200,50;1.234,56;"
BREAD = "I-BRD;Ovens;income;Bread sold;;;;1234,56;"
WHOLE = f"{HEAD}\n{FLOUR}\n{BREAD}\n"


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def empty(plant: make.Plant) -> Year:
    return budget.begin(cooperative=plant.cooperative, year=at().year + 1, by=plant.kim, at=at())


def address(name: str, year: Year, *more: Any) -> str:
    return reverse(name, args=["bakery", year.pk, *more])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def a_line(**more: str) -> dict[str, str]:
    typed = {"code": "E-GAS", "title": "Gas", "department": "OVN", "side": "expense", "proposed": "1.234,56"}
    return {**typed, "last": "", "current": "", "basis": "", **more}


def looked_at(client: Client, year: Year, lines: str = WHOLE, **more: Any) -> Any:
    return client.post(address("budget-lines-enter", year), {"lines": lines, "do": "look", **more})


def entered(client: Client, year: Year, lines: str = WHOLE, **more: Any) -> Any:
    return client.post(address("budget-lines-enter", year), {"lines": lines, "do": "enter", **more})


# --- By hand ----------------------------------------------------------------------------------------------------------


def test_a_line_is_written_changed_and_taken_out(plant: make.Plant, empty: Year) -> None:
    kim = as_(plant.kim)
    answer = kim.post(address("budget-draw-up", empty), a_line(current="1,200.5", basis="30 t"))
    assert answer.headers["Location"] == address("budget-draw-up", empty)
    line = Line.objects.get()
    assert (line.code, line.proposed, line.current, line.last) == (
        "E-GAS",
        Decimal("1234.56"),
        Decimal("1200.5"),
        None,
    )
    html = kim.get(address("budget-draw-up", empty)).content.decode()
    assert "1,234.56 more go out than come in." in html
    change = address("budget-line-change", empty, "E-GAS")
    form = kim.get(change).context["form"]
    again = {name: form[name].value() or "" for name in form.fields if name != "is_contingency"}
    assert (again["proposed"], again["current"]) == ("1234.56", "1200.5")
    assert kim.post(change, {**again, "code": "E-GS2", "proposed": "0"}).status_code == 302
    assert Line.objects.get().code == "E-GS2"
    stale = kim.post(address("budget-line-change", empty, "E-GS2"), {**again, "code": "E-GS2"})
    assert stale.status_code == 409
    assert "were changed meanwhile" in stale.content.decode()
    assert Line.objects.get().proposed == 0
    assert kim.post(address("budget-line-change", empty, "E-GS2"), {"do": "take-out"}).status_code == 302
    assert not Line.objects.exists()
    verbs = list(
        Entry.objects.filter(verb__startswith="budget-line-")
        .order_by("sequence")
        .values_list("verb", flat=True)
    )
    assert verbs == ["budget-line-written", "budget-line-written", "budget-line-taken-out"]
    journal = kim.get(reverse("journal", args=["bakery"])).content.decode()
    assert "took the line E-GS2 out of B" in journal


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"proposed": "1.234"}, 422, "This can be read as 1234 or as 1.234"),
        ({"proposed": "=A1"}, 422, "This is a formula"),
        ({"proposed": "-5"}, 422, "-5 is below zero"),
        ({"proposed": "0,005"}, 422, "more decimals than our money"),
        ({"proposed": ""}, 422, "This field is required."),
        ({"last": "many"}, 422, "This is not an amount of money."),
        ({"department": "XXX"}, 422, "Choose one of those that stand here."),
        ({"side": ""}, 422, "This field is required."),
        ({"code": "E" * 21}, 422, "at most 20"),
        ({"code": "i-brd"}, 409, "The line I-BRD stands here twice."),
        ({"side": "income", "is_contingency": "on"}, 409, "is one of expense"),
    ],
)
def test_a_bad_line_is_told_at_its_field_and_kept(
    plant: make.Plant, empty: Year, more: dict[str, str], status: int, words: str
) -> None:
    kim = as_(plant.kim)
    kim.post(address("budget-draw-up", empty), a_line(code="I-BRD", side="income", title="Bread"))
    answer = kim.post(address("budget-draw-up", empty), a_line(title="Gas of the ovens", **more))
    html = answer.content.decode()
    assert (answer.status_code, Line.objects.count()) == (status, 1)
    assert words in html
    assert 'value="Gas of the ovens"' in html


def test_lines_of_a_published_budget_stay(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    kim = as_(plant.kim)
    before = mark(year)
    html = kim.get(address("budget-draw-up", year)).content.decode()
    assert "is published: its lines stay as they are" in html
    posts = {
        address("budget-draw-up", year): a_line(code="E-NEW"),
        address("budget-line-change", year, "E-GAS"): {"do": "take-out"},
        address("budget-lines-enter", year): {"lines": WHOLE, "do": "enter"},
        address("budget-ceilings", year): {f"d{Department.objects.get(code='OVN').pk}": "5"},
    }
    for where, typed in posts.items():
        answer = kim.post(where, typed)
        assert answer.status_code == 409, where
        assert "is published: its lines stay as they are" in answer.content.decode()
    assert (mark(year), Ceiling.objects.count()) == (before, 0)


# --- Out of a file ----------------------------------------------------------------------------------------------------


def test_a_list_is_seen_before_it_counts(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    kim = as_(plant.kim)
    answer = looked_at(kim, year)
    html = answer.content.decode()
    assert (answer.status_code, year.lines.count()) == (200, 6)
    for words in (
        "Lines: 2. New: 0. Changed: 2. Taken out: 4.",
        "E-GAS Gas: 30,000",
        "before: 60,000",
        "It balances: what comes in goes out.",
        "Nothing is stored yet.",
    ):
        assert words in html
    form = answer.context["form"]
    done = entered(kim, year, form["lines"].value(), seen=form["seen"].value())
    assert done.headers["Location"] == address("budget-draw-up", year)
    flour = year.lines.get(code="E-FLR")
    assert (flour.proposed, flour.current, flour.last) == (
        Decimal("1234.56"),
        Decimal("1200.5"),
        Decimal(50_000),
    )
    assert year.lines.count() == 2


def test_what_changed_since_it_was_seen_is_not_written_over(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    kim = as_(plant.kim)
    form = looked_at(kim, year).context["form"]
    budget.take_line_out(year=year, code="E-GAS", by=plant.kim, at=at())
    answer = entered(kim, year, form["lines"].value(), seen=form["seen"].value())
    assert (answer.status_code, year.lines.count()) == (409, 5)
    assert "were changed meanwhile" in answer.content.decode()


def test_a_workbook_is_read_as_it_is_typed(plant: make.Plant, empty: Year) -> None:
    book = Workbook()
    for row in (
        ["Budget of the bakery"],
        [],
        ["Partida", "Sección", "Tipo", "Concepto", "Importe"],
        ["E-1", "ovens", "egreso", "Harina", 1234.56],
        ["I-1", "OVN", "ingreso", "Pan; y más", 1234.56],
        ["", "", "", "Total", 1234.56],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    kim = as_(plant.kim)
    answer = looked_at(kim, empty, lines="", file=SimpleUploadedFile("b.xlsx", out.getvalue()))
    assert answer.status_code == 200
    assert entered(kim, empty, answer.context["form"]["lines"].value()).status_code == 302
    assert [(one.code, one.title, one.proposed) for one in written(empty)] == [
        ("I-1", "Pan; y más", Decimal("1234.56")),
        ("E-1", "Harina", Decimal("1234.56")),
    ]


def bad(**cells: str) -> str:
    row = {"code": "E-1", "department": "OVN", "side": "expense", "title": "Flour", "amount": "1000", **cells}
    return f"Code;Department;Kind;Title;Proposed\nI-1;OVN;income;Bread;1000\n{';'.join(row.values())}\n"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (bad(amount="1.234"), "Line 3, Proposed: This can be read as 1234 or as 1.234"),
        (bad(amount="=SUM(E2)"), "Line 3, Proposed: This is a formula: put in the amount that it gives."),
        (bad(amount="10,0051"), "10.0051 has more decimals than our money (2), and nothing is rounded here."),
        (bad(amount="lots"), "Line 3, Proposed: This is not an amount of money. It says: lots"),
        (bad(amount=""), "Line 3, Proposed: There is no amount."),
        (bad(amount="-1", side="income"), "Line 3, Proposed: -1 is below zero; a line of the budget never is."),
        (bad(code=" i-1 "), "Line 3, Code: The line i-1 stands here twice."),
        (bad(code=""), "Line 3, Code: This row has no code of a line."),
        (bad(department="Moon"), "Line 3, Department: There is no department Moon."),
        (bad(side="gift"), "Line 3, Kind: The line E-1 is neither income nor expense."),
        (bad() + ";;;Total;2001\n", "This says 2001, and the lines above it come to 2000"),
        ("Code;Title\nE-1;Flour\n", "No column is named: Department."),
        ("", "Give a file, or type the lines."),
        ("\x00\ufffd", "did not arrive whole"),
        ("Code;Department;Kind;Title;Proposed\n" + "\n".join(f"E-{n};OVN;expense;T;1" for n in range(5_016)),
         "A budget has at most 5000 lines."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("do", ["look", "enter"])
def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_stored(
    plant: make.Plant, empty: Year, lines: str, words: str, do: str
) -> None:
    entries = Entry.objects.count()
    answer = as_(plant.kim).post(address("budget-lines-enter", empty), {"lines": lines, "do": do})
    html = answer.content.decode().replace("&#x27;", "'")
    assert (answer.status_code, Line.objects.count(), Entry.objects.count()) == (422, 0, entries)
    assert words in html
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_bad_file_says_is_mended_in_the_box_under_its_own_numbers(
    plant: make.Plant, empty: Year
) -> None:
    content = "\n\n" + bad(amount="many").replace("\nE-1", "\n\n\nE-1")
    kim = as_(plant.kim)
    answer = looked_at(kim, empty, lines="", file=SimpleUploadedFile("b.csv", content.encode()))
    assert "Line 7, Proposed: This is not an amount of money." in answer.content.decode()
    box = answer.context["form"]["lines"].value()
    assert box.splitlines()[6] == "E-1;OVN;expense;Flour;many"
    assert looked_at(kim, empty, box.replace("many", "1000")).status_code == 200


def test_a_sheet_of_a_hundred_thousand_rows_is_refused_before_it_is_read(
    plant: make.Plant, empty: Year
) -> None:
    rows = ["Code;Department;Kind;Title;Proposed", *(f"E-{n};OVN;expense;T;1" for n in range(100_000))]
    file = SimpleUploadedFile("b.csv", "\n".join(rows).encode())
    answer = looked_at(as_(plant.kim), empty, lines="", file=file)
    assert (answer.status_code, Line.objects.count()) == (422, 0)
    assert "20000" in answer.content.decode()


def test_files_that_are_none_are_refused(plant: make.Plant, empty: Year) -> None:
    for content in (b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"\xff\xfe\x00", b"%PDF-1.4"):
        file = SimpleUploadedFile("b.xlsx", content)
        assert looked_at(as_(plant.kim), empty, lines="", file=file).status_code == 422


def test_a_list_to_fill_in_reads_back_as_the_same_lines(plant: make.Plant) -> None:
    year = make_budget.draft(plant, make_budget.written(basis='\'=1; "so"', last=Decimal("1.5")))
    kim, before = as_(plant.kim), mark(year)
    content = kim.get(address("budget-lines-list", year)).content.decode("utf-8-sig")
    assert entered(kim, year, content).status_code == 302
    assert mark(year) == before


def test_an_empty_list_has_the_lines_of_the_year_before(plant: make.Plant) -> None:
    make_budget.opened(plant)
    empty = budget.begin(cooperative=plant.cooperative, year=at().year + 2, by=plant.kim, at=at())
    content = as_(plant.kim).get(address("budget-lines-list", empty)).content.decode("utf-8-sig")
    assert content.splitlines()[0] == HEAD
    assert "E-FLR;OVN;expense;Flour;;;;;" in content.splitlines()
    assert "E-RES;PAC;expense;What nobody foresaw;;;;;x" in content.splitlines()


def test_the_list_after_an_adopted_year_has_its_amounts_beside(plant: make.Plant) -> None:
    lines = make_budget.written(current=Decimal("0.5"))
    make_budget.adopted(plant, lines)
    empty = budget.begin(cooperative=plant.cooperative, year=at().year + 2, by=plant.kim, at=at())
    content = as_(plant.kim).get(address("budget-lines-list", empty)).content.decode("utf-8-sig")
    assert "E-FLR;OVN;expense;Flour;;0.5;60000;;" in content.splitlines()


# --- Ceilings, and who may --------------------------------------------------------------------------------------------


def test_ceilings_are_set_for_all_departments_at_once(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    ovens, packing = (Department.objects.get(code=code) for code in ("OVN", "PAC"))
    kim, where = as_(plant.kim), address("budget-ceilings", year)
    assert "Its lines come to 90,000 now." in kim.get(where).content.decode()
    assert kim.post(where, {f"d{ovens.pk}": "95.000,00", f"d{packing.pk}": ""}).status_code == 302
    assert list(Ceiling.objects.values_list("department__code", "amount")) == [("OVN", 95_000)]
    answer = kim.post(where, {f"d{ovens.pk}": "1.234", f"d{packing.pk}": "7"})
    assert (answer.status_code, Ceiling.objects.count()) == (422, 1)
    assert 'value="1.234"' in answer.content.decode()
    lines = Entry.objects.filter(verb="budget-ceiling-set").count()
    assert kim.post(where, {f"d{ovens.pk}": "95000"}).status_code == 302
    assert Entry.objects.filter(verb="budget-ceiling-set").count() == lines


def test_a_ceiling_is_taken_back_and_never_one_that_another_has_just_set(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    ovens, packing = (Department.objects.get(code=code) for code in ("OVN", "PAC"))
    kim, where = as_(plant.kim), address("budget-ceilings", year)
    assert kim.post(where, {f"d{ovens.pk}": "5", f"d{packing.pk}": "7"}).status_code == 302
    seen = kim.get(where).context["form"]["seen"].value()
    assert kim.post(where, {f"d{ovens.pk}": "", f"d{packing.pk}": "7", "seen": seen}).status_code == 302
    assert list(Ceiling.objects.values_list("department__code", "amount")) == [("PAC", 7)]
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.verb, entry.facts["department"]) == ("budget-ceiling-taken-back", "OVN")
    old = kim.post(where, {f"d{ovens.pk}": "6", f"d{packing.pk}": "", "seen": seen})
    assert (old.status_code, Ceiling.objects.get().amount) == (422, 7)
    assert "Somebody has changed the ceilings meanwhile." in old.content.decode()
    assert kim.post(where, {f"d{ovens.pk}": "6"}).status_code == 302  # a box that was not sent is not emptied
    assert Ceiling.objects.count() == 2


def test_only_who_keeps_the_budget_draws_it_up(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    for name, more in (
        ("budget-draw-up", ()),
        ("budget-lines-enter", ()),
        ("budget-lines-list", ()),
        ("budget-ceilings", ()),
        ("budget-line-change", ("E-GAS",)),
    ):
        assert as_(plant.kim).get(address(name, year, *more)).status_code == 200
        assert as_(plant.lou).get(address(name, year, *more)).status_code == 404
    assert as_(plant.kim).get(address("budget-line-change", year, "E-NO")).status_code == 404


def test_a_code_may_hold_what_an_address_parts(plant: make.Plant, empty: Year) -> None:
    kim = as_(plant.kim)
    for code in ("6/1", "a?b#c", "50 %", "enter"):
        assert kim.post(address("budget-draw-up", empty), a_line(code=code)).status_code == 302
        assert kim.get(address("budget-line-change", empty, code)).status_code == 200


def test_it_asks_as_much_for_three_hundred_lines_as_for_one(plant: make.Plant) -> None:
    rows = [("E-0", "OVN", "expense", "Thing", 1)]
    small = make_budget.draft(plant, make_budget.written(rows))
    rows = [(f"E-{number}", "OVN", "expense", "Thing", 1) for number in range(300)]
    large = make_budget.draft(plant, make_budget.written(rows), ahead=2)
    kim = as_(plant.kim)

    def asked(call: Callable[[], Any]) -> int:
        call()
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code == 200
        return len(queries)

    for name in ("budget-draw-up", "budget-lines-enter", "budget-lines-list", "budget-ceilings"):
        few, many = (
            asked(lambda year=year, name=name: kim.get(address(name, year))) for year in (small, large)
        )
        assert few == many, name
    few, many = (asked(lambda year=year: looked_at(kim, year)) for year in (small, large))
    assert few == many
