"""A decision followed: what is in order, late, missing or not due yet, by the rules it was made under."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.oversight.trail import Mark, Trail, What, settled, trails
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def decided(plant: make.Plant, title: str = "Canteen") -> tuple[Decision, Meeting]:
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant, title=title)])
    item = meeting.items.get(number=2)
    vote = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for name in ("ana", "bo"):
        make.cast(vote.ballot, plant.people[name])
    return meetings.close_vote(item=item, by=plant.bo, at=make.now()), meeting


def followed(plant: make.Plant, *, day: datetime.date | None = None) -> Trail:
    today = plant.cooperative.day_of(make.now())
    (trail,) = trails(list(settled(plant.cooperative.pk)), day=day or today)
    return trail


def marks(trail: Trail) -> dict[str, str]:
    return {step.what.value: step.mark.value for step in trail.steps}


def test_every_station_has_its_mark(plant: make.Plant) -> None:
    decided(plant)
    assert marks(followed(plant)) == {
        "proposal": "order",
        "notice": "order",
        "proof": "missing",  # nobody wrote down that the notice was posted
        "register": "order",
        "quorum": "order",
        "vote": "order",
        "minutes": "waits",
        "seal": "waits",
        "effect": "order",
        "actions": "none",
        "papers": "none",
    }
    steps = {step.what: step for step in followed(plant).steps}
    assert steps[What.QUORUM].facts == {"present": [8], "calls": [1]}
    assert steps[What.REGISTER].facts["people"] == 12
    day = plant.cooperative.day_of(make.now() - make.days(18))
    assert steps[What.NOTICE].on == day
    assert [step.what for step in followed(plant).gaps] == [What.PROOF]


def test_minutes_are_missing_after_the_days_of_the_bylaws_and_late_when_they_come(plant: make.Plant) -> None:
    _decision, meeting = decided(plant)
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    today = plant.cooperative.day_of(make.now())
    last = today + datetime.timedelta(days=15)
    assert marks(followed(plant, day=last))["minutes"] == "waits"
    assert marks(followed(plant, day=last + datetime.timedelta(days=1)))["minutes"] == "missing"
    meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now() + make.days(16))
    assert marks(followed(plant))["minutes"] == "late"


def test_what_somebody_took_on_is_open_late_or_done(plant: make.Plant) -> None:
    _decision, meeting = decided(plant)
    today = plant.cooperative.day_of(make.now())
    action = meetings.agree(
        item=meeting.items.get(number=2),
        text="Order the tables",
        owner=plant.eve,
        due_on=today + datetime.timedelta(days=3),
        by=plant.ana,
        at=make.now(),
    )
    assert marks(followed(plant))["actions"] == Mark.WAITS
    assert marks(followed(plant, day=today + datetime.timedelta(days=4)))["actions"] == Mark.LATE
    meetings.finish_action(action=action, note="They stand.", by=plant.eve, at=make.now())
    assert marks(followed(plant, day=today + datetime.timedelta(days=4)))["actions"] == Mark.ORDER


def test_many_are_followed_with_the_questions_of_one(plant: make.Plant) -> None:
    decided(plant)
    asked = []
    for many in (1, 6):
        while Decision.objects.count() < many:
            decided(plant, title=f"Number {Decision.objects.count()}")
        with CaptureQueriesContext(connection) as queries:
            assert len(trails(list(settled(plant.cooperative.pk)), day=datetime.date(2026, 1, 1))) == many
        asked.append(len(queries))
    assert asked[0] == asked[1]
