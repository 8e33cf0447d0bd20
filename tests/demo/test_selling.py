"""Plan and output of the demonstration's products, as its file has them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coop.demo.timeline import World
from coop.production.models import Product
from coop.production.planned import years_of

pytestmark = pytest.mark.django_db


def test_nine_months_of_five_products_stand_beside_the_plan_of_the_book(world: World) -> None:
    products = Product.objects.filter(cooperative=world.cooperative)
    assert products.count() == 19
    told = {one.product.code: one for one in years_of(products, world.files.today.year)}
    ingots = told["ING"]
    assert [one.made for one in ingots.told] == [402, 388, 415, 421, 407, 396, 381, 412, 424]
    assert {one.target for one in ingots.months} == {Decimal(420)}
    assert (ingots.percent_of_plan, ingots.percent_of_capacity) == (96, 64)
    assert [code for code, one in told.items() if one.told] == ["ANO", "BIL", "ING", "PRF", "SLB"]
