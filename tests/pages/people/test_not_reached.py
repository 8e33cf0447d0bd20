"""Who has never come in: on the page, on the sheet to walk with, and as a duty of the keeper."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.members.models import AccessCard, Department, Member
from coop.pages.people import not_reached
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    """Of fifteen, Cy and Dee have a secret; Fay holds a card, Gus let his run out; Hal has a telephone."""
    made = make.plant()
    for who, days in ((made.fay, 5), (made.gus, -1)):
        card(who, days)
    Member.objects.filter(pk=made.hal.pk).update(contact="app")
    make.account(made.dee)
    return made


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def card(who: Member, days: float) -> None:
    expires = make.now() + make.days(days) + datetime.timedelta(minutes=1)
    AccessCard.objects.create(
        member=who, token_hash=who.name, issued_at=make.now() - make.days(9), expires_at=expires
    )


def names(answer: Any) -> list[str]:
    return [person.name for person in answer.context["page"]]


def test_who_is_not_reached_by_department_and_crew(keeper: Client, plant: make.Plant) -> None:
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    make.member(plant.cooperative, 30, "Zoe", packing)
    make.member(plant.cooperative, 31, "Yan", packing)
    answer = keeper.get("/bakery/members/not-reached/")
    assert answer.context["counts"] == {
        "everybody": 17, "outside": 15, "never": 13, "card": 1, "over": 1, "silent": 14,
    }  # fmt: skip
    assert names(answer)[:3] == ["Ana", "Bo", "Eve"]
    assert names(answer)[-2:] == ["Yan", "Zoe"]
    page = answer.content.decode()
    assert page.index("Ovens, Crew A") < page.index("Packing, by day") < page.index("Yan")
    for words in ("of 17", "card, 5 days left", "card ran out unused", "never had a card"):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("access=over", ["Gus"]),
        ("access=card", ["Fay"]),
        ("contact=app", ["Hal"]),
        ("department=PAC", []),
    ],
)
def test_only_some_of_them(keeper: Client, asked: str, found: list[str]) -> None:
    assert names(keeper.get(f"/bakery/members/not-reached/?{asked}")) == found
    part = keeper.get(f"/bakery/members/not-reached/?{asked}", headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == f"/bakery/members/not-reached/?{asked}"
    assert "<form" not in part.content.decode()


def test_a_question_that_makes_no_sense(keeper: Client) -> None:
    for asked in ("access=in", "department=nowhere", "contact=x"):
        assert keeper.get(f"/bakery/members/not-reached/?{asked}").status_code == 422
        assert keeper.get(f"/bakery/members/not-reached/printed/?{asked}").status_code == 404


def test_the_sheet_to_walk_with(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[Any] = []
    real = not_reached.to_print
    monkeypatch.setattr(
        not_reached, "to_print", lambda *one, **more: sheets.append(one) or real(*one, **more)
    )
    answer = keeper.get("/bakery/members/not-reached/printed/?access=card")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.")
    data = sheets[0][1]
    assert data["groups"] == [{"title": "Ovens, Crew A", "rows": [["6", "Fay", "card, 5 days left", "", ""]]}]
    keeper.get("/bakery/members/not-reached/printed/")
    assert sum(len(group["rows"]) for group in sheets[1][1]["groups"]) == 13


def test_too_many_for_one_sheet(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(not_reached, "ON_A_SHEET", 12)
    assert "Print the sheet" not in keeper.get("/bakery/members/not-reached/").content.decode()
    answer = keeper.get("/bakery/members/not-reached/printed/")
    assert answer.status_code == 409
    assert "At most 12 people fit on one sheet." in answer.content.decode()
    assert keeper.get("/bakery/members/not-reached/printed/?access=over").status_code == 200


def test_only_the_office_reads_it(plant: make.Plant) -> None:
    for name, status in (("eve", 404), ("ana", 404), ("dee", 200), ("cy", 200)):
        client = make.sign_in(Client(), plant.people[name])
        assert client.get("/bakery/members/not-reached/").status_code == status
        assert client.get("/bakery/members/not-reached/printed/").status_code == status


def test_cards_that_ran_out_are_a_duty_of_the_keeper(keeper: Client, plant: make.Plant) -> None:
    page = keeper.get("/bakery/").content.decode()
    assert "1 card ran out before it was used" in page
    assert 'href="/bakery/members/not-reached/?access=over"' in page
    for name in ("dee", "ana", "eve"):
        assert "ran out" not in make.sign_in(Client(), plant.people[name]).get("/bakery/").content.decode()
    card(plant.hal, -2)
    assert "2 cards ran out before they were used" in keeper.get("/bakery/").content.decode()
    for who in (plant.gus, plant.hal):
        make.account(who)
    assert "ran out" not in keeper.get("/bakery/").content.decode()


def test_as_many_questions_for_many(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/members/not-reached/")
    for number in range(100, 130):
        card(make.member(plant.cooperative, number, f"Worker {number}"), number - 110.5)
    with django_assert_num_queries(len(few)):
        assert len(names(keeper.get("/bakery/members/not-reached/"))) == 43
