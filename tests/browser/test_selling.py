"""A sale under list on a telephone: its reason, the bell at the second, and the open book."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.production.models import Sale, SaleSlip
from tests import make, make_selling
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(committed_db: str) -> make.Plant:
    """The bakery with a treasurer and a loaf at list price; everybody has chosen the same PIN."""
    made = make_selling.plant()
    make_selling.priced(made)
    for member in made.people.values():
        make.account(member)
    return made


@pytest.mark.parametrize("script", [True, False])
def test_a_sale_under_list_rings_at_the_second_and_stands_in_the_book_with_its_reason(
    shop: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    gus = people("bakery", PHONE, script=script).signed_in(shop.gus)
    bo = people("bakery", LAPTOP, script=script).signed_in(shop.bo)
    gus.go("sales/").press("Write down a sale")
    gus.pick("Product", "LOAF · Bread loaf (kg)").choose("anybody, at the market price")
    gus.fill("Name of the buyer", "Shop of the port").fill("How many units", "60")
    gus.fill("Price of one unit", "100").press("Sign first")
    assert gus.reads("The list says 104. Say why it is sold for less.")
    assert SaleSlip.objects.count() == 0
    gus.fill("Why it is sold under list", "Sixty at once").press("Sign first")
    assert gus.reads("Waits for a second signature")
    assert gus.sideways() == 0
    bo.go()
    assert bo.reads("Sale under list")
    bo.press("Shop of the port: 60 kg · Bread loaf")
    bo.press("I have read the reason; sign as the second")
    assert bo.reads("Signed by two")
    sale = Sale.objects.get()
    assert (sale.signed_by, sale.second_by, sale.reason) == (shop.gus, shop.bo, "Sixty at once")
    gus.go("sales/")
    assert gus.reads(sale.label)
    assert gus.reads("instead of 104.00 UC: Sixty at once")
    assert gus.reads("given by peer prices")
    assert gus.sideways() == 0
