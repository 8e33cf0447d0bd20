"""Motions of order that were carried lead to what they say; a clock that stands; the tie of a chair for the day."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.meetings import actions
from coop.meetings.models import Meeting, QuorumCount, Sitting
from coop.meetings.ways import Way
from coop.members.models import Power
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws={"tie_rule": "chair_decides"})


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """Item 2 is under way."""
    made = make.meeting_in_session(plant)
    actions.call_item(item=made.items.get(number=2), sitting=sitting_of(made), by=plant.bo, at=make.now())
    return made


@pytest.fixture
def desk(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def sitting_of(meeting: Meeting) -> Sitting:
    return Sitting.objects.select_related("meeting").get(meeting=meeting, number=1)


def at(meeting: Meeting, *steps: object) -> str:
    return "/".join(["/bakery/meetings", str(meeting.pk), *map(str, steps)]) + "/"


def page(client: Client, address: str, **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def moved(kind: str, votes_for: int = 5) -> dict[str, object]:
    return {"kind": kind, "mover": "6", "votes_for": votes_for, "votes_against": 2, "outcome": ""}


def test_a_carried_count_leads_to_counting(plant: make.Plant, meeting: Meeting, desk: Client) -> None:
    counting = at(meeting, "session", "count")
    answer = desk.post(at(meeting, "session", "motion"), moved("count"))
    assert answer["Location"] == counting
    assert "those present are counted before the next vote" in page(
        desk, at(meeting, "session"), headers=HTMX
    )
    words = page(desk, counting)
    assert "Moved by Fay and carried at" in words
    assert 'value="6"' in words  # who moved it asks for it
    refused = desk.post(at(meeting, "items", 2, "vote"), {"minutes": ""})
    assert refused.status_code == 409
    assert "Count them first" in refused.content.decode()
    assert desk.post(counting, {"number": ""}).status_code == 422
    assert desk.post(counting, {"number": "77"}).status_code == 422
    outside = desk.post(counting, {"number": "12"})
    assert (outside.status_code, 'value="12"' in outside.content.decode()) == (409, True)
    assert not QuorumCount.objects.exists()
    answer = desk.post(counting, {"number": "6"}, follow=True)
    assert "Counted: 8 present, 7 needed. It is enough." in answer.content.decode()
    made = QuorumCount.objects.get()
    assert (made.present, made.needed, made.asked_by, made.counted_by) == (8, 7, plant.fay, plant.ana)
    assert "8 present, 7 needed; asked for by Fay" in page(desk, counting)
    assert "before the next vote" not in page(desk, at(meeting, "session"), headers=HTMX)
    assert desk.post(at(meeting, "items", 2, "vote"), {"minutes": ""}).status_code == 302


def test_a_carried_adjournment_leads_to_its_form(plant: make.Plant, meeting: Meeting, desk: Client) -> None:
    form = at(meeting, "sittings", 1, "adjourn")
    assert "had moved" not in page(desk, form)
    answer = desk.post(at(meeting, "session", "motion"), moved("adjourn"))
    assert answer["Location"] == form
    assert 'value="those present decided so, as Fay had moved"' in page(desk, form)
    assert "Say when it goes on" in page(desk, at(meeting, "session"), headers=HTMX)
    actions.call_item(
        item=meeting.items.get(number=3), sitting=sitting_of(meeting), by=plant.bo, at=make.now()
    )
    assert "Say when it goes on" not in page(desk, at(meeting, "session"), headers=HTMX)


@pytest.mark.parametrize("kind", ["count", "adjourn"])
def test_what_was_not_carried_leads_back(meeting: Meeting, desk: Client, kind: str) -> None:
    answer = desk.post(at(meeting, "session", "motion"), moved(kind, votes_for=1))
    assert answer["Location"] == at(meeting, "session")
    words = page(desk, at(meeting, "session"), headers=HTMX)
    assert "before the next vote" not in words
    assert "Say when it goes on" not in words


def test_nothing_is_counted_where_no_sitting_is_open(plant: make.Plant, desk: Client) -> None:
    waiting = make.convened_meeting(plant)
    assert "No sitting is open." in page(desk, at(waiting, "session", "count"))
    assert desk.post(at(waiting, "session", "count"), {"number": "6"}).status_code == 409


def test_in_a_pause_the_clock_of_the_speaker_stands(
    plant: make.Plant, meeting: Meeting, desk: Client
) -> None:
    began = make.now()
    turn = actions.ask_for_floor(sitting=sitting_of(meeting), member=plant.eve, by=plant.eve, at=began)
    actions.give_floor(turn=turn, by=plant.bo, at=began)
    paused = began + make.days(65 / 86400)
    actions.pause_sitting(sitting=sitting_of(meeting), because="Alarm", by=plant.bo, at=paused)
    eve = make.sign_in(Client(), plant.eve)
    for client, address in ((eve, at(meeting, "floor")), (desk, at(meeting, "session"))):
        words = page(client, address, headers=HTMX)
        assert '>1:55</span> <span class="note">left; the clock stands' in words
        assert "data-ends" not in words


def tied(plant: make.Plant, meeting: Meeting) -> Any:
    decision = actions.open_vote(
        item=meeting.items.get(number=2), way=Way.SCREENS, by=plant.ana, at=make.now()
    )
    make.cast(decision.ballot, plant.eve, "for")
    make.cast(decision.ballot, plant.fay, "against")
    actions.close_vote(item=meeting.items.get(number=2), by=plant.ana, at=make.now())
    return decision


@pytest.mark.parametrize("at_the_desk", [True, False])
def test_a_chair_for_the_day_decides_a_tie(plant: make.Plant, meeting: Meeting, at_the_desk: bool) -> None:
    office = {"sitting": sitting_of(meeting), "power": Power.CHAIR, "by": plant.ana, "at": make.now()}
    actions.name_for_the_day(member=plant.gus, **office)
    decision = tied(plant, meeting)
    gus = make.sign_in(Client(), plant.gus)
    closing, result = (
        at(meeting, "items", 2, "vote", "close"),
        f"/bakery/ballots/{decision.ballot_id}/result/",
    )
    address = closing if at_the_desk else result
    asked = gus.post(address)
    assert asked.status_code == 409
    assert 'name="chair"' in asked.content.decode()
    assert gus.post(address, {"chair": "for"}).status_code == 302
    decision.refresh_from_db()
    assert decision.outcome == "carried"


def test_a_secretary_does_not_decide_a_tie(plant: make.Plant, meeting: Meeting, desk: Client) -> None:
    decision = tied(plant, meeting)
    for address in (
        at(meeting, "items", 2, "vote", "close"),
        f"/bakery/ballots/{decision.ballot_id}/result/",
    ):
        asked = desk.post(address)
        assert asked.status_code == 409
        assert 'name="chair"' not in asked.content.decode()
