"""A budget taken along, followed line by line, and watched while it runs: files, months, movements, what is left."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.budget import actions as budget
from coop.budget.drafts import written
from coop.budget.models import Actual, Movement, Year
from coop.budget.reading import read_lines
from coop.intake.sheets import read
from coop.members.models import Department, Member
from coop.pages.budget.read import lines_as_text
from tests import make, make_budget
from tests.make_budget import CHAIR, admitted, at, voted

pytestmark = pytest.mark.django_db

MONTH = "Code;Amount\nE-GAS;2.500,50\nI-BRD;9000\n"


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    """Of this year, and running."""
    return make_budget.running(plant, adopted(plant))


def adopted(plant: make.Plant, rows: Any = make_budget.LINES, ahead: int = 0) -> Year:
    """By default of the year that is now."""
    ahead += make.now().year - at().year
    year = make_budget.put(plant, make_budget.opened(plant, make_budget.written(rows), ahead=ahead))
    return budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))


def address(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def page(who: Member, name: str, *keys: Any) -> str:
    answer = as_(who).get(address(name, *keys))
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


# --- Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_reads_back_as_the_same_lines(plant: make.Plant, form: str) -> None:
    rows = [
        *make_budget.LINES,
        ("=E/1", "OVN", "expense", '\'=SUM(A1); "x"', 0),
        ("＝2", "OVN", "income", "－5", 0),
    ]
    lines = make_budget.written(rows, basis="60 t at 900", current=Decimal("1234.5"), last=Decimal("0.25"))
    year = make_budget.opened(plant, lines)
    answer = as_(plant.lou).get(address(f"budget-{form}", year.pk))
    assert f'filename="B_{year.year}.{form}"' in answer.headers["Content-Disposition"]
    departments = dict(Department.objects.filter(cooperative=plant.cooperative).values_list("code", "name"))
    found = read_lines(read(answer.content)[0].rows, year=year.year, decimals=2, departments=departments)
    assert found.faults == ()
    assert list(found.lines) == written(year)
    assert found.unknown == ("As it stands", "Adopted", "Came in or went out")


def test_an_amount_of_three_decimals_is_not_read_as_a_thousand() -> None:
    lines = make_budget.written(last=Decimal("1.234"), current=Decimal("0.5"))
    rows = read(lines_as_text(lines).encode())[0].rows
    found = read_lines(rows, year=2027, decimals=3, departments={"OVN": "", "PAC": ""})
    assert (found.faults, list(found.lines)) == ((), lines)


def test_an_adopted_budget_goes_out_with_what_was_adopted_and_spent(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    make_budget.put(plant, year)
    voted(more)
    year = budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    content = as_(plant.lou).get(address("budget-csv", year.pk)).content.decode("utf-8-sig")
    assert "E-GAS;OVN;expense;Gas;;;;30000;;30500;30500;0" in content.splitlines()
    paper = as_(plant.lou).get(address("budget-printed", year.pk))
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


# --- A line -----------------------------------------------------------------------------------------------------------


def test_a_line_is_followed_over_the_years(plant: make.Plant) -> None:
    first = make_budget.opened(plant, make_budget.written(last=Decimal(7), current=Decimal(8)))
    more = admitted(plant, first, {"E-GAS": 500, "E-BAG": -500}, title="A warmer oven")
    admitted(plant, first, {"E-FLR": 300, "E-BAG": -300}, title="Better flour")
    make_budget.put(plant, first)
    voted(more)
    voted(first.amendments.get(title="Better flour"), carried=False)
    first = budget.adopt(year=first, decision="D GA 2026-10", by=CHAIR, at=at(60))
    budget.move_money(
        source=first.lines.get(code="E-BAG"),
        target=first.lines.get(code="E-GAS"),
        amount=Decimal(1_000),
        decision=make_budget.on_record(plant),
        reasons="The second oven.",
        by=plant.kim,
        at=at(70),
    )
    first = make_budget.running(plant, first)
    for amount in (2_000, 2_100):
        budget.enter_month(
            year=first, month=1, amounts={"E-GAS": Decimal(amount)}, source=f"Ledger {amount}", by=plant.kim,
            at=make_budget.in_year(first, 2),
        )  # fmt: skip
    second = make_budget.opened(plant, ahead=2)
    html = page(plant.lou, "budget-line", first.pk, "E-GAS")
    for words in (
        "A warmer oven", "500 from “Bags” to “Gas”", "asked for by Eve", "31,500", "1,000 from “Bags” (E-BAG)",
        "The second oven.", "2,100", "before that it said 2,000, from Ledger 2000", f"B {second.year}",
        f"<th role=\"rowheader\" scope=\"row\">{first.year - 2}</th>",
    ):  # fmt: skip
        assert words in html, words
    assert "Better flour" not in html
    assert as_(plant.lou).get(address("budget-line", first.pk, "E-NO")).status_code == 404


def test_a_draft_is_not_seen_through_its_lines(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    draft = make_budget.draft(plant, ahead=2)
    assert draft.label in page(plant.kim, "budget-line", year.pk, "E-GAS")
    assert draft.label not in page(plant.lou, "budget-line", year.pk, "E-GAS")
    for name in (
        "budget-xlsx",
        "budget-csv",
        "budget-printed",
        "budget-watched",
        "budget-months",
        "budget-movements",
    ):
        assert as_(plant.lou).get(address(name, draft.pk)).status_code == 404
    assert as_(plant.lou).get(address("budget-line", draft.pk, "E-GAS")).status_code == 404


def test_a_question_begins_with_what_it_is_about(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    client = as_(plant.lou)
    answer = client.get(address("budget-line", year.pk, "E-GAS"))
    answer = client.get(answer.context["ask"])
    assert answer.status_code == 200
    assert f"{year.label} E-GAS Gas: </textarea>" in answer.content.decode()
    assert "Ask about this budget" in page(plant.lou, "budget", year.pk)


# --- The year that runs -----------------------------------------------------------------------------------------------


def month(**more: Any) -> dict[str, Any]:
    return {"month": "1", "source": "Ledger, page 4", "lines": MONTH, "do": "enter", **more}


def test_a_month_is_seen_entered_and_corrected(plant: make.Plant, year: Year) -> None:
    kim, where = as_(plant.kim), address("budget-month-enter", year.pk)
    seen = kim.post(where, month(do="look"))
    html = seen.content.decode()
    assert (seen.status_code, Actual.objects.count()) == (200, 0)
    assert "2,500.50" in html
    assert "No figure for:" in html
    form = seen.context["form"]
    again = {name: form[name].value() for name in ("month", "source", "lines")}
    assert kim.post(where, {**again, "do": "enter"}).headers["Location"] == address("budget-months", year.pk)
    assert list(Actual.objects.order_by("line__code").values_list("line__code", "amount", "source")) == [
        ("E-GAS", Decimal("2500.5"), "Ledger, page 4"), ("I-BRD", Decimal(9000), "Ledger, page 4"),
    ]  # fmt: skip
    assert (
        "before: 2,500.50"
        in kim.post(where, month(do="look", lines="Code;Amount\nE-GAS;2600\n")).content.decode()
    )
    kim.post(where, month(source="Ledger, page 5", lines="Code;Amount\nE-GAS;2600\n"))
    assert list(Actual.objects.filter(line__code="E-GAS").order_by("revision").values_list("revision", "amount")) == [
        (1, Decimal("2500.5")), (2, Decimal(2600)),
    ]  # fmt: skip
    html = page(plant.lou, "budget-months", year.pk)
    for words in (
        "9,000",
        "2,600",
        "2 figures from “Ledger, page 4”",
        "One figure from “Ledger, page 5”",
        "corrected: 1",
    ):
        assert words in html, words


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        (
            {"lines": "Code;Amount\nE-GAS;1.234\n"},
            422,
            "Line 2, Amount: This can be read as 1234 or as 1.234",
        ),
        ({"lines": "Code;Amount\nE-GAS;=A1\n"}, 422, "Line 2, Amount: This is a formula"),
        ({"lines": "Code;Amount\nE-GAS;-3\n"}, 422, "Line 2, Amount: -3 is below zero"),
        ({"lines": "Code;Amount\nE-GAS;\n"}, 422, "Line 2, Amount: There is no amount."),
        ({"lines": "Code;Amount\nE-NO;3\n"}, 422, "Line 2, Code: This budget has no line E-NO."),
        (
            {"lines": "Code;Amount\nE-GAS;1\ne-gas;1\n"},
            422,
            "Line 3, Code: The line E-GAS stands here twice.",
        ),
        ({"lines": "Code\nE-GAS\n"}, 422, "No column is named: Amount."),
        ({"lines": ""}, 422, "Give a file, or type the lines."),
        ({"lines": "Code;Amount\n"}, 409, "There is no figure."),
        ({"month": "13"}, 422, "Choose one of those"),
        ({"month": "x"}, 422, "Choose one of those"),
        ({"source": ""}, 422, "This field is required."),
    ],
)
def test_a_bad_month_is_told_and_nothing_is_stored(
    plant: make.Plant, year: Year, more: dict[str, str], status: int, words: str
) -> None:
    answer = as_(plant.kim).post(address("budget-month-enter", year.pk), month(**more))
    html = answer.content.decode().replace("&#x27;", "'")
    assert (answer.status_code, Actual.objects.count()) == (status, 0)
    assert words in html
    if "source" not in more:
        assert "Ledger, page 4" in html


def test_a_month_of_a_year_that_does_not_run_is_refused(plant: make.Plant) -> None:
    later = adopted(plant, ahead=1)
    kim = as_(plant.kim)
    assert "is not the budget of a year that runs" in page(plant.kim, "budget-month-enter", later.pk)
    answer = kim.post(address("budget-month-enter", later.pk), month())
    assert (answer.status_code, Actual.objects.count()) == (409, 0)


def test_a_file_of_a_month_is_read_and_its_list_can_be_filled_in(plant: make.Plant, year: Year) -> None:
    kim = as_(plant.kim)
    content = kim.get(address("budget-month-list", year.pk)).content.decode("utf-8-sig")
    assert content.splitlines()[:2] == ["Code;Title;Amount", "I-BRD;Bread sold;"]
    file = SimpleUploadedFile("january.csv", content.replace(";\r\n", ";12,50\r\n").encode())
    seen = kim.post(address("budget-month-enter", year.pk), month(do="look", lines="", file=file))
    assert seen.status_code == 200
    form = seen.context["form"]
    kim.post(address("budget-month-enter", year.pk), month(lines=form["lines"].value()))
    assert set(Actual.objects.values_list("amount", flat=True)) == {Decimal("12.5")}
    assert Actual.objects.count() == 6


def test_the_year_is_watched_against_its_plan(plant: make.Plant, year: Year) -> None:
    def enter(number: int, **amounts: int) -> None:
        budget.enter_month(
            year=year,
            month=number,
            amounts={code.replace("_", "-"): Decimal(amount) for code, amount in amounts.items()},
            source="Ledger",
            by=plant.kim,
            at=make_budget.in_year(year, 12),
        )

    enter(1, E_GAS=5_501, E_FLR=11_000, E_BAG=20_001, I_BRD=8_000, I_CAK=0)
    enter(2, E_GAS=0, I_BRD=0, I_CAK=1_333)
    answer = as_(plant.lou).get(address("budget-watched", year.pk))
    html = answer.content.decode()
    off = {row.line.code: row.alarm for row in answer.context["off"]}
    assert off == {"E-BAG": "over the plan of the whole year", "I-CAK": "income is late"}
    assert "2 months are entered" in html
    assert "5,501" in html
    assert "36,502 of 120,000" in html
    enter(2, E_GAS=2_500)
    off = {row.line.code for row in as_(plant.lou).get(address("budget-watched", year.pk)).context["off"]}
    assert off == {"E-BAG", "E-GAS", "I-CAK"}  # 8,001 of 30,000: two months have 5,000, and a tenth is 3,000


def test_before_it_is_adopted_nothing_is_compared(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    assert "Nothing is compared yet" in page(plant.lou, "budget-watched", year.pk)
    assert "No month yet" in page(plant.lou, "budget-months", year.pk)
    assert "Nothing has been moved" in page(plant.lou, "budget-movements", year.pk)


def test_after_it_is_turned_down_the_lines_of_the_year_before_go_on(plant: make.Plant, year: Year) -> None:
    ahead = make.now().year - at().year + 1
    next_year = make_budget.put(plant, make_budget.opened(plant, ahead=ahead))
    budget.reject(year=next_year, decision="D GA 2026-11", by=CHAIR, at=at(61))
    html = page(plant.lou, "budget-watched", next_year.pk)
    assert '<span class="figure__number">90' in html
    assert "2,500" in html  # a twelfth of the gas
    assert "5,000" in html  # and of the flour
    assert "What goes on, and how long" in page(plant.lou, "budget", next_year.pk)


# --- Movements, and what is left --------------------------------------------------------------------------------------


def test_money_moves_by_a_decision_on_record_alone(plant: make.Plant, year: Year) -> None:
    label = make_budget.on_record(plant)
    kim, where = as_(plant.kim), address("budget-move", year.pk)
    told = {
        "source": "E-BAG",
        "target": "E-GAS",
        "amount": "1.500,50",
        "decision": label,
        "reasons": "The oven.",
    }
    for more, status, words in (
        ({"decision": "D GA 2019-77"}, 409, "No decision that the assembly carried begins with this number"),
        ({"decision": "they said so"}, 409, "they said so"),
        ({"decision": ""}, 422, "This field is required."),
        ({"amount": "20.001,00"}, 409, "has 20,000 that can still be moved"),
        ({"amount": "0"}, 409, "Nothing is moved"),
        ({"amount": "1.500"}, 422, "This can be read as 1500 or as 1.500"),
        ({"target": "I-BRD"}, 422, "Choose one of those"),
        ({"target": "E-BAG"}, 409, "Money moves to another line"),
        ({"reasons": " "}, 422, "This field is required."),
    ):
        answer = kim.post(where, {**told, **more})
        assert (answer.status_code, Movement.objects.count()) == (status, 0), more
        assert words in answer.content.decode(), more
        if "reasons" not in more:
            assert "The oven." in answer.content.decode()
    assert kim.post(where, told).headers["Location"] == address("budget-movements", year.pk)
    html = page(plant.lou, "budget-movements", year.pk)
    for words in (label, "The oven.", "1,500.50 from “Bags” to “Gas”"):
        assert words in html
    paper = as_(plant.lou).get(address("budget-movements-printed", year.pk))
    assert paper.content[:5] == b"%PDF-"
    assert "<b>31,500.50</b>" in page(plant.lou, "budget", year.pk)


def test_money_of_a_budget_that_is_not_adopted_stays(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    told = {
        "source": "E-BAG",
        "target": "E-GAS",
        "amount": "1",
        "decision": make_budget.on_record(plant),
        "reasons": "x",
    }
    answer = as_(plant.kim).post(address("budget-move", year.pk), told)
    assert (answer.status_code, Movement.objects.count()) == (409, 0)
    assert "is not the budget of a year that runs" in answer.content.decode()


def test_what_could_not_be_met_comes_back(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    admitted(plant, year, {"E-GAS": 500, "E-BAG": -500}, title="A warmer oven")
    make_budget.put(plant, year)
    voted(year.amendments.get(), carried=False)
    assert "Nothing is left over" in page(plant.lou, "budget-unmet")
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    assert address("budget-unmet") in page(plant.lou, "budgets")
    html = page(plant.lou, "budget-unmet")
    for words in ("A warmer oven", "500, asked for by Eve", "Ovens", "waits for the next budget"):
        assert words in html
    later = budget.begin(cooperative=plant.cooperative, year=year.year + 1, by=plant.kim, at=at(70))
    html = page(plant.lou, "budget-unmet")
    assert f"came back in {later.label}" in html
    assert address("budget", later.pk) not in html  # the draft is whoever keeps it alone
    assert address("budget", later.pk) in page(plant.kim, "budget-unmet")


def test_only_who_keeps_the_budget_enters(plant: make.Plant, year: Year) -> None:
    for name in ("budget-month-enter", "budget-month-list", "budget-move"):
        assert as_(plant.kim).get(address(name, year.pk)).status_code == 200
        assert as_(plant.lou).get(address(name, year.pk)).status_code == 404
        assert as_(plant.lou).post(address(name, year.pk)).status_code in (404, 405)


def test_a_budget_is_told_plainly(plant: make.Plant) -> None:
    rows = [
        *make_budget.LINES[:5],
        *((f"E-{place}", "PAC", "expense", f"Box {place}", 1_000) for place in range(9)),
    ]
    rows = [
        *rows,
        ("E-RES", "PAC", "expense", "What nobody foresaw", 4_000),
        ("E-0Z", "PAC", "expense", "Ink", 0),
    ]
    rows[0] = ("I-BRD", "OVN", "income", "Bread sold", 103_000)
    year = make_budget.opened(plant, make_budget.written(rows))
    more = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500}, title="A warmer oven")
    make_budget.put(plant, year)
    assert "No amendment has been carried." in page(plant.lou, "budget-plainly", year.pk)
    voted(more)
    answer = as_(plant.lou).get(address("budget-plainly", year.pk))
    told = [(one.words, one.amount, one.of_hundred) for one in answer.context["goes"]]
    assert told[:3] == [
        ("Flour", "60,000", "49 of 100"),
        ("Gas", "30,500", "25 of 100"),
        ("Bags", "19,500", "16 of 100"),
    ]
    assert told[-1] == ("4 more lines", "3,000", "2 of 100")
    assert [one.words for one in answer.context["places"]] == ["Ovens", "Packing"]
    assert [one.length for one in answer.context["comes"]] == ["83.7%", "16.3%"]
    html = answer.content.decode()
    for words in ("A warmer oven", "500 from “Bags” to “Gas”", "asked for by Eve", "D GA 2026-9"):
        assert words in html


def test_it_asks_as_much_for_three_hundred_lines_as_for_six(plant: make.Plant) -> None:
    more = [*make_budget.LINES, *((f"E-{number}", "OVN", "expense", "Thing", 0) for number in range(300))]
    decision = make_budget.on_record(plant)
    small = make_budget.running(plant, adopted(plant))
    large = make_budget.running(plant, adopted(plant, more, ahead=1))
    for year, many in ((small, 1), (large, 30)):
        codes = [line.code for line in year.lines.all()]
        for number in range(1, 3):
            when = make_budget.in_year(large, 12)
            amounts = dict.fromkeys(codes, Decimal(number))
            budget.enter_month(year=year, month=number, amounts=amounts, source="L", by=plant.kim, at=when)
        for _turn in range(many):
            budget.move_money(
                source=year.lines.get(code="E-BAG"), target=year.lines.get(code="E-GAS"), amount=Decimal(1),
                decision=decision, reasons="x", by=plant.kim, at=at(70),
            )  # fmt: skip
    kim = as_(plant.kim)

    def asked(call: Callable[[], Any]) -> int:
        call()
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code == 200
        return len(queries)

    names = (
        "budget", "budget-plainly", "budget-xlsx", "budget-csv", "budget-printed", "budget-watched", "budget-months",
        "budget-month-enter", "budget-month-list", "budget-movements", "budget-movements-printed", "budget-move",
    )  # fmt: skip
    for name in names:
        few, many = (
            asked(lambda year=year, name=name: kim.get(address(name, year.pk))) for year in (small, large)
        )
        assert few == many, name
    few, many = (
        asked(lambda year=year: kim.get(address("budget-line", year.pk, "E-GAS"))) for year in (small, large)
    )
    assert few == many
