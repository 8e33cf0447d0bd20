"""Which quorum a meeting is convened under: the assembly's with its second call, or the council's without one."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.rules.sittings import quorum_of
from coop.members.models import Body, Power
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
BYLAWS = {"quorum_first": "1/3", "quorum_council": "2/3"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws=BYLAWS)


def council_meeting(plant: make.Plant) -> Meeting:
    """Of the four who hold an office in the council."""
    council = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    powers = [(power, council) for power in (Power.CONVENE, Power.RECORD_MINUTES)]
    make.office(plant, council, "clerk", plant.ana, powers)
    at = make.now() - make.days(18)
    meeting = meetings.prepare(
        body=council, kind="council", title="Council", place="Office", sittings=[make.now() - HOUR / 2],
        by=plant.ana, at=at,
    )  # fmt: skip
    meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.REPORT, title="Flour", by=plant.ana, at=at)
    return meetings.convene(meeting=meeting, by=plant.ana, at=at)


def test_an_assembly_has_the_first_quorum_and_a_second_call(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    assert (meeting.quorum_share, meeting.second_call_rule) == ("1/3", "present")


def test_a_council_has_its_own_quorum_and_no_second_call(plant: make.Plant) -> None:
    meeting = council_meeting(plant)
    assert (meeting.quorum_share, meeting.second_call_rule) == ("2/3", "none")
    meeting = meetings.draw_register(meeting=meeting, at=make.now())
    assert meeting.register is not None
    assert meeting.register.size == 4
    sitting = meeting.sittings.get()
    sitting.meeting = meeting
    for later in (datetime.timedelta(), HOUR, 5 * HOUR):
        clock = quorum_of(sitting, sitting.starts_at + later)
        assert (clock.call, clock.needed) == (1, 3)


def test_the_page_and_the_notice_of_a_council_say_so(plant: make.Plant, client: Client) -> None:
    meeting = council_meeting(plant)
    make.sign_in(client, plant.ana)
    for address in ("", "notice/"):
        page = client.get(f"/bakery/meetings/{meeting.pk}/{address}").content.decode()
        assert "the number of the first call holds" in page
