"""What happened in the hall stands in the minutes: each thing in its item, read in a constant number of questions."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.meetings.minutes import compose, unveiled
from coop.meetings.models import (
    Action,
    AgendaItem,
    ConflictOfInterest,
    ItemCall,
    Meeting,
    OffAgenda,
    Pause,
    ProceduralMotion,
    QuorumCount,
    Turn,
)
from tests import make

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    return make.meeting_in_session(plant)


def happened(plant: make.Plant, item: AgendaItem) -> None:
    """One of everything on an item, in the last ten minutes."""
    sitting, at = item.meeting.sittings.get(), make.now() - 10 * MINUTE
    here: dict[str, Any] = {"item": item, "sitting": sitting}
    ItemCall.objects.create(**here, called_by=plant.bo, called_at=at, ended_at=at + MINUTE)
    QuorumCount.objects.create(**here, present=8, needed=7, call=1, counted_by=plant.ana, counted_at=at)
    ConflictOfInterest.objects.create(
        item=item, member=plant.dee, because="own report.", declared_by=plant.dee, declared_at=at
    )
    turns = (
        (plant.eve, Turn.Kind.MOVER, "", False),
        (plant.fay, Turn.Kind.SPEAKER, "against", False),
        (plant.gus, Turn.Kind.SPEAKER, "", True),
        (plant.hal, Turn.Kind.SPEAKER, "for", None),  # asked for the floor and never had it
    )
    for place, (who, kind, direction, unnamed) in enumerate(turns):
        had = {} if unnamed is None else {"began_at": at + place * MINUTE, "ended_at": at + place * MINUTE}
        Turn.objects.create(
            **here,
            **had,
            member=who,
            kind=kind,
            direction=direction,
            unnamed=bool(unnamed),
            asked_at=at,
            entered_by=plant.ana,
            seconds=180,
        )
    ProceduralMotion.objects.create(
        **here,
        kind="close_debate",
        moved_by=plant.hal,
        votes_for=5,
        votes_against=3,
        outcome="carried",
        entered_by=plant.ana,
        decided_at=at,
    )
    Action.objects.create(
        body=plant.assembly,
        item=item,
        text="Order the *bags*.",
        owner=plant.fay,
        due_on=datetime.date(2026, 12, 3),
        agreed_by=plant.ana,
        agreed_at=at,
    )


def test_everything_stands_in_its_item(plant: make.Plant, meeting: Meeting) -> None:
    item = meeting.items.get(number=3)
    happened(plant, item)
    text = compose(meeting, language="en")
    told = text.split("## 3")[1]
    clock = (make.now() - 10 * MINUTE).astimezone(plant.cooperative.zone).strftime("%H:%M")
    for words in (
        f"Called at {clock} in sitting 1.",
        f"Counted at {clock}: 8 present, 7 needed on first call.",
        "Dee stepped aside and did not vote: own report.",
        "Spoke: Eve (put it forward), Fay (against), a member of Crew A.",
        "- Close the debate and vote, moved by Hal: carried, 5 for and 3 against.",
        "Agreed:\n\n- Order the \\*bags\\*: Fay, by 3 December 2026.",
    ):
        assert words in told, words
    assert "Gus" not in told


def test_pauses_and_what_was_not_on_the_agenda(plant: make.Plant, meeting: Meeting) -> None:
    at = make.now() - 10 * MINUTE
    sitting = meeting.sittings.get()
    Pause.objects.create(
        sitting=sitting, since=at, until=at + MINUTE, because="Alarm <oven>", called_by=plant.bo
    )
    OffAgenda.objects.create(
        meeting=meeting, title="The gate", raised_by=plant.eve, raised_at=at, entered_by=plant.ana
    )
    text = compose(meeting, language="en")
    assert "Sitting 1 rested from" in text
    assert "Alarm \\<oven\\>." in text
    assert "## Not on the agenda\n\nRaised and not decided:\n\n- The gate, raised by Eve." in text


def test_who_spoke_on_a_closed_item_is_for_the_body(plant: make.Plant) -> None:
    draft = make.draft_meeting(plant)
    AgendaItem.objects.filter(meeting=draft, kind="report").update(openness="closed")
    meeting = make.meetings.convene(meeting=draft, by=plant.ana, at=make.now() - make.days(18))
    for name in make.NAMES[:8]:
        make.meetings.check_in(
            meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now() - 15 * MINUTE
        )
    make.meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now() - 12 * MINUTE)
    item = AgendaItem.objects.select_related("meeting").get(meeting=meeting, kind="report")
    happened(plant, item)
    shut, open_ = compose(meeting, language="en"), compose(meeting, language="en", veil=unveiled)
    assert "Spoke: Eve" not in shut
    assert "*Closed part: only who belongs to the body reads it.*" in shut
    assert "Spoke: Eve" in open_
    assert "Close the debate and vote" in shut  # what was decided is told


def test_more_of_everything_asks_nothing_more(plant: make.Plant, meeting: Meeting) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            compose(Meeting.objects.get(pk=meeting.pk), language="en")
        return len(queries)

    items = list(meeting.items.select_related("meeting"))
    happened(plant, items[0])
    first = asked()
    for item in items[1:]:
        happened(plant, item)
    assert asked() == first
