"""Two councils amend the budget on telephones, their amendments clash, and they agree on a common text; with JavaScript
and without.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from coop.budget.models import Amendment
from coop.decisions.models import Decision
from tests import make, make_amendments, make_budget
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.pages.budget.test_budget_round import now_open

pytestmark = pytest.mark.browser

# Who asks for what: each line, more or less, and the amount as one writes it in that department.
ASKED = {
    "fay": ("A warmer oven", [("E-RES", "less", "4.000,00"), ("gas", "more", "4.000,00")]),
    "gus": ("Bags that hold", [("What nobody", "less", "3,000.00"), ("E-BAG", "more", "3,000.00")]),
}


class Desk:
    """Somebody writing an amendment, line after line."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page

    def row(self, number: int, line: str, way: str, amount: str) -> None:
        self.page.get_by_label(f"Line {number}, its code or its name").fill(line)
        self.page.locator(f"#id_way-{number}").select_option(way)
        self.page.locator(f"#id_amount-{number}").fill(amount)

    def weighed(self, words: str, *, script: bool) -> None:
        """The script weighs while one writes; without it there is the button."""
        if not script:
            self.person.press("Check the balance")
        assert self.person.reads(words)
        assert self.person.sideways() == 0


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_two_councils_amend_clash_and_agree(
    committed_db: str, people: Callable[..., Person], script: bool
) -> None:
    plant = make_budget.plant()
    for member in plant.people.values():
        make.account(member)
    year = now_open(plant)
    councils = {
        name: make_amendments.council_that_decided(plant, f"C-{name.upper()}", plant.people[name])
        for name in ASKED
    }
    phones: dict[str, Person] = {}
    for name, (title, moves) in ASKED.items():
        phone = phones[name] = people("bakery", PHONE, script=script).signed_in(plant.people[name])
        phone.go("decisions/").press("The budget").press(f"Budget of {year.year}").press("Amend it")
        desk = Desk(phone)
        phone.fill("What it is for", title)
        desk.row(1, *moves[0])
        amount = "4,000" if name == "fay" else "3,000"
        desk.weighed(f"{amount} are left over: say where they go.", script=script)
        desk.row(2, *moves[1])
        desk.weighed("It balances: what it gives is what it takes.", script=script)
        phone.pick("In whose name?", councils[name].code)
        phone.press("Keep it as a draft")
        assert phone.reads("which only you see")
        assert phone.sideways() == 0
        phone.press("Hand it in").press("Name the decision")
        label = Decision.objects.get(body=councils[name]).label
        phone.page.get_by_label("The council's decision").select_option(index=1)
        phone.press("This is the decision")
        assert phone.reads(f"The council stands behind it by its decision {label}.")
    first, second = Amendment.objects.order_by("number")
    assert (first.state, second.state) == ("admitted", "admitted")
    assert {move.amount for move in second.moves.all()} == {Decimal(3_000), Decimal(-3_000)}

    # There is not enough for both, and each is told so with the other's name.
    for name, other in (
        ("fay", "A2 Bags that hold, Council C-GUS"),
        ("gus", "A1 A warmer oven, Council C-FAY"),
    ):
        phones[name].go(f"budget/amendments/{first.pk if name == 'fay' else second.pk}/")
        assert phones[name].reads("has not enough for all of A1 and A2: together 1,000 are missing.")
        assert phones[name].reads(other)
        assert phones[name].sideways() == 0

    # The commission tries both at its table.
    lou = people("bakery", LAPTOP, script=script).signed_in(plant.lou)
    lou.go(f"budget/{year.pk}/table/")
    for asked in (first, second):
        lou.page.locator(f"#a-{asked.pk}").check()
    if not script:
        lou.press("Apply them")
    assert lou.reads("This budget cannot stand")
    assert lou.reads("falls 1,000 under what has to stay there: A1 and A2.")
    lou.page.locator(f"#a-{second.pk}").uncheck()
    if not script:
        lou.press("Apply them")
    assert lou.reads("This budget can stand")

    # A common text, which begins with what both move; both agree, and it is voted before them.
    fay = phones["fay"].go(f"budget/amendments/{first.pk}/").press("Write a common text")
    assert fay.reads("It would stand for A1 and A2.")
    assert fay.page.locator("#id_amount-1").input_value() == "7000"
    fay.fill("What it is for", "Half for each")
    fay.page.locator("#id_amount-1").fill("6000")
    for number in (2, 3):
        fay.page.locator(f"#id_amount-{number}").fill("3000")
    fay.press("Keep it as a draft").press("Hand it in").press("Agree that it stands for A1")
    gus = phones["gus"].go()
    assert gus.reads("A common text")
    gus.press("Half for each").press("Agree that it stands for A2")
    assert gus.reads("to be voted")
    assert gus.sideways() == 0
    common = Amendment.objects.get(kind="common")
    assert common.state == "admitted"
    lou.go(f"budget/{year.pk}/order/")
    assert lou.reads("It is a common text: it comes before A1, for which it stands.")
    assert lou.page.locator("ol.clauses > li").first.inner_text().startswith("1")
    assert "A3 Half for each" in lou.page.locator("ol.clauses > li").first.inner_text()
