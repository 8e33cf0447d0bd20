"""Signing for the house on pages: with one signature, with two, turned down; read by everybody, and printed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.in_office.models import Commitment
from tests import make, make_signatures
from tests.make_in_office import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def typed(plant: make.Plant, **more: str) -> dict[str, str]:
    facts = {
        "kind": "payment",
        "office": str(office(plant, "secretary").pk),
        "title": "Gas for May",
        "party": "Gas del Puerto",
        "amount": "1.500,00",
        "because": "The bill of April.",
    }
    return facts | more


def test_over_the_limit_it_waits_for_another_office(plant: make.Plant) -> None:
    make_signatures.limited(plant)
    ana, bo, eve = (make.sign_in(Client(), who) for who in (plant.ana, plant.bo, plant.eve))
    answer = ana.post("/bakery/signed/new/", typed(plant, amount="1.500"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1.500"' in page
    assert Commitment.objects.count() == 0
    assert ana.post("/bakery/signed/new/", typed(plant, amount="0")).status_code == 409
    assert ana.post("/bakery/signed/new/", typed(plant)).status_code == 302
    found = Commitment.objects.get()
    address = f"/bakery/signed/{found.pk}/"
    assert "waits for the second signature" in eve.get(address).content.decode()
    assert eve.get(f"{address}second/").status_code == 404
    assert "To countersign" in bo.get("/bakery/").content.decode()
    assert "To countersign" in bo.get("/bakery/offices/mine/").content.decode()
    assert "To countersign" not in ana.get("/bakery/").content.decode()
    assert bo.post(f"{address}refuse/", {"because": ""}).status_code == 422
    assert bo.post(f"{address}second/", {"office": office(plant).pk}).status_code == 302
    page = eve.get(address).content.decode()
    assert "signed by two" in page
    assert "two of different offices, over 1,000 UC" in page
    assert eve.get(f"{address}printed/").content.startswith(b"%PDF")
    again = bo.post(f"{address}second/", {"office": office(plant).pk})
    assert again.status_code == 409
    assert "This does not wait any more. State now: signed." in again.content.decode()


def test_below_the_limit_the_sheet_says_that_one_is_enough(plant: make.Plant, client: Client) -> None:
    make_signatures.limited(plant)
    make.sign_in(client, plant.ana)
    assert client.post("/bakery/signed/new/", typed(plant, amount="900")).status_code == 302
    page = client.get(f"/bakery/signed/{Commitment.objects.get().pk}/").content.decode()
    assert "signed by one, which is enough" in page
    assert "one, up to 1,000 UC" in page


def test_who_signed_first_takes_it_back_with_a_reason(plant: make.Plant, client: Client) -> None:
    make_signatures.limited(plant)
    found = make_signatures.commitment(plant)
    make.sign_in(client, plant.ana)
    address = f"/bakery/signed/{found.pk}/"
    assert client.post(f"{address}refuse/", {"because": "Mistyped."}).status_code == 302
    page = client.get(address).content.decode()
    assert "turned down" in page
    assert "Mistyped." in page


def test_the_list_asks_the_same_of_one_and_of_thirty(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.bo)
    make_signatures.limited(plant)
    asked: dict[str, set[int]] = {}
    first = make_signatures.commitment(plant, "1001")
    for many in (1, 30):
        while Commitment.objects.count() < many:
            make_signatures.commitment(plant, str(2000 + Commitment.objects.count()))
        for address in ("signed/", f"signed/{first.pk}/", "offices/mine/"):
            client.get(f"/bakery/{address}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/bakery/{address}")
            asked.setdefault(address, set()).add(len(queries))
    assert all(len(figures) == 1 for figures in asked.values()), asked
