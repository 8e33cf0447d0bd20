"""The code of the door on the screen in the hall; and the quorum clock that everybody asks for every few seconds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import Meeting
from coop.pages import polled
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    settings.HALL_SECONDS = 60
    polled.forget()
    yield
    polled.forget()


def words(client: Client, meeting: Meeting, rest: str, **more: Any) -> str:
    answer = client.get(f"/bakery/meetings/{meeting.pk}/{rest}", **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_the_door_is_open_the_screen_of_the_desk_shows_its_code(
    plant: make.Plant, ana: Client, lou: Client
) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + HOUR)
    shown = words(ana, meeting, "hall/?wall=1")
    assert "hall__code" in shown
    assert f'hx-get="/bakery/meetings/{meeting.pk}/hall/?wall=1"' in shown
    assert "hall__code" in words(ana, meeting, "hall/?wall=1", headers=HTMX)
    assert "hall__code" not in words(ana, meeting, "hall/")
    assert "hall__code" not in words(lou, meeting, "hall/?wall=1")  # at home on a telephone there is none
    assert "hall/?wall=1" in words(ana, meeting, "attendance/")
    assert "wall=1" not in words(lou, meeting, "")
    early = make.convened_meeting(plant, starts_at=make.now() + make.days(2), motions=[])
    assert "hall__code" not in words(ana, early, "hall/?wall=1")


def test_in_session_the_code_makes_room_for_a_vote(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    assert "hall__code" in words(ana, meeting, "hall/?wall=1")
    actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    assert "hall__code" not in words(ana, meeting, "hall/?wall=1")


@pytest.mark.usefixtures("kept")
def test_what_is_kept_for_the_desk_is_told_to_nobody_else(
    plant: make.Plant, ana: Client, lou: Client
) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + HOUR)
    assert "hall__code" in words(ana, meeting, "hall/?wall=1", headers=HTMX)
    for address in ("hall/?wall=1", "hall/"):
        assert "hall__code" not in words(lou, meeting, address, headers=HTMX)


@pytest.mark.usefixtures("kept")
def test_the_quorum_clock_is_put_together_once_for_everybody(
    plant: make.Plant, ana: Client, lou: Client
) -> None:
    meeting = make.meeting_in_session(plant)
    address = f"/bakery/meetings/{meeting.pk}/"
    with CaptureQueriesContext(connection) as first:
        told = ana.get(address, headers=HTMX)
    with CaptureQueriesContext(connection) as second:
        same = lou.get(address, headers=HTMX)
    assert "8 of 12 on the register" in told.content.decode()
    assert same.content == told.content
    assert len(second) < len(first)
    assert not [one for one in second if "meetings_stay" in one["sql"]]
    again = lou.get(address, headers={**HTMX, "If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make.plant("mill", names=[f"Other {one}" for one in range(12)])
    assert lou.get(address.replace("bakery", "mill"), headers=HTMX).status_code == 404
