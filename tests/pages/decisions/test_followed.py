"""Decisions, followed: those with gaps first, and one station by station."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions.models import Decision
from tests import make
from tests.oversight.test_trail import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def test_the_list_says_what_is_missing_and_leads_to_each_station(plant: make.Plant, client: Client) -> None:
    made, meeting = decided(plant)
    make.sign_in(client, plant.eve)
    page = client.get("/bakery/decisions/followed/").content.decode()
    assert "One decision has something late or missing." in page
    assert "Proof that the notice was given: missing" in page
    page = client.get(f"/bakery/decisions/{made.pk}/followed/").content.decode()
    for address in (
        f"meetings/{meeting.pk}/",
        f"proposals/{made.proposal_id}/",
        f"ballots/{made.ballot_id}/result/",
    ):
        assert f"/bakery/{address}" in page
    assert "8 there at the opening, on call 1" in page
    assert "finding" not in page
    dee = make.sign_in(Client(), plant.dee)
    told = f"/bakery/findings/write/?about=decision/{made.pk}"
    assert told in dee.get(f"/bakery/decisions/{made.pk}/followed/").content.decode()
    assert str(made) in dee.get(told).content.decode()


def test_the_list_asks_the_same_of_one_and_of_many(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.eve)
    decided(plant)
    asked = []
    for many in (1, 8):
        while Decision.objects.count() < many:
            decided(plant, title=f"Number {Decision.objects.count()}")
        client.get("/bakery/decisions/followed/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/bakery/decisions/followed/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
