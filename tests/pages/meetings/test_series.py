"""Series and holidays as pages: typed hours, days shown, and what is refused beside what was typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import Holiday, Series
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def day(plant: make.Plant, days: int) -> str:
    return (plant.cooperative.day_of(make.now()) + datetime.timedelta(days=days)).isoformat()


def typed(plant: make.Plant, **more: Any) -> dict[str, Any]:
    words = {"body": "GA", "kind": "ordinary", "title": "Every month", "place": "Hall"}
    rhythm = {"first_on": day(plant, 30), "every_days": "14", "ahead_days": "21", "skips_holidays": "on"}
    return {**words, **rhythm, "hours": "13:30\n21:30 22.15\n\n5h30", **more}


def test_a_series_begins_shows_its_days_and_ends(plant: make.Plant, ana: Client) -> None:
    ana.post("/bakery/holidays/", {"day": day(plant, 44), "name": "Day of the plant"})
    assert ana.post("/bakery/series/begin/", typed(plant))["Location"] == "/bakery/series/"
    series = Series.objects.get()
    assert series.hours == [["13:30"], ["21:30", "22:15"], ["05:30"]]
    (row,) = ana.get("/bakery/series/").context["rows"]
    found = [(one.day.isoformat(), one.hours, one.moved) for one in row.coming]
    assert found[:3] == [
        (day(plant, 30), "13:30", False),
        (day(plant, 45), "21:30, 22:15", True),
        (day(plant, 58), "05:30", False),
    ]
    (meeting,) = actions.prepare_turns(series=series, at=make.now() + make.days(10))
    (row,) = ana.get("/bakery/series/").context["rows"]
    assert row.coming[0].meeting == meeting
    (row,) = make.sign_in(Client(), plant.eve).get("/bakery/series/").context["rows"]
    assert row.coming[0].meeting is None  # a draft is nobody else's
    address = f"/bakery/series/{series.pk}/end/"
    assert "Yes, end it" in ana.get(address).content.decode()
    assert ana.post(address).status_code == 302
    assert ana.get("/bakery/series/").context["rows"] == []
    assert ana.post(address).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": "soon"}, "hours"),
        ({"hours": "25:00"}, "hours"),
        ({"hours": " "}, "hours"),
        ({"every_days": "0"}, "every_days"),
        ({"every_days": "x"}, "every_days"),
        ({"ahead_days": "15"}, "ahead_days"),
        ({"first_on": "2020-01-01"}, "first_on"),
        ({"first_on": "9999-12-31"}, "first_on"),
        ({"kind": "council"}, "kind"),
        ({"body": "ADM"}, "body"),
        ({"title": ""}, "title"),
    ],
)
def test_what_no_series_is(plant: make.Plant, ana: Client, change: dict[str, str], field: str) -> None:
    answer = ana.post("/bakery/series/begin/", typed(plant, **change))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Hall" in answer.content.decode()
    assert not Series.objects.exists()


def test_the_same_hour_twice_is_refused(plant: make.Plant, ana: Client) -> None:
    assert ana.post("/bakery/series/begin/", typed(plant, hours="13:30 13:30")).status_code == 409


def test_holidays_are_entered_and_struck(plant: make.Plant, ana: Client) -> None:
    new = {"day": day(plant, 5), "name": "Carnival"}
    assert ana.post("/bakery/holidays/", new).status_code == 302
    for change, status in (
        ({}, 409),
        ({"day": "9999-12-31"}, 409),
        ({"day": "2020-01-01"}, 409),
        ({"day": "x"}, 422),
        ({"name": ""}, 422),
    ):
        assert ana.post("/bakery/holidays/", new | change).status_code == status, change
    holiday = Holiday.objects.get()
    assert ana.post(f"/bakery/holidays/{holiday.pk}/strike/").status_code == 302
    assert ana.post(f"/bakery/holidays/{holiday.pk}/strike/").status_code == 404
    assert make.sign_in(Client(), plant.bo).get("/bakery/holidays/").status_code == 404


def test_the_list_does_not_grow_its_questions(plant: make.Plant, ana: Client) -> None:
    counts = []
    for many in (1, 19):
        for number in range(many):
            ana.post("/bakery/series/begin/", typed(plant, title=f"Series {number}"))
        ana.get("/bakery/series/")
        with CaptureQueriesContext(connection) as asked:
            assert ana.get("/bakery/series/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
