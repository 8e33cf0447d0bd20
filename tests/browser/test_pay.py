"""Equal pay in browsers: a scale is confirmed, a month computed, its ratio told to all; a slip is read by its owner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.pay.models import Slip
from tests import make, make_pay
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser

FIRST = "Number; Grade; Pay; Share; night\n5; A; 1.900,00; ; 380\n6; B; 2.280,00; ;"
CORRECTED = "Number; Grade; Pay\n5; A; 1900\n6; B; 2950"


@pytest.fixture
def plant(committed_db: str) -> make.Plant:
    """The bakery, where Lou keeps the budget; everybody has chosen the same PIN."""
    made = make_pay.plant()
    for member in made.people.values():
        make.account(member)
    return made


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_month_of_pay_from_the_scale_to_the_slip_that_only_its_owner_reads(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    lou = people("bakery", LAPTOP, script=script).signed_in(plant.lou)
    bo, eve, gus = (
        people("bakery", PHONE, script=script).signed_in(plant.people[name]) for name in ("bo", "eve", "gus")
    )

    # As the assembly adopted it: entered by one, it holds once another has compared it.
    lou.go("pay/").press("Enter a pay scale")
    lou.fill("Grades, one in each line", "A; Bakers; 1.900,00; Baker\nB; Fitters; 2.280,00")
    lou.fill("Supplements, one in each line", "night; Night shifts; night; 20 %")
    lou.fill("Adopted on", "2024-03-02").fill("Adopted by", "D GA 2024-3")
    lou.fill("Valid from", "2024-03-02").press("Enter it")
    assert lou.reads("Waits for a second person")
    bo.go().press("D GA 2024-3").press("I have compared it with the original; confirm")
    assert bo.reads("Confirmed. It holds from its day on.")
    assert bo.sideways() == 0
    eve.go("pay/")
    assert eve.reads("at most 20 % of the pay of the month")
    assert eve.reads("The highest pay is at most 1.50 times the lowest.")

    # The month is computed: 2,280 is 1.2 times 1,900, and with the nights of Eve both have the same.
    lou.go("pay/").press("Enter the pay of a month")
    lou.fill("Or typed, a line for each person", FIRST).press("Enter the month")
    assert lou.reads("2 people")
    row = lou.page.get_by_role("row").nth(1).inner_text().split()
    assert [word for word in row if word in ("1.20", "1.00", "1.50")] == ["1.20", "1.00", "1.50"]
    eve.go("pay/")
    assert eve.reads("the highest pay was 1.20 times the lowest; the ceiling is 1.50.")
    assert eve.sideways() == 0

    # Eve reads her slip, and nobody else has a page that shows it.
    eve.press("What I was paid")
    assert eve.reads("2,280.00 UC")
    assert eve.reads("380.00 UC")
    assert eve.sideways() == 0
    hers = Slip.objects.get(member=plant.eve)
    for who in (gus, lou):
        who.go("pay/mine/")
        assert who.reads("No slip yet")
        assert "380.00" not in who.page.content()
        for address in (f"pay/mine/{hers.pk}/", f"pay/slips/{hers.pk}/", f"pay/{plant.eve.number}/"):
            answer = who.page.goto(f"{who.site}/bakery/{address}")
            assert answer.status == 404, address

    # Entered again it says why; it lies above the ceiling, and whoever keeps the budget finds that on the first page.
    lou.go("pay/months/enter/").fill("Or typed, a line for each person", CORRECTED).press("Enter the month")
    assert lou.page.get_by_label("Or typed, a line for each person").input_value() == CORRECTED
    lou.fill("Why it is entered again", "Two slips were changed for each other").press("Enter the month")
    eve.go("pay/ratio/")
    assert eve.reads("1.56 : 1, above the ceiling")
    assert eve.reads("entered again: Two slips were changed for each other")
    assert eve.sideways() == 0
    lou.go()
    assert lou.reads("the highest pay was 1.56 times the lowest: above the ceiling of 1.50.")
    for who in (eve, bo):  # without an office, and with another one
        who.go()
        assert who.page.get_by_text("above the ceiling").count() == 0
