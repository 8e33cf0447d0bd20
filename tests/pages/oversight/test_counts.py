"""Counts on pages: typed, refused line by line with everything kept, signed on the front page, printed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.oversight.models import CountSheet
from tests import make, make_oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def test_cash_is_typed_filed_and_signed(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.dee)
    day = plant.cooperative.day_of(make.now()).isoformat()
    typed = {
        "title": "Cash box of the canteen",
        "counted_on": day,
        "witness": str(plant.eve.number),
        "lines": "1.000 x 12\nten\n0,50 x 7",
        "book": "12.010,00",
    }
    answer = client.post("/bakery/counts/cash/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: Write the worth, an x, and how many" in page
    assert "0,50 x 7" in page
    assert CountSheet.objects.count() == 0
    assert client.post("/bakery/counts/cash/", typed | {"lines": "1.000 x 12\n0,50 x 7"}).status_code == 302
    sheet = CountSheet.objects.get()
    eve = make.sign_in(Client(), plant.eve)
    assert "A count to sign" in eve.get("/bakery/").content.decode()
    page = eve.get(f"/bakery/counts/{sheet.pk}/").content.decode()
    assert "Counted: 12,003.50 UC. The book says 12,010.00 UC. That is 6.50 UC too little." in page
    answer = eve.post(f"/bakery/counts/{sheet.pk}/sign/", {"agrees": "no", "says": ""})
    assert answer.status_code == 409
    assert "Say what is not right." in answer.content.decode()
    assert eve.post(f"/bakery/counts/{sheet.pk}/sign/", {"agrees": "yes"}).status_code == 302
    assert "A count to sign" not in eve.get("/bakery/").content.decode()
    for address in (f"counts/{sheet.pk}/printed/", "counts/cash/printed/", "counts/stock/printed/"):
        assert eve.get(f"/bakery/{address}").content.startswith(b"%PDF")


def test_stock_says_the_difference_of_each_thing(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.dee)
    typed = {
        "title": "Store",
        "counted_on": plant.cooperative.day_of(make.now()).isoformat(),
        "witness": str(plant.eve.number),
        "lines": "Flour; kg; 1200; 1187,5\nBags; pieces; 400; 400",
    }
    assert client.post("/bakery/counts/stock/", typed).status_code == 302
    page = client.get(f"/bakery/counts/{CountSheet.objects.get().pk}/").content.decode()
    assert "12.5 kg too little" in page
    assert "exactly what the book says" in page


def test_the_list_asks_the_same_of_one_and_of_thirty(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.lou)
    asked = []
    for many in (1, 20):
        while CountSheet.objects.count() < many:
            make_oversight.count(plant, plant.eve)
        client.get("/bakery/counts/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/bakery/counts/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
