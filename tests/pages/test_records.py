"""The desk of a meeting with two sittings: which one is next, and ending one of them."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """The first sitting was to begin two hours ago and was not opened; the second begins in an hour."""
    at = make.now() - make.days(18)
    made = meetings.prepare(
        body=plant.assembly, kind="extraordinary", title="Canteen", place="Hall",
        sittings=[make.now() - 2 * HOUR, make.now() + HOUR], by=plant.ana, at=at,
    )  # fmt: skip
    meetings.add_item(meeting=made, kind=AgendaItem.Kind.REPORT, title="Flour", by=plant.ana, at=at)
    return meetings.convene(meeting=made, by=plant.ana, at=at)


def test_a_sitting_nobody_opened_is_given_up_and_the_next_is_the_one_to_open(
    plant: make.Plant, meeting: Meeting, client: Client
) -> None:
    make.sign_in(client, plant.ana)
    desk = client.get(f"/bakery/meetings/{meeting.pk}/attendance/")
    assert desk.context["next_sitting"].number == 2
    assert [(sitting.number, reasons) for sitting, reasons in desk.context["ending"]] == [(1, [])]
    assert "It was not opened by the hour of its second call." in desk.content.decode()
    answer = client.post(f"/bakery/meetings/{meeting.pk}/sittings/1/close/", follow=True)
    assert "Sitting 1 was not held; so it stands in the minutes." in answer.content.decode()
    assert answer.context["ending"] == []
    assert answer.context["next_sitting"].number == 2


def test_closing_what_is_still_to_come_is_refused(
    plant: make.Plant, meeting: Meeting, client: Client
) -> None:
    make.sign_in(client, plant.ana)
    answer = client.post(f"/bakery/meetings/{meeting.pk}/sittings/2/close/")
    assert answer.status_code == 409
    assert "A sitting has still to be held." in answer.content.decode()


def test_only_those_who_lead_close_a_sitting(plant: make.Plant, meeting: Meeting, client: Client) -> None:
    make.sign_in(client, plant.eve)
    assert client.post(f"/bakery/meetings/{meeting.pk}/sittings/1/close/").status_code == 404
