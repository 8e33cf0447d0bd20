"""Hired work on its page: people and their contracts, the hours of each quarter, and the letter after six months."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members.models import Application, Member, Standing, WorkedHours
from coop.pages import clock as page_clock
from coop.pages.people import asking
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date
TODAY = DAY(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 November 2026, noon at the plant."""
    noon = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
    monkeypatch.setattr(page_clock, "of", lambda request: noon)


@pytest.fixture
def plant() -> make.Plant:
    """Max is on trial since 1 July until the end of the year; Nan is on her third contract since January."""
    made = make.plant()
    stands(made.people["max"], ("trial", DAY(2026, 7, 1), DAY(2026, 12, 31)))
    stands(
        made.people["nan"],
        ("hired", DAY(2026, 1, 1), DAY(2026, 4, 1)),
        ("hired", DAY(2026, 4, 1), DAY(2026, 8, 1)),
        ("hired", DAY(2026, 8, 1), DAY(2026, 11, 14)),
    )
    return made


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def stands(who: Member, *rows: tuple[str, datetime.date, datetime.date], **more: Any) -> None:
    """In the place of what stood: rows of kind, first day and agreed end, each up to the next."""
    Standing.objects.filter(member=who, struck_at=None).update(struck_at=make.now(), struck_because="a test")
    for (kind, since, ends), follower in zip(rows, [*rows[1:], None], strict=True):
        Standing.objects.create(
            member=who,
            kind=kind,
            since=since,
            until=follower[1] if follower else None,
            expected_until=ends,
            reason="furnace rebuilt",
            **more,
        )


def enter(client: Client, **more: Any) -> Any:
    form = {"quarter": "2026-3", "members": 12_376, "hired": 1_800, "outside": 42, "source": "Sheets 1 to 9"}
    return client.post("/bakery/members/hired/hours/", form | more)


# --- People ---------------------------------------------------------------------------------------------------------


def test_contracts_and_trials_with_what_is_over(keeper: Client, plant: make.Plant) -> None:
    stands(plant.lou, ("hired", DAY(2026, 11, 1), DAY(2026, 11, 30)), replacement=True)
    answer = keeper.get("/bakery/members/hired/")
    counted = {
        line.person.member.name: (line.ends, line.notes, line.late) for line in answer.context["counted"]
    }
    assert counted == {
        "Nan": (
            "14 November 2026, over for 6 days",
            [
                "more than 3 months: too long for a peak of work",
                "3 contracts in a row",
                "may ask to become a member",
            ],
            True,
        ),
        "Max": ("31 December 2026, 41 days left", [], False),
    }
    assert [line.person.member.name for line in answer.context["replacing"]] == ["Lou"]
    page = answer.content.decode()
    assert 'href="/bakery/members/14/letter/"' in page
    assert 'href="/bakery/members/13/letter/"' not in page
    assert "One of them is past the agreed end" in page


def test_a_long_contract_alone_is_no_fault(keeper: Client, plant: make.Plant) -> None:
    """Whether it was for a peak of work stands in the reason, for people to read."""
    stands(plant.nan, ("hired", DAY(2026, 1, 1), DAY(2026, 12, 31)))
    answer = keeper.get("/bakery/members/hired/")
    found = next(line for line in answer.context["counted"] if line.person.member.name == "Nan")
    assert (found.late, found.notes[0]) == (False, "more than 3 months: too long for a peak of work")
    assert answer.context["late"] == 0


def test_the_last_day_of_a_trial_is_no_day_too_many(keeper: Client, plant: make.Plant) -> None:
    for since, notes in ((DAY(2026, 5, 20), 0), (DAY(2026, 5, 19), 1)):
        stands(plant.people["max"], ("trial", since, DAY(2026, 12, 31)))
        lines = keeper.get("/bakery/members/hired/").context["counted"]
        found = next(line for line in lines if line.person.member.name == "Max")
        assert sum("longer than a trial may last: 6 months" in note for note in found.notes) == notes


def test_reasons_and_dates_are_read_in_the_office(plant: make.Plant) -> None:
    for name, reads in (("eve", False), ("nan", False), ("dee", True), ("cy", True)):
        page = make.sign_in(Client(), plant.people[name]).get("/bakery/members/hired/").content.decode()
        assert "Nan" in page
        assert [words in page for words in ("furnace rebuilt", "14 November", "letter")] == [reads] * 3


def test_as_many_questions_for_many(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    enter(keeper)
    keeper.get("/bakery/members/hired/")
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/members/hired/")
    questions = len(few)
    for number in range(100, 130):
        one = make.member(plant.cooperative, number, f"Worker {number}", kind="hired")
        stands(one, ("hired", DAY(2026, 1, 1), DAY(2026, 4, 1)), ("hired", DAY(2026, 4, 1), DAY(2026, 8, 1)))
    for quarter in ("2026-2", "2026-1", "2025-4"):
        enter(keeper, quarter=quarter)
    keeper.get("/bakery/members/hired/")
    with django_assert_num_queries(questions):
        assert len(keeper.get("/bakery/members/hired/").context["counted"]) == 32


# --- Hours ----------------------------------------------------------------------------------------------------------


def test_the_share_of_a_quarter_in_a_sentence_a_picture_and_a_table(
    keeper: Client, plant: make.Plant
) -> None:
    """1,758 of 14,176 hours count, where 1,417.6 are allowed."""
    assert enter(keeper).headers["Location"] == "/bakery/members/hired/"
    page = keeper.get("/bakery/members/hired/").content.decode()
    sentence = "The limit is 10 %; in the third quarter of 2026 it was 12.5 %: 341 hours over."
    assert page.count(sentence) == 3  # above, and twice for who cannot see the picture
    for words in (
        ">12,376<",
        ">1,800<",
        "Sheets 1 to 9",
        "entered by Cy",
        "<title>third quarter of 2026</title>",
    ):
        assert words in page
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts) == (
        "hours-entered",
        {"members": 12376, "hired": 1800, "outside": 42, "source": "Sheets 1 to 9"},
    )
    assert (
        "Cy entered the hours of 2026/3: 12376 of members" in keeper.get("/bakery/journal/").content.decode()
    )


def test_a_later_entry_takes_the_place_of_the_first(keeper: Client) -> None:
    enter(keeper)
    enter(keeper, hired=1_200, source="Added up again")
    enter(keeper, quarter="2026-2", members=90, hired=10, outside=0)
    bars = keeper.get("/bakery/members/hired/").context["bars"]
    assert [(bar.quarter, bar.share, bar.over, bar.entry.source) for bar in bars] == [
        ("third quarter of 2026", "8.5", False, "Added up again"),
        ("second quarter of 2026", "10.0", False, "Sheets 1 to 9"),
    ]
    assert bars[0].sentence.endswith("it was 8.5 %, 199 hours below it.")
    assert WorkedHours.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"quarter": "2027-1"}, 422, "Choose one of those that stand here."),
        ({"quarter": "2126-1"}, 422, "Choose one of those that stand here."),
        ({"quarter": "x"}, 422, "Choose one of those that stand here."),
        ({"members": "-1"}, 422, "greater than or equal to 0"),
        ({"members": "9" * 30}, 422, "less than or equal to 100000000"),
        ({"hired": "1.5"}, 422, "Write a whole number"),
        ({"source": " "}, 422, "This field is required"),
        ({"outside": 1_801}, 409, "more hours of replacements and trainees than"),
        ({"members": 0, "hired": 0, "outside": 0}, 409, "both figures are zero"),
    ],
)
def test_hours_that_cannot_be(keeper: Client, wrong: dict[str, Any], status: int, sentence: str) -> None:
    answer = enter(keeper, **wrong)
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page
    if "source" not in wrong:
        assert 'value="Sheets 1 to 9"' in page  # what was typed is still there
    assert not WorkedHours.objects.exists()


def test_only_the_keeper_enters_hours(plant: make.Plant) -> None:
    for name in ("eve", "ana", "dee"):
        client = make.sign_in(Client(), plant.people[name])
        assert client.get("/bakery/members/hired/hours/").status_code == 404
        assert enter(client).status_code == 404
    assert not WorkedHours.objects.exists()


def test_hours_of_another_house_count_nowhere_else(keeper: Client, plant: make.Plant) -> None:
    mill = make.plant("mill")
    enter(make.sign_in(Client(), mill.cy))
    make.sign_in(keeper, plant.cy)
    assert keeper.get("/bakery/members/hired/").context["bars"] == []


# --- After six months -----------------------------------------------------------------------------------------------


def test_the_letter_for_the_person_and_the_office(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[Any] = []
    real = asking.to_print
    monkeypatch.setattr(asking, "to_print", lambda *one, **more: sheets.append(one) or real(*one, **more))
    for name, status in (("eve", 404), ("ana", 404), ("max", 404), ("nan", 200), ("dee", 200), ("cy", 200)):
        answer = make.sign_in(Client(), plant.people[name]).get("/bakery/members/14/letter/")
        assert answer.status_code == status
    assert answer.content.startswith(b"%PDF-1.")
    data = sheets[0][1]
    assert data["to"] == ["Nan", "No. 14", "Ovens", "Crew A"]
    assert data["text"][0] == "Nan: you have worked here since 1 January 2026, that is more than 6 months."
    assert data["slip"]["text"] == "I, Nan, No. 14, ask to be admitted as a member of Cooperativa bakery."


def test_no_letter_before_its_day_nor_for_members(keeper: Client, plant: make.Plant) -> None:
    page = keeper.get("/bakery/members/13/letter/")
    assert page.status_code == 409
    assert "from 1 January 2027 on" in page.content.decode()
    assert keeper.get("/bakery/members/5/letter/").status_code == 409
    assert keeper.get("/bakery/members/99/letter/").status_code == 404


def test_the_front_page_tells_the_person_and_the_keeper(keeper: Client, plant: make.Plant) -> None:
    def front(name: str) -> str:
        return make.sign_in(Client(), plant.people[name]).get("/bakery/").content.decode()

    told = "You may ask to become a member"
    assert [told in front(name) for name in ("nan", "max", "eve", "cy")] == [True, False, False, False]
    assert 'href="/bakery/members/14/ask/"' in front("nan")
    assert "1 person has worked here for six months" in front("cy")
    assert "for six months" not in front("dee")
    Application.objects.create(
        cooperative=plant.cooperative,
        applicant=plant.nan,
        name="Nan",
        plain_name="nan",
        applied_on=DAY(2026, 11, 1),
        entered_at=make.now(),
        entered_by=plant.cy,
    )
    assert told not in front("nan")
    assert "for six months" not in front("cy")
    assert "has asked to become a member" in str(keeper.get("/bakery/members/hired/").context["counted"])
