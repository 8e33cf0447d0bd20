"""What is carried over from the book, at the screen: mandates."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from coop.members.models import Mandate, Seat
from tests import make
from tests.members.test_carrying_over import carried_over, treasury

pytestmark = pytest.mark.django_db

ADDRESS = "/bakery/mandates/carry-over/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def typed(chosen: Seat, **more: object) -> dict[str, object]:
    return {
        "seat": chosen.pk,
        "number": "5",
        "since": "2024-03-02",
        "until": "",
        "document": "Book of minutes 3, page 41",
        **more,
    }


def test_the_keeper_enters_and_the_secretary_confirms(plant: make.Plant) -> None:
    seat = treasury(plant).seats.get()
    cy, ana = make.sign_in(Client(), plant.cy), make.sign_in(Client(), plant.ana)
    assert f'href="{ADDRESS}"' in cy.get("/bakery/offices/").content.decode()
    assert "Administrative council: treasurer 1" in words(cy.get(ADDRESS))
    answer = cy.post(ADDRESS, typed(seat))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/offices/")
    mandate = Mandate.objects.get(seat=seat)
    since = datetime.datetime(2024, 3, 2, 3, tzinfo=datetime.UTC)  # midnight in Buenos Aires
    assert (mandate.member, mandate.since, mandate.until, mandate.document) == (
        plant.eve,
        since,
        None,
        "Book of minutes 3, page 41",
    )
    assert "Eve, treasurer: entered" in words(cy.get("/bakery/offices/"))
    assert "Mandate to confirm" in words(ana.get("/bakery/"))
    ana.post(f"/bakery/mandates/{mandate.pk}/confirm/")
    assert "carried over from the book: Book of minutes 3, page 41" in words(ana.get("/bakery/offices/"))


@pytest.mark.parametrize("who", ["bo", "dee", "eve"])
def test_for_others_the_page_is_not_there(plant: make.Plant, who: str) -> None:
    client = make.sign_in(Client(), plant.people[who])
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, typed(treasury(plant).seats.get())).status_code == 404
    assert ADDRESS not in client.get("/bakery/offices/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": "77"}, "Nobody here has the number 77."),
        ({"number": "five"}, "A member number has only digits."),
        ({"since": "2126-03-02"}, "That day has not come yet"),
        ({"since": "0001-01-01"}, "Look at the year again."),
        ({"since": "9999-12-31"}, "Look at the year again."),
        ({"since": "last spring"}, "Write the day like 2026-11-28."),
        ({"until": "2024-03-02"}, "It would end before it begins."),
        ({"document": " "}, "This field is required."),
        ({"document": "x" * 201}, "at most 200 characters"),
        ({"seat": "999999"}, "Select a valid choice."),
        ({"seat": "x"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_stored(
    plant: make.Plant, wrong: dict[str, object], told: str
) -> None:
    seat = treasury(plant).seats.get()
    answer = make.sign_in(Client(), plant.cy).post(ADDRESS, typed(seat, **wrong))
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Mandate.objects.filter(seat=seat).exists()


def test_what_the_rules_refuse_comes_back_with_what_was_typed(plant: make.Plant) -> None:
    seat = treasury(plant).seats.get()
    client = make.sign_in(Client(), plant.cy)
    answer = client.post(ADDRESS, typed(seat, since="2011-01-01"))
    assert answer.status_code == 409
    assert "Eve joined on 2 March 2020; nobody holds an office before." in words(answer)
    assert 'value="Book of minutes 3, page 41"' in answer.content.decode()
    carried_over(plant, seat=seat, member=plant.fay)
    answer = client.post(ADDRESS, typed(seat))
    assert (answer.status_code, "Fay holds this seat in that time." in words(answer)) == (409, True)
    foreign = treasury(make.plant("quarry")).seats.get()
    assert client.post(ADDRESS, typed(foreign)).status_code == 422


def test_turned_down_with_a_reason_that_stays_when_it_is_refused(plant: make.Plant) -> None:
    mandate = carried_over(plant)
    ana, fay = make.sign_in(Client(), plant.ana), make.sign_in(Client(), plant.fay)
    address = f"/bakery/mandates/{mandate.pk}/turn-down/"
    assert address in ana.get("/bakery/offices/").content.decode()
    assert address in make.sign_in(Client(), plant.cy).get("/bakery/offices/").content.decode()
    assert address not in fay.get("/bakery/offices/").content.decode()
    assert fay.post(address, {"because": "No."}).status_code == 409
    for nothing in ("", " ", "x" * 201):
        answer = ana.post(address, {"because": nothing})
        assert answer.status_code == 409
        assert "Give the reason; it will be read by everybody." in words(answer)
    assert 'value="' + "x" * 201 in answer.content.decode()
    assert ana.post(address, {"because": "The page names Fay."}).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.end_document) == ("refused", "The page names Fay.")
    page = words(ana.get("/bakery/journal/"))
    assert "turned down the mandate" in page
    assert "The page names Fay." in page
