"""The list of problems in a meeting, as everybody reads it and as the desk goes through it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.meetings import actions as meetings
from coop.meetings.models import Action, Meeting, ProblemCall, Sitting
from coop.meetings.problems import list_item
from coop.members import actions as members
from coop.members.models import Member
from coop.production import actions as production
from coop.production.models import Problem
from tests import make
from tests.make_production import fresh, problem
from tests.make_production_meetings import closed, in_session, plant, prepared, taken_up

pytestmark = pytest.mark.django_db


@pytest.fixture(name="plant")
def _plant() -> make.Plant:
    return plant()


def at(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def client(who: Member) -> Client:
    return make.sign_in(Client(), who)


def spoken_about(plant: make.Plant, **more: Any) -> tuple[Sitting, Problem]:
    found = problem(plant, **more)
    sitting = in_session(plant)
    taken_up(plant, sitting, found)
    return sitting, found


def test_everybody_reads_the_list_and_only_who_leads_has_its_buttons(plant: make.Plant) -> None:
    problem(plant, title="Stands still", stopped=True)
    sitting = in_session(plant)
    address = at("meeting-problems", sitting.meeting_id)
    seen = client(plant.eve).get(address).content.decode()
    assert "The line stands still" in seen
    assert "Stands still" in seen
    assert "<form" not in seen.split("<main", 1)[1].split("</main>")[0]
    desk = client(plant.kim).get(address).content.decode()
    assert "Call item 1" in desk


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(plant: make.Plant, many: int) -> None:
    for number in range(many):
        problem(plant, title=f"No. {number}")
    meeting = prepared(plant, convened=True)
    reader = client(plant.eve)
    reader.get(at("meeting-problems", meeting.pk))
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(at("meeting-problems", meeting.pk))
    assert (answer.status_code, answer.content.count(b'class="story"')) == (200, many)
    assert len(asked) <= 12


def test_the_desk_goes_problem_by_problem(plant: make.Plant) -> None:
    first, second = problem(plant, title="One"), problem(plant, title="Two")
    sitting = in_session(plant)
    key, desk = sitting.meeting_id, client(plant.kim)
    early = desk.post(at("meeting-problem-call", key, first.pk))
    assert (early.status_code, b"Call the item with the list" in early.content) == (409, True)
    item = list_item(sitting.meeting)
    assert item is not None
    meetings.call_item(item=item, sitting=sitting, by=plant.kim, at=make.now())
    assert desk.post(at("meeting-problem-call", key, first.pk)).status_code == 302
    page = desk.get(at("meeting-problem", key, first.pk)).content.decode()
    assert f"Next: {second.label} Two" in page
    assert (
        desk.post(
            at("meeting-problem-say", key, first.pk), {"kind": "decision", "words": "A new hinge."}
        ).status_code
        == 302
    )
    assert "A new hinge." in client(plant.eve).get(at("meeting-problem", key, first.pk)).content.decode()
    hall = client(plant.eve).get(at("hall", key)).content.decode()
    assert "One" in hall
    assert "A new hinge." in hall
    assert desk.post(at("meeting-problem-leave", key)).status_code == 302
    assert not ProblemCall.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    ("act", "typed", "kind"),
    [
        ("take-up", {"words": "Fay looks at it"}, "taken_up"),
        ("measure", {"measured": "minutes a shift", "value_before": "12,5"}, "measure"),
        ("send-up", {"words": "We cannot buy it"}, "escalated"),
        ("solved", {"words": "New hinge"}, "solved"),
    ],
)
def test_each_sheet_writes_one_thing(plant: make.Plant, act: str, typed: dict[str, str], kind: str) -> None:
    sitting, found = spoken_about(plant)
    desk, address = client(plant.kim), at(f"meeting-problem-{act}", sitting.meeting_id, found.pk)
    assert desk.get(address).status_code == 200
    assert desk.post(address, typed).status_code == 302
    assert [event.kind for event in found.events.all()] == [kind]
    assert client(plant.eve).post(address, typed).status_code == 404


def test_an_action_on_a_problem_stands_on_its_page_and_who_left_takes_on_none(plant: make.Plant) -> None:
    sitting, found = spoken_about(plant)
    today = plant.cooperative.day_of(make.now())
    members.leave(member=plant.lou, since=today, document="Letter", by=plant.cy, at=make.now())
    desk, address = client(plant.kim), at("meeting-problem-agree", sitting.meeting_id, found.pk)
    typed = {"text": "Order a hinge", "who": str(plant.lou.number), "due_on": "2027-01-08"}
    gone = desk.post(address, typed)
    assert (gone.status_code, b"Order a hinge" in gone.content) == (409, True)
    assert (
        desk.post(address, typed | {"who": str(plant.fay.number), "due_on": "9999-12-31"}).status_code == 409
    )
    assert not Action.objects.exists()
    assert desk.post(address, typed | {"who": str(plant.fay.number)}).status_code == 302
    action = Action.objects.get()
    assert (action.problem, action.owner) == (found, plant.fay)
    assert f"{found.label}" in client(plant.fay).get(at("action", action.pk)).content.decode()


@pytest.mark.parametrize(
    ("act", "typed", "status"),
    [
        ("say", {"kind": "verified", "words": "x"}, 422),
        ("say", {"kind": "cause", "words": " "}, 422),
        ("measure", {"measured": "kg", "value_before": "1.234,5"}, 422),
        ("measure", {"measured": "kg", "value_before": "NaN"}, 422),
        ("measure", {"measured": "kg", "value_before": "1e30"}, 422),
        ("send-down", {"words": "There is nothing below"}, 409),
        ("agree", {"text": "x", "who": "99999", "due_on": "2027-01-08"}, 422),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(
    plant: make.Plant, act: str, typed: dict[str, str], status: int
) -> None:
    sitting, found = spoken_about(plant)
    answer = client(plant.kim).post(at(f"meeting-problem-{act}", sitting.meeting_id, found.pk), typed)
    assert answer.status_code == status
    assert not found.events.exists()


def test_what_stands_before_another_body_is_not_found_here(plant: make.Plant) -> None:
    sitting, found = spoken_about(plant)
    other = problem(plant, title="Moved")
    production.move_to_conduct(problem=other, by=plant.ida, at=make.now())
    reader = client(plant.eve)
    assert reader.get(at("meeting-problem", sitting.meeting_id, other.pk)).status_code == 404
    assert "Moved" not in reader.get(at("meeting-problems", sitting.meeting_id)).content.decode()
    assert reader.get(at("meeting-problem", sitting.meeting_id, found.pk)).status_code == 200


def test_afterwards_the_list_is_what_was_spoken_about(plant: make.Plant) -> None:
    left = problem(plant, title="Left alone")
    sitting, found = spoken_about(plant, title="Spoken about")
    meeting: Meeting = closed(plant, sitting)
    seen = client(plant.eve).get(at("meeting-problems", meeting.pk)).content.decode()
    assert "Spoken about" in seen
    assert "Left alone" not in seen
    assert (fresh(left).untouched, fresh(found).untouched) == (1, 1)  # nothing was written about either
