"""The head of the minutes names who led in an office, and for whom they stood in."""

from __future__ import annotations

import pytest

from coop.meetings import actions as meetings
from coop.meetings.minutes_head import leaders
from coop.members import actions as members
from coop.members.models import Mandate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("away", [True, False])
def test_while_a_deputy_stands_in_they_led_and_sign(away: bool) -> None:
    plant = make.plant()
    now = make.now()
    meeting = make.meeting_in_session(plant)
    if away:
        held = {one.member_id: one for one in Mandate.objects.all()}
        members.name_deputy(
            mandate=held[plant.bo.pk],
            through=held[plant.cy.pk],
            since=now,
            until=now + make.days(2),
            by=plant.bo,
            at=now,
        )
    chair = plant.cy if away else plant.bo
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=chair, at=make.now())
    made = meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    told = "president, Administrative council: " + ("Cy, who stood in for Bo" if away else "Bo")
    assert told in made.text
    meeting.refresh_from_db()
    chairing = [one.member for one in leaders(meeting) if one.power == "chair"]
    assert chairing == [chair]
