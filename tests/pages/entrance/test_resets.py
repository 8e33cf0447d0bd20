"""A secret that others replaced: told to its owner until they have read it, and to everybody on their page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import AccessCard, Account, Member
from tests import make

pytestmark = pytest.mark.django_db

NEW = "740258"
TOLD = "Your secret was replaced"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def reset(plant: make.Plant, who: Member) -> AccessCard:
    make.account(who)
    card, _token = actions.issue_card(member=who, by=plant.cy, at=make.now())
    actions.countersign_card(card=card, by=plant.bo, at=make.now())
    actions.enrol(card=card, secret=NEW, by=who, at=make.now())
    return AccessCard.objects.get(pk=card.pk)


def door(who: Member, secret: str) -> Client:
    client = Client()
    client.post("/bakery/sign-in/", {"number": who.number, "secret": secret})
    return client


def test_it_is_told_on_every_page_until_it_was_read(plant: make.Plant) -> None:
    card = reset(plant, plant.eve)
    client = door(plant.eve, NEW)
    for address in ("/bakery/", "/bakery/bylaws/", "/bakery/members/1/"):
        page = client.get(address).content.decode()
        assert TOLD in page
        assert "with a card that Cy handed out and Bo signed" in page
        assert "<b>If that was not you, say so at once:</b> Dee." in page  # she audits, and had no hand in it
    assert client.post("/bakery/me/reset/", {"reset": card.pk}).headers["Location"] == "/bakery/"
    assert TOLD not in client.get("/bakery/").content.decode()
    assert Entry.objects.latest("sequence").verb == "reset-acknowledged"
    assert client.post("/bakery/me/reset/", {"reset": card.pk}).status_code == 302  # twice is once
    assert Entry.objects.filter(verb="reset-acknowledged").count() == 1


def test_only_what_was_told_is_read_and_only_by_its_owner(plant: make.Plant) -> None:
    card = reset(plant, plant.eve)
    make.sign_in(Client(), plant.fay).post("/bakery/me/reset/", {"reset": card.pk})
    client = door(plant.eve, NEW)
    for other in ("", "0", "x", "9" * 30, str(card.pk + 1)):
        assert client.post("/bakery/me/reset/", {"reset": other}).status_code == 302
    card.refresh_from_db()
    assert card.acknowledged_at is None
    assert client.get("/bakery/me/reset/").status_code == 405


def test_everybody_reads_it_on_the_page_of_the_person(plant: make.Plant) -> None:
    reset(plant, plant.eve)
    page = make.sign_in(Client(), plant.gus).get("/bakery/members/5/").content.decode()
    assert "Access replaced" in page
    assert "by Cy and Bo" in page
    assert TOLD not in page
    assert (
        "Access replaced" not in make.sign_in(Client(), plant.gus).get("/bakery/members/6/").content.decode()
    )


def test_a_first_card_is_not_told(plant: make.Plant) -> None:
    card, _token = actions.issue_card(member=plant.eve, by=plant.cy, at=make.now())
    actions.enrol(card=card, secret=NEW, by=plant.eve, at=make.now())
    assert TOLD not in door(plant.eve, NEW).get("/bakery/").content.decode()


def test_who_had_no_reset_is_asked_for_none(plant: make.Plant) -> None:
    client = make.sign_in(Client(), plant.eve)
    with CaptureQueriesContext(connection) as asked:
        client.get("/bakery/bylaws/")
    assert not [one for one in asked if "members_accesscard" in one["sql"]]


def test_a_replaced_secret_ends_every_session_of_the_old_one(plant: make.Plant) -> None:
    phone, laptop = make.sign_in(Client(), plant.eve), make.sign_in(Client(), plant.eve)
    reset(plant, plant.eve)
    for client in (phone, laptop):
        assert client.get("/bakery/bylaws/").status_code == 302
        assert client.post("/bakery/me/reset/").status_code == 302
    assert (
        door(plant.eve, make.PIN).get("/bakery/bylaws/").status_code == 302
    )  # nor does the old one open any more
    assert door(plant.eve, NEW).get("/bakery/bylaws/").status_code == 200


def test_one_office_alone_replaces_nothing(plant: make.Plant) -> None:
    """Cy keeps the register; what he hands out for Eve opens nothing, and he cannot sign it himself."""
    make.account(plant.eve)
    cy = make.sign_in(Client(), plant.cy)
    page = cy.post("/bakery/members/5/card/").content.decode()
    token = page.partition("/bakery/enrol/")[2].partition("/")[0]
    assert cy.post("/bakery/members/5/card/countersign/").status_code == 409
    secret = {"secret": NEW, "secret_again": NEW}
    assert Client().post(f"/bakery/enrol/{token}/", secret).status_code == 409
    assert Account.objects.get(members=plant.eve).check_password(make.PIN)


def test_what_waited_longer_than_a_day_is_no_duty_any_more(plant: make.Plant) -> None:
    make.account(plant.eve)
    actions.issue_card(member=plant.eve, by=plant.cy, at=make.now() - make.days(0.9))
    assert "Card to countersign" in make.sign_in(Client(), plant.bo).get("/bakery/").content.decode()
    actions.issue_card(member=plant.eve, by=plant.cy, at=make.now() - make.days(1.1))
    bo = make.sign_in(Client(), plant.bo)
    assert "Card to countersign" not in bo.get("/bakery/").content.decode()
    answer = bo.post("/bakery/members/5/card/countersign/")
    assert answer.status_code == 409
    assert "handed out more than 24 hours ago" in answer.content.decode()
