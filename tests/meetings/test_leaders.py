"""Who led a meeting is one answer, for the text of the minutes and for the lines they sign on."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.minutes_head import chair, leaders
from coop.meetings.models import Meeting
from coop.members import actions as members
from coop.members.models import Body, Mandate, Member, Office, Power, Seat
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    return make.meeting_in_session(plant)


def told(meeting: Meeting) -> list[tuple[str, str, str]]:
    return [(one.power, one.title, one.member.name) for one in leaders(meeting)]


THREE = [
    (Power.AUDIT, "auditor", "Dee"),
    (Power.CHAIR, "president", "Bo"),
    (Power.RECORD_MINUTES, "secretary", "Ana"),
]


def test_those_there_whose_office_leads_this_body_or_audits(plant: make.Plant, meeting: Meeting) -> None:
    assert told(meeting) == THREE
    assert chair(meeting) == plant.bo
    text = compose(meeting, language="en")
    assert "- president, Administrative council: Bo\n- secretary, Administrative council: Ana" in text


def test_somebody_who_did_not_come_led_nothing(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant, present=["ana", "cy", "eve", "fay", "gus", "hal", "ida"])
    assert told(meeting) == [THREE[2]]
    assert chair(meeting) is None


def test_a_power_over_another_body_does_not_lead_here(plant: make.Plant, meeting: Meeting) -> None:
    council = Body.objects.get(code="ADM")
    make.office(plant, council, "chair of the council", plant.eve, [(Power.CHAIR, council)])
    assert told(meeting) == THREE


def test_a_power_held_everywhere_leads_here_too(plant: make.Plant, meeting: Meeting) -> None:
    make.office(plant, Body.objects.get(code="ADM"), "coordinator", plant.eve, [(Power.CHAIR, None)])
    assert (Power.CHAIR, "coordinator", "Eve") in told(meeting)
    assert chair(meeting) is None  # two could have


def test_an_alternate_leads_only_after_moving_up(plant: make.Plant, meeting: Meeting) -> None:
    seat = Seat.objects.create(office=Office.objects.get(title="president"), number=1, alternate=True)
    begin(seat, plant.eve)
    assert told(meeting) == THREE
    assert chair(meeting) == plant.bo


def begin(seat: Seat, member: Member) -> None:
    members.begin_mandate(
        seat=seat,
        member=member,
        since=make.FOUNDED,
        until=None,
        begun=Mandate.Begun.FOUNDING,
        document="Founding act",
        by=make.FOUNDING,
        at=make.FOUNDED,
    )


def test_the_page_signs_with_the_same_chair(plant: make.Plant, meeting: Meeting, client: Client) -> None:
    now = make.now()
    meetings.name_signers(meeting=meeting, members=[plant.ana, plant.eve], by=plant.bo, at=now)
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=now)
    meetings.close_minutes(meeting=meeting, by=plant.ana, at=now)
    answer = make.sign_in(client, plant.ana).get(f"/bakery/meetings/{meeting.pk}/minutes/")
    lines = [(line.role, line.people) for line, _signature in answer.context["lines"]]
    assert lines[0] == ("chair", (plant.bo,))


def test_while_it_lasts_the_office_counts_as_it_stood_at_the_opening(plant: make.Plant) -> None:
    """Not as it stood when the notice was posted, eighteen days before."""
    meeting = make.convened_meeting(plant)
    mandate = Mandate.objects.get(member=plant.bo)
    noon = make.now() - make.days(2)
    members.end_mandate(mandate=mandate, ended="resigned", document="Letter", by=plant.bo.actor, at=noon)
    for name in make.NAMES[:8]:
        member = plant.people[name.lower()]
        meetings.check_in(meeting=meeting, member=member, by=plant.ana, at=make.now())
    meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.ana, at=make.now())
    meeting.refresh_from_db()
    assert (Power.CHAIR, "president", "Bo") not in told(meeting)
