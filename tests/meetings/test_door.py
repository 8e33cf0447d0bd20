"""The door: nobody comes in before the register says who votes, and coming back changes nothing."""

from __future__ import annotations

import datetime

import pytest

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import Attendance, Meeting
from coop.meetings.rules.door import obstacles_to_check_in
from coop.pages.reasons import say
from coop.refusals import Reason, Refused
from tests import make

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws={"register_closing_days": 1})


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """Half an hour after midnight in Buenos Aires; the doors open while the register still is open."""
    starts = datetime.datetime(2026, 3, 21, 3, 30, tzinfo=datetime.UTC)
    motions = [make.supported_motion(plant, at=starts - make.days(20))]
    return make.convened_meeting(plant, starts_at=starts, motions=motions, at=starts - make.days(18))


MIDNIGHT = datetime.datetime(2026, 3, 21, 3, tzinfo=datetime.UTC)


def test_before_the_register_is_drawn_nobody_checks_in(plant: make.Plant, meeting: Meeting) -> None:
    facts = {"member": plant.eve, "by": plant.eve, "at": MIDNIGHT - MINUTE}
    wanted = [Reason("register-not-drawn", {"day": "2026-03-20"})]
    assert obstacles_to_check_in(meeting, **facts) == wanted
    with pytest.raises(Refused) as refusal:
        meetings.check_in(meeting=meeting, **facts)
    assert refusal.value.reasons == wanted
    assert not Attendance.objects.exists()


def test_from_midnight_on_whoever_comes_first_has_it_drawn_and_votes(
    plant: make.Plant, meeting: Meeting
) -> None:
    facts = {"member": plant.eve, "by": plant.eve, "at": MIDNIGHT}
    assert obstacles_to_check_in(meeting, **facts) == []
    assert meetings.check_in(meeting=meeting, **facts).votes is True
    meeting.refresh_from_db()
    assert meeting.register is not None
    assert meeting.register.size == 12


def test_the_page_says_so_before_midnight(plant: make.Plant, meeting: Meeting) -> None:

    (reason,) = obstacles_to_check_in(meeting, plant.eve, by=plant.eve, at=MIDNIGHT - MINUTE)
    assert say(reason).startswith("The register of voters is drawn when ")
    assert "20" in say(reason)


@pytest.mark.parametrize(("name", "votes"), [("eve", True), ("nan", False)])
def test_coming_back_changes_nothing(plant: make.Plant, meeting: Meeting, name: str, votes: bool) -> None:
    member = plant.people[name]
    came = meetings.check_in(meeting=meeting, member=member, by=member, at=MIDNIGHT)
    meetings.leave(attendance=came, by=member, at=MIDNIGHT + MINUTE)
    back = meetings.check_in(meeting=meeting, member=member, by=member, at=MIDNIGHT + 2 * MINUTE)
    assert (back.pk, back.votes, back.arrived_at, back.left_at) == (came.pk, votes, MIDNIGHT, None)
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts["votes"]) == ("came-back", votes)
