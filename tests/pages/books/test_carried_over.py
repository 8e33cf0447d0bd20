"""What is carried over from the book, at the screen: mandates, decisions, numbers."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions.models import CarriedDecision
from coop.meetings.actions import go_on_from_book
from coop.meetings.models import LastInBook
from coop.members.models import Mandate, Seat
from tests import make
from tests.decisions.test_carried_over import confirmed, copied, voted_here
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
        ({"seat": "999999"}, "Choose one of those that stand here."),
        ({"seat": "x"}, "Choose one of those that stand here."),
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
    for typed, told in (
        ("", "Give the reason; it will be read by everybody."),
        (" ", "Give the reason; it will be read by everybody."),
        ("x" * 201, "That is longer than 200 characters."),
    ):
        answer = ana.post(address, {"because": typed})
        assert answer.status_code == 409
        assert told in words(answer)
    assert 'value="' + "x" * 201 in answer.content.decode()
    assert ana.post(address, {"because": "The page names Fay."}).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.end_document) == ("refused", "The page names Fay.")
    page = words(ana.get("/bakery/journal/"))
    assert "turned down the mandate" in page
    assert "The page names Fay." in page


# --- Decisions ------------------------------------------------------------------------------------------------------

COPY = "/bakery/decisions/from-the-book/copy/"
OLD = {
    "body": "GA",
    "decided_on": "2024-05-12",
    "number": "7",
    "title": "Canteen open to the school",
    "text": "Pupils enter by the east gate.\r\n\r\nWith their teachers.",
    "outcome": "carried",
    "source": "Book of minutes 3, page 41",
}


def test_a_decision_is_copied_compared_and_stands_in_the_register(plant: make.Plant) -> None:
    ana, bo = make.sign_in(Client(), plant.ana), make.sign_in(Client(), plant.bo)
    assert f'href="{COPY}"' in ana.get("/bakery/decisions/").content.decode()
    assert COPY not in bo.get("/bakery/decisions/").content.decode()
    answer = ana.post(COPY, OLD)
    entry = CarriedDecision.objects.get()
    sheet = f"/bakery/decisions/from-the-book/{entry.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, sheet)
    assert "One decision copied from the book" in words(bo.get("/bakery/"))
    register = bo.get("/bakery/decisions/")
    assert (register.context["lines"], register.context["waiting"]) == ([], [entry])
    assert "Copy, waits for a second person" in words(make.sign_in(Client(), plant.lou).get(sheet))
    assert "I have compared it with the book; confirm" not in words(ana.get(sheet))
    assert "I have compared it with the book; confirm" in words(bo.get(sheet))
    assert bo.post(f"{sheet}countersign/", {"do": "confirm"}).status_code == 302
    register = bo.get("/bakery/decisions/")
    shown = [(one.kicker, one.shape) for one in register.context["lines"]]
    assert (shown, register.context["waiting"]) == ([(entry.label, "yes")], [])
    assert "D GA 2024-7 Canteen open to the school carried, in force 12 May 2024" in words(register)
    assert "carried over from: Book of minutes 3, page 41" in words(register)
    assert f'href="{sheet}"' in register.content.decode()
    page = words(bo.get(sheet))
    for told in ("Decision D GA 2024-7", "With their teachers.", "Copied by Ana", "by Bo", entry.text_hash):
        assert told in page
    assert sheet in ana.get("/bakery/journal/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"body": "NO"}, "Choose one of those that stand here."),
        ({"decided_on": "2126-01-01"}, "That day has not come yet"),
        ({"decided_on": "0000-01-01"}, "Write the day like 2026-11-28."),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "9" * 30}, "less than or equal to 9999"),
        ({"number": "7.5"}, "Write a whole number."),
        ({"title": ""}, "This field is required."),
        ({"text": " \r\n "}, "This field is required."),
        ({"text": "x" * 50_001}, "at most 50000 characters"),
        ({"outcome": "void"}, "Choose one of those that stand here."),
        ({"source": ""}, "This field is required."),
    ],
)
def test_a_copy_that_cannot_be_is_told_at_its_field(
    plant: make.Plant, wrong: dict[str, str], told: str
) -> None:
    answer = make.sign_in(Client(), plant.ana).post(COPY, {**OLD, **wrong})
    assert answer.status_code == 422
    assert told in words(answer)
    assert not CarriedDecision.objects.exists()


def test_a_number_that_is_taken_comes_back_with_what_was_typed(plant: make.Plant) -> None:
    ana = make.sign_in(Client(), plant.ana)
    confirmed(plant)
    answer = ana.post(COPY, {**OLD, "title": "Another"})
    assert answer.status_code == 409
    assert "Another decision is called D GA 2024-7 already." in words(answer)
    assert 'value="Another"' in answer.content.decode()


def test_a_wrong_copy_is_followed_by_another_that_names_it(plant: make.Plant) -> None:
    ana, bo = make.sign_in(Client(), plant.ana), make.sign_in(Client(), plant.bo)
    wrong = confirmed(plant)
    sheet = f"/bakery/decisions/from-the-book/{wrong.pk}/"
    assert f'href="{COPY}?corrects={wrong.pk}"' in ana.get(sheet).content.decode()
    assert "?corrects=" not in bo.get(sheet).content.decode()
    form = ana.get(f"{COPY}?corrects={wrong.pk}")
    assert "In place of D GA 2024-7, which was copied wrongly" in words(form)
    assert "Pupils enter by the east gate." in form.content.decode()
    ana.post(f"{COPY}?corrects={wrong.pk}", {**OLD, "text": "By the west gate."})
    right = CarriedDecision.objects.get(corrects=wrong)
    bo.post(f"/bakery/decisions/from-the-book/{right.pk}/countersign/", {"do": "confirm"})
    assert [one.headline for one in bo.get("/bakery/decisions/").context["lines"]] == [right.title]
    assert "Its place has been taken by: D GA 2024-7" in words(bo.get(sheet))
    for nobody in ("x", "0", "9" * 40, "٣", "999999"):
        assert ana.get(f"{COPY}?corrects={nobody}").status_code == 404


def test_turned_down_it_says_why(plant: make.Plant) -> None:
    entry = copied(plant)
    bo = make.sign_in(Client(), plant.bo)
    sheet = f"/bakery/decisions/from-the-book/{entry.pk}/"
    answer = bo.post(f"{sheet}countersign/", {"do": "refuse", "because": " "})
    assert (answer.status_code, "Give the reason" in words(answer)) == (409, True)
    bo.post(f"{sheet}countersign/", {"do": "refuse", "because": "Page 41 says Friday."})
    assert "turned it down: Page 41 says Friday." in words(bo.get(sheet))
    answer = bo.post(f"{sheet}countersign/", {"do": "confirm"})
    assert (answer.status_code, "confirmed or turned down already" in words(answer)) == (409, True)


def test_old_and_new_stand_in_one_register_by_their_days(plant: make.Plant) -> None:
    for number, day in ((1, datetime.date(2019, 1, 5)), (2, datetime.date(2024, 1, 5))):
        confirmed(plant, number, decided_on=day)
    voted_here(plant)
    page = make.sign_in(Client(), plant.lou).get("/bakery/decisions/")
    assert [one.kicker[:9] for one in page.context["lines"]][1:] == ["D GA 2024", "D GA 2019"]


def test_the_old_decisions_of_another_plant_are_not_there(plant: make.Plant) -> None:
    foreign = confirmed(make.plant("quarry"))
    ana = make.sign_in(Client(), plant.ana)
    assert ana.get("/bakery/decisions/").context["lines"] == []
    assert ana.get(f"/bakery/decisions/from-the-book/{foreign.pk}/").status_code == 404
    assert ana.get(f"{COPY}?corrects={foreign.pk}").status_code == 404


def test_the_register_asks_as_much_for_one_old_decision_as_for_thirty(plant: make.Plant) -> None:
    lou = make.sign_in(Client(), plant.lou)
    asked = set()
    for many in (1, 30):
        for number in range(CarriedDecision.objects.count() + 1, many + 1):
            confirmed(plant, number)
        with CaptureQueriesContext(connection) as seen:
            assert len(lou.get("/bakery/decisions/").context["lines"]) == many
        asked.add(len(seen))
    assert len(asked) == 1


# --- Numbers --------------------------------------------------------------------------------------------------------

NUMBER = "/bakery/carried-over/number/"


def last(plant: make.Plant, **more: object) -> dict[str, object]:
    year = plant.cooperative.day_of(make.now()).year
    return {"body": "GA", "year": year, "last": 4, "source": "Book of minutes 3, page 212", **more}


def test_where_the_book_ends_is_entered_and_looked_at_by_a_second(plant: make.Plant) -> None:
    ana, bo, lou = (make.sign_in(Client(), plant.people[name]) for name in ("ana", "bo", "lou"))
    assert f'href="{NUMBER}"' in ana.get("/bakery/carried-over/").content.decode()
    assert NUMBER not in lou.get("/bakery/carried-over/").content.decode()
    assert ana.post(NUMBER, last(plant)).headers["Location"] == "/bakery/carried-over/"
    entry = LastInBook.objects.get()
    sign = f"{NUMBER}{entry.pk}/countersign/"
    assert "The last number of a book waits for a second person" in words(bo.get("/bakery/"))
    for client, may in ((ana, False), (bo, True), (lou, False)):
        page = client.get("/bakery/carried-over/")
        assert f"General assembly: the book ends with {entry}" in words(page)
        assert ("I have looked at the last page; confirm" in words(page)) is may
    assert lou.post(sign, {"do": "confirm"}).status_code == 409
    assert bo.post(sign, {"do": "confirm"}).status_code == 302
    assert "confirmed Bo" in words(lou.get("/bakery/carried-over/"))
    assert f"that the book ends with {entry}" in words(lou.get("/bakery/journal/"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"year": "2126"}, "That year has not come yet."),
        ({"year": "1"}, "greater than or equal to 1900"),
        ({"last": "1000"}, "less than or equal to 999"),
        ({"last": "four"}, "Write a whole number."),
        ({"body": "NO"}, "Choose one of those that stand here."),
        ({"source": "\u200b"}, "This field is required."),
    ],
)
def test_a_last_number_that_cannot_be(plant: make.Plant, wrong: dict[str, str], told: str) -> None:
    answer = make.sign_in(Client(), plant.ana).post(NUMBER, last(plant, **wrong))
    assert answer.status_code == 422
    assert told in words(answer)
    assert not LastInBook.objects.exists()


def test_numbers_that_have_begun_here_stay(plant: make.Plant) -> None:
    make.convened_meeting(plant)
    answer = make.sign_in(Client(), plant.ana).post(NUMBER, last(plant))
    assert answer.status_code == 409
    assert "Meetings of that year have been called here already" in words(answer)
    assert 'value="Book of minutes 3, page 212"' in answer.content.decode()


def test_turned_down_needs_a_reason_and_keeps_what_was_typed(plant: make.Plant) -> None:
    ana, bo = make.sign_in(Client(), plant.ana), make.sign_in(Client(), plant.bo)
    ana.post(NUMBER, last(plant))
    sign = f"{NUMBER}{LastInBook.objects.get().pk}/countersign/"
    answer = bo.post(sign, {"do": "refuse", "because": "y" * 301})
    assert (answer.status_code, "y" * 301 in answer.content.decode()) == (409, True)
    assert "That is longer than 300 characters." in words(answer)
    bo.post(sign, {"do": "refuse", "because": "Page 212 says 3."})
    assert "Bo turned it down: Page 212 says 3." in words(bo.get("/bakery/carried-over/"))


def test_the_page_asks_as_much_for_one_entry_as_for_thirty(plant: make.Plant) -> None:
    bo = make.sign_in(Client(), plant.bo)
    asked = set()
    for many in (1, 30):
        for year in range(1990 + LastInBook.objects.count(), 1990 + many):
            go_on_from_book(
                body=plant.assembly, year=year, last=4, source="Book", by=plant.ana, at=make.now()
            )
        with CaptureQueriesContext(connection) as seen:
            assert len(bo.get("/bakery/carried-over/").context["numbers"]) == many
        asked.add(len(seen))
    assert len(asked) == 1
