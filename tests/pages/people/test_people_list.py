"""The list of everybody: searched, filtered, as of any day, page by page; and the views the office keeps."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import AccessCard, Department, Member, SavedView, Standing
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def names(answer: Any) -> list[str]:
    return [person.name for person in answer.context["page"]]


def leave(plant: make.Plant, who: Member) -> None:
    actions.change_standing(
        member=who,
        kind="member",
        status=Standing.Status.LEFT,
        since=plant.cooperative.day_of(make.now()),
        reason="moved to the coast",
        by=make.FOUNDING,
        at=make.now(),
    )


# --- The register ---------------------------------------------------------------------------------------------------


def test_everybody_of_today_stands_there_by_name(signed_in: Client, plant: make.Plant) -> None:
    leave(plant, plant.lou)
    answer = signed_in.get("/bakery/members/")
    assert answer.status_code == 200
    assert names(answer) == [
        "Ana",
        "Bo",
        "Cy",
        "Dee",
        "Eve",
        "Fay",
        "Gus",
        "Hal",
        "Ida",
        "Jo",
        "Kim",
        "Max",
        "Nan",
        "Oz",
    ]
    page = answer.content.decode()
    assert "14 people" in page
    assert "on trial" in page


def test_how_somebody_stands_and_is_reached_is_read_in_the_office_alone(plant: make.Plant) -> None:
    """Every worker reads number, name, place and kind; the keeper and the auditor read the rest."""
    for name, reads in (("eve", False), ("ana", False), ("cy", True), ("dee", True)):
        client = make.sign_in(Client(), plant.people[name])
        page = client.get("/bakery/members/").content.decode()
        private = ("member, suspended", "never had a card", "no telephone", "can sign in")
        assert [words in page for words in private] == [reads] * 4
        asked = client.get("/bakery/members/?status=suspended&access=in&contact=sms")
        assert (len(names(asked)) == 15) is not reads  # a question that is not theirs to ask is not heard
        assert ("suspended" in asked.content.decode()) is reads
    assert names(make.sign_in(Client(), plant.dee).get("/bakery/members/?status=suspended")) == ["Oz"]
    assert "Kept views" not in make.sign_in(Client(), plant.dee).get("/bakery/members/").content.decode()


def test_search_minds_neither_accents_nor_capitals_nor_order(signed_in: Client, plant: make.Plant) -> None:
    make.member(plant.cooperative, 40, "Ángela Ñandú Güemes")
    for words in ("angela", "ÁNGELA", "guemes angela", "ñandu", " nand "):
        assert names(signed_in.get("/bakery/members/", {"words": words})) == ["Ángela Ñandú Güemes"]
    assert names(signed_in.get("/bakery/members/", {"words": "40"})) == ["Ángela Ñandú Güemes"]
    for words in ("zz", "%", "_", "4" * 30, "٤٠"):
        answer = signed_in.get("/bakery/members/", {"words": words})
        assert (answer.status_code, names(answer)) == (200, [])
    assert "Nobody found" in answer.content.decode()


def test_what_was_searched_is_shown_as_text(signed_in: Client) -> None:
    page = signed_in.get("/bakery/members/", {"words": '"><script>'}).content.decode()
    assert "<script>" not in page.replace("<script src=", "")
    assert signed_in.get("/bakery/members/", {"words": "a\x00b"}).status_code == 400


def test_by_department(signed_in: Client, plant: make.Plant) -> None:
    actions.post(
        member=plant.kim,
        department=Department.objects.get(code="PAC"),
        crew=None,
        since=datetime.date(2021, 1, 1),
        reason="",
        by=make.FOUNDING,
        at=make.now(),
    )
    assert names(signed_in.get("/bakery/members/?department=PAC")) == ["Kim"]
    assert names(signed_in.get("/bakery/members/?department=PAC&words=an")) == []
    found = signed_in.get("/bakery/members/?department=PAC&crew=-&kind=member&office=yes&on=2026-01-01")
    assert names(found) == []
    told = "Packing · Works by day · Member · Holds an office · as of 1 January 2026"
    assert told in found.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("department=nowhere", "Choose one of those that stand here."),
        ("kind=boss", "Choose one of those that stand here."),
        ("on=2126-01-01", "The register knows nothing of days more than a year ahead."),
        ("on=31/02/2026", "Write the day like 2026-11-28."),
        ("joined_from=2024-01-02&joined_until=2024-01-01", "This day comes before the first one."),
        ("words=" + "x" * 121, "at most 120 characters"),
        ("words=a&words=b", "Two answers came for this."),
    ],
)
def test_a_question_that_makes_no_sense_is_told_so(signed_in: Client, asked: str, sentence: str) -> None:
    answer = signed_in.get(f"/bakery/members/?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.context["page"] is None
    assert signed_in.get(f"/bakery/members/?{asked}", headers=HTMX).status_code == 422


def test_a_past_day(signed_in: Client, plant: make.Plant) -> None:
    leave(plant, plant.lou)
    assert "Lou" not in names(signed_in.get("/bakery/members/"))
    assert "Lou" in names(signed_in.get("/bakery/members/?on=2021-05-01"))
    assert names(signed_in.get("/bakery/members/?on=2019-05-01")) == []


def test_typing_brings_the_list_alone_and_the_address_follows(signed_in: Client, plant: make.Plant) -> None:
    asked = "/bakery/members/?words=an&department=&crew=&kind=&joined_from=&order="
    answer = signed_in.get(asked, headers=HTMX)
    assert answer.content.decode().lstrip().startswith('<div class="stack" id="found">')
    assert names(answer) == ["Ana", "Nan"]
    assert answer.headers["HX-Replace-Url"] == "/bakery/members/?words=an"
    assert "<form" not in answer.content.decode()
    assert (
        signed_in.get("/bakery/members/?words=", headers=HTMX).headers["HX-Replace-Url"] == "/bakery/members/"
    )


def test_fifty_a_page_and_as_many_questions_for_many(
    signed_in: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        signed_in.get("/bakery/members/")
    for number in range(100, 150):
        make.member(plant.cooperative, number, f"Worker {number}")
    with django_assert_num_queries(len(few)):
        answer = signed_in.get("/bakery/members/")
    assert len(names(answer)) == 50
    second = signed_in.get("/bakery/members/?words=worker&page=1")
    assert len(names(second)) == 50
    assert len(names(signed_in.get("/bakery/members/?page=2"))) == 15


def test_pages_keep_what_was_searched(signed_in: Client, plant: make.Plant) -> None:
    for number in range(100, 160):
        make.member(plant.cooperative, number, f"Worker {number}")
    page = signed_in.get("/bakery/members/?words=worker&department=OVN").content.decode()
    assert 'href="?words=worker&amp;department=OVN&amp;page=2"' in page


def test_other_methods_and_other_people_do_not_pass(client: Client, plant: make.Plant) -> None:
    make.plant("mill", names=[f"Miller {name}" for name in make.NAMES])
    assert client.get("/bakery/members/").status_code == 302
    make.sign_in(client, plant.eve)
    assert client.post("/bakery/members/").status_code == 405
    assert client.get("/mill/members/").status_code == 404
    assert "Miller" not in client.get("/bakery/members/").content.decode()


# --- Views the office keeps -----------------------------------------------------------------------------------------


def keep(client: Client, name: str, query: str = "") -> Any:
    return client.post("/bakery/members/views/save/", {"name": name, "query": query})


def test_a_view_is_kept_opened_and_thrown_away(keeper: Client, plant: make.Plant) -> None:
    answer = keep(keeper, "  Ovens,   no card ", "department=OVN&access=none&page=3&words=&nonsense=1")
    assert answer.headers["Location"] == "/bakery/members/?department=OVN&access=none"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.made_by) == ("Ovens, no card", "department=OVN&access=none", plant.cy)
    page = keeper.get("/bakery/members/").content.decode()
    assert 'href="/bakery/members/?department=OVN&amp;access=none"' in page
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts, "Ovens" in told.subject_label) == ("view-kept", {}, False)
    assert keeper.post(f"/bakery/members/views/{view.pk}/drop/").headers["Location"] == "/bakery/members/"
    assert not SavedView.objects.exists()
    assert Entry.objects.latest("sequence").verb == "view-dropped"
    assert keeper.post(f"/bakery/members/views/{view.pk}/drop/").status_code == 404


def test_what_stands_against_keeping_a_view(keeper: Client, signed_in: Client) -> None:
    keep(keeper, "Night", "crew=A")
    for client, name, sentence in (
        (keeper, "Night", "A view is called “Night” already."),
        (keeper, " ", "Give the view a name."),
        (keeper, "n" * 61, "has at most 60 characters"),
        (signed_in, "Mine", "No office you hold now allows this"),
    ):
        answer = keep(client, name, "words=zz")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert sentence in page
        assert 'value="zz"' in page  # the search stands there as it was
    assert f'value="{"n" * 61}"' in keep(keeper, "n" * 61).content.decode()
    assert keep(keeper, "Odd", "department=nowhere").status_code == 422
    assert SavedView.objects.count() == 1


def test_a_view_of_another_house_is_not_there(keeper: Client, plant: make.Plant) -> None:
    mill = make.plant("mill")
    theirs = SavedView.objects.create(
        cooperative=mill.cooperative, name="Theirs", query="", made_by=mill.cy, made_at=make.now()
    )
    assert keeper.post(f"/bakery/members/views/{theirs.pk}/drop/").status_code == 404
    assert "Theirs" not in keeper.get("/bakery/members/").content.decode()


def test_as_many_questions_for_many_in_the_office(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    """With every column, a card each and views beside."""
    address = "/bakery/members/?order=department&access=card"
    card = {"issued_at": make.now(), "expires_at": make.now() + make.days(3)}
    AccessCard.objects.create(member=plant.eve, token_hash="e", **card)
    keep(keeper, "One")
    keeper.get(address)  # the messages of what was done are shown once
    with CaptureQueriesContext(connection) as few:
        assert len(names(keeper.get(address))) == 1
    questions = len(few)
    for number in range(100, 130):
        one = make.member(plant.cooperative, number, f"Worker {number}")
        AccessCard.objects.create(member=one, token_hash=str(number), **card)
        keep(keeper, f"View {number}")
    keeper.get(address)
    with django_assert_num_queries(questions):
        assert len(names(keeper.get(address))) == 31
