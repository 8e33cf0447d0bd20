"""The pages of the desk for several sittings: every refusal beside what was typed, everything in a click or two."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.ballots.models import RollEntry
from coop.meetings import actions as meetings
from coop.meetings.models import OnWatch, QuorumCount, Sitting, SittingOffice
from coop.meetings.ways import Way
from tests import make
from tests.meetings.test_sittings import HOUR, come, convened

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws={"quorum_second_rule": "number", "quorum_second_number": 2})


def test_naming_for_the_day(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant)
    make.sign_in(client, plant.ana)
    address = f"/bakery/meetings/{meeting.pk}/day-offices/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"sitting": "1", "power": "chair", "number": "99"}).status_code == 422
    refused = client.post(address, {"sitting": "1", "power": "chair", "number": "12"})
    assert (refused.status_code, b"Lou" in refused.content) == (409, True)
    answer = client.post(address, {"sitting": "1", "power": "chair", "number": "5"}, follow=True)
    assert "Eve chairs from now on." in answer.content.decode()
    assert SittingOffice.objects.get().member == plant.eve


def test_adjourning(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant)
    make.sign_in(client, plant.bo)
    address = f"/bakery/meetings/{meeting.pk}/sittings/1/adjourn/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"starts_at": "soon", "because": "Late"}).status_code == 422
    far = client.post(address, {"starts_at": "2999-01-01T10:00", "because": "Late"})
    assert (far.status_code, b"2999-01-01T10:00" in far.content) == (409, True)
    day = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=3)
    answer = client.post(
        address, {"starts_at": f"{day}T10:00", "because": "Late", "place": "Bay 3"}, follow=True
    )
    assert "It goes on as sitting 2" in answer.content.decode()
    assert Sitting.objects.get(number=2).place == "Bay 3"


def test_the_watch_and_a_count(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant)
    make.sign_in(client, plant.ana)
    address = f"/bakery/meetings/{meeting.pk}/sittings/1/watch/"
    answer = client.post(address, {"number": "12", "post": "Oven 2"}, follow=True)
    assert "Lou is on watch" in answer.content.decode()
    assert client.post(address, {"number": "12"}).status_code == 409
    assert OnWatch.objects.get().post == "Oven 2"
    answer = client.post(f"/bakery/meetings/{meeting.pk}/count-people/", follow=True)
    assert "Counted: 8 present, 7 needed. It is enough." in answer.content.decode()
    assert QuorumCount.objects.get().asked_by == plant.ana


def test_a_sitting_has_voted_at_the_press_of_a_button(plant: make.Plant, client: Client) -> None:
    starts = make.now() - 2 * HOUR
    meeting = convened(plant, starts)
    come(plant, meeting, "ana bo cy dee eve fay gus", starts)
    sitting = Sitting.objects.select_related("meeting").get(meeting=meeting, number=1)
    meetings.open_sitting(sitting=sitting, by=plant.bo, at=starts)
    make.sign_in(client, plant.ana)
    item = meeting.items.get(number=1)
    opening = client.get(f"/bakery/meetings/{meeting.pk}/items/1/vote/").content.decode()
    assert "Other sittings vote on it too." in opening
    decision = meetings.open_vote(item=item, way=Way.SCREENS, by=plant.bo, at=starts)
    make.cast(decision.ballot, plant.eve)
    closing = client.get(f"/bakery/meetings/{meeting.pk}/items/1/vote/close/").content.decode()
    assert "Has this sitting voted?" in closing
    assert "Close and count" not in closing
    assert (
        client.post(f"/bakery/meetings/{meeting.pk}/items/1/vote/rest/", {"sitting": "7"}).status_code == 409
    )
    answer = client.post(f"/bakery/meetings/{meeting.pk}/items/1/vote/rest/", {"sitting": "1"}, follow=True)
    page = answer.content.decode()
    assert "Sitting 1 has voted on item 1." in page
    assert "Rests until the next sitting" in page or "rests until the next sitting" in page
    assert RollEntry.objects.filter(ballot=decision.ballot, part=1, present=True).count() == 7
    again = client.post(f"/bakery/meetings/{meeting.pk}/items/1/vote/rest/", {"sitting": "1"})
    assert again.status_code == 409
