"""What the auditor reads by the office alone is written down, once an hour, and everybody can look it up."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.oversight.models import Reading
from tests import make, make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def seen() -> list[tuple[str, str, str]]:
    return list(Reading.objects.order_by("pk").values_list("what", "key", "label"))


def test_the_record_of_a_person_leaves_one_line_an_hour(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    for _again in range(3):
        assert dee.get(f"/bakery/members/{plant.eve.number}/").status_code == 200
    assert seen() == [("person", str(plant.eve.number), f"{plant.eve.number} Eve")]
    assert dee.get(f"/bakery/members/{plant.dee.number}/").status_code == 200  # her own
    assert dee.get("/bakery/members/").status_code == 200
    assert [what for what, _key, _label in seen()] == ["person", "people"]


def test_what_every_member_reads_leaves_none(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    for address in (
        "",
        "meetings/",
        "decisions/",
        "journal/",
        "offices/",
        "findings/",
        "oversight/readings/",
    ):
        assert dee.get(f"/bakery/{address}").status_code == 200
    for who in (plant.cy, plant.eve):
        other = make.sign_in(Client(), who)
        other.get(f"/bakery/members/{plant.gus.number}/")
        other.get("/bakery/members/")
    assert seen() == []


def test_who_does_not_audit_is_asked_nothing_more(plant: make.Plant, client: Client) -> None:
    eve = make.sign_in(client, plant.eve)
    eve.get(f"/bakery/members/{plant.gus.number}/")
    with CaptureQueriesContext(connection) as queries:
        eve.get(f"/bakery/members/{plant.gus.number}/")
    assert not [one for one in queries if "oversight" in one["sql"]]


def test_names_under_a_petition(client: Client) -> None:
    plant = make_offices.plant()
    asked = make_offices.petition(plant, signed=["sol"])
    dee = make.sign_in(client, plant.dee)
    assert dee.get(f"/bakery/recalls/{asked.pk}/").status_code == 200
    assert seen() == []
    names = reverse("recall-names", args=["bakery", asked.pk])
    assert dee.get(names).status_code == 200
    gus = make.sign_in(Client(), plant.gus)
    assert gus.get(names).status_code == 200
    assert seen() == [("recall", str(asked.pk), asked.label)]


def test_whose_record_it_was_the_person_and_the_offices_read(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    dee.get(f"/bakery/members/{plant.eve.number}/")
    told = {
        name: make.sign_in(Client(), plant.people[name]).get("/bakery/oversight/readings/").content.decode()
        for name in ("eve", "bo", "lou")
    }
    named = f": {plant.eve.number} Eve"
    assert {name: named in page for name, page in told.items()} == {"eve": True, "bo": True, "lou": False}
    assert all("The record of a person" in page for page in told.values())
    lou = make.sign_in(Client(), plant.lou).get("/bakery/oversight/readings/?mine=yes").content.decode()
    assert "Nothing has been read" in lou
