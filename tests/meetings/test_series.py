"""Meetings that come back: drafts prepared in time, each once, at rotating hours and around holidays."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command

from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Series
from coop.meetings.series import turns_to_prepare
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOURS = [["13:30"], ["21:30"], ["05:30"]]


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)
    return [reason.code for reason in no.value.reasons]


def facts(plant: make.Plant, **more: Any) -> dict[str, Any]:
    first = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=20)
    rhythm = {"first_on": first, "every_days": 14, "hours": HOURS, "ahead_days": 21}
    words = {"kind": "ordinary", "title": "Monthly assembly", "place": "Hall"}
    return {"body": plant.assembly, **words, **rhythm, "by": plant.ana, "at": make.now(), **more}


def rows(series: Series) -> list[tuple[int, list[str]]]:
    """Days from the first, and the hours on the clock of the plant."""
    zone = series.body.cooperative.zone
    return [
        (
            (one.series_on - series.first_on).days,
            [s.starts_at.astimezone(zone).strftime("%H:%M") for s in one.sittings.all()],
        )
        for one in Meeting.objects.filter(series=series).order_by("series_on")
    ]


def test_each_draft_is_prepared_once_at_its_own_hour(plant: make.Plant) -> None:
    series = meetings.begin_series(**facts(plant))
    assert len(meetings.prepare_turns(series=series, at=make.now())) == 1
    assert meetings.prepare_turns(series=series, at=make.now()) == []
    later = make.now() + make.days(29)
    assert len(meetings.prepare_turns(series=series, at=later)) == 2
    assert rows(series) == [(0, ["13:30"]), (14, ["21:30"]), (28, ["05:30"])]
    first, second, _third = Meeting.objects.filter(series=series).order_by("series_on")
    assert [item.kind for item in first.items.all()] == ["signers"]
    assert second.copied_from == first
    assert [item.kind for item in second.items.all()] == ["signers"]


def test_tick_prepares_them(plant: make.Plant, capsys: pytest.CaptureFixture[str]) -> None:
    meetings.begin_series(**facts(plant, first_on=facts(plant)["first_on"] - datetime.timedelta(days=2)))
    call_command("tick")
    assert "prepared: GA: Monthly assembly" in capsys.readouterr().out
    call_command("tick")
    assert "prepared" not in capsys.readouterr().out
    assert Meeting.objects.get().prepared_by == plant.ana


def test_a_holiday_puts_it_off_and_a_draft_that_was_moved_is_not_made_again(plant: make.Plant) -> None:
    first = facts(plant)["first_on"]
    holiday = meetings.enter_holiday(
        cooperative=plant.cooperative, day=first, name="Day of the co-operative", by=plant.ana, at=make.now()
    )
    series = meetings.begin_series(**facts(plant))
    (meeting,) = meetings.prepare_turns(series=series, at=make.now())
    held_on = plant.cooperative.day_of(meeting.sittings.get().starts_at)
    assert (meeting.series_on, (held_on - first).days) == (first, 1)
    meetings.strike_holiday(holiday=holiday, by=plant.ana, at=make.now())
    assert turns_to_prepare(series, make.now()) == []
    again = {"holiday": holiday, "by": plant.ana, "at": make.now()}
    assert refused(meetings.strike_holiday, **again) == ["holiday-gone"]


def test_an_ended_series_prepares_nothing(plant: make.Plant) -> None:
    series = meetings.begin_series(**facts(plant))
    act = {"series": series, "by": plant.ana, "at": make.now()}
    assert refused(meetings.end_series, **act | {"by": plant.eve}) == ["no-mandate"]
    meetings.end_series(**act)
    assert meetings.prepare_turns(series=series, at=make.now()) == []
    assert refused(meetings.end_series, **act) == ["series-ended-already"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"every_days": 0}, "series-comes-back-within"),
        ({"every_days": 367}, "series-comes-back-within"),
        ({"hours": []}, "series-without-hours"),
        ({"hours": [[]]}, "series-without-hours"),
        ({"hours": [["05:30", "05:30"]]}, "series-without-hours"),
        ({"ahead_days": 15}, "series-prepared-too-late"),
        ({"kind": "council"}, "kind-not-of-this-body"),
        ({"first_on": datetime.date(2020, 1, 1)}, "series-begins-later"),
        ({"first_on": datetime.date(9999, 1, 1)}, "sitting-too-far"),
    ],
)
def test_what_no_series_is(plant: make.Plant, change: dict[str, Any], code: str) -> None:
    assert refused(meetings.begin_series, **facts(plant, **change)) == [code]
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "holiday-over"), (800, "sitting-too-far"), (5, "holiday-entered-already")]
)
def test_what_no_holiday_is(plant: make.Plant, days: int, code: str) -> None:
    today = plant.cooperative.day_of(make.now())
    act = {"cooperative": plant.cooperative, "name": "Carnival", "at": make.now()}
    meetings.enter_holiday(day=today + datetime.timedelta(days=5), by=plant.ana, **act)
    day = today + datetime.timedelta(days=days)
    assert refused(meetings.enter_holiday, day=day, by=plant.ana, **act) == [code]
    assert refused(meetings.enter_holiday, day=today, by=plant.bo, **act) == ["no-mandate"]
