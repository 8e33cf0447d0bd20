"""The screen in the hall."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.decisions.models import Decision
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


def screen(meeting: Meeting) -> str:
    return f"/bakery/meetings/{meeting.pk}/hall/"


def test_before_the_hour_the_quorum_clock(plant: make.Plant, lou: Client) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + datetime.timedelta(minutes=29, seconds=30))
    actions.check_in(meeting=meeting, member=plant.eve, by=plant.eve, at=make.now())
    context = lou.get(screen(meeting)).context
    clock = context["clock"].quorum
    assert (clock.present, clock.needed, clock.register, context["minutes_left"]) == (1, 7, 12, 30)


def test_on_first_call_the_minutes_to_the_second(plant: make.Plant, lou: Client) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() - datetime.timedelta(minutes=20, seconds=30))
    actions.check_in(meeting=meeting, member=plant.eve, by=plant.eve, at=make.now())
    answer = lou.get(screen(meeting))
    assert answer.context["minutes_left"] == 40
    assert "minutes to second call" in answer.content.decode()


def test_during_a_vote_the_text_and_the_turnout_only(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    for name, choice in (("ana", "for"), ("bo", "against")):
        make.cast(decision.ballot, plant.people[name], choice)
    page = lou.get(screen(meeting)).content.decode()
    for words in ("Item 2 of 3", "voting is open", "Pupils enter by the east gate.", "2 of 8 present"):
        assert words in page
    for secret in ("For 1", "Against 1", "Carried", "carried by"):
        assert secret not in page


def test_a_text_too_long_for_the_screen_is_not_cut(plant: make.Plant, lou: Client) -> None:
    clauses = [f"Clause {number} of the rules of the showers. " * 3 for number in range(1, 9)]
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, clauses=clauses)])
    page = lou.get(screen(AgendaItem.objects.get(decision=decision).meeting)).content.decode()
    assert "A text of 8 clauses, too long for this screen." in page
    assert "of the rules of the showers" not in page
    assert "0 of 8 present" in page


def test_after_the_count_the_result_then_the_next_item(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    make.cast(decision.ballot, plant.ana)
    actions.close_vote(item=item, by=plant.bo, at=make.now() - datetime.timedelta(minutes=4))
    page = lou.get(screen(item.meeting)).content.decode()
    assert "Carried: 1 for, 1 was needed" in page or "Carried: 1 for, 1 were needed" in page
    assert lou.get(screen(item.meeting) + "?item=1").context["line"].item.number == 2


def test_five_minutes_later_the_next_item_or_the_one_asked_for(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    actions.close_vote(item=item, by=plant.bo, at=make.now() - datetime.timedelta(minutes=6))
    assert Decision.objects.get().number == 1
    assert lou.get(screen(item.meeting)).context["line"].item.number == 3
    assert lou.get(screen(item.meeting) + "?item=1").context["line"].item.number == 1
    for nonsense in ("99", "x", "%F0%9F%94%94", "9" * 5000):
        assert lou.get(f"{screen(item.meeting)}?item={nonsense}").context["line"].item.number == 3


def test_a_closed_meeting_shows_its_decisions(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    make.cast(decision.ballot, plant.ana)
    decision = actions.close_vote(item=item, by=plant.bo, at=make.now())
    actions.close_meeting(meeting=item.meeting, by=plant.bo, at=make.now())
    page = lou.get(screen(item.meeting)).content.decode()
    assert "The meeting is closed." in page
    assert decision.label in page


def test_a_cancelled_meeting_says_so(plant: make.Plant, lou: Client) -> None:
    meeting = make.convened_meeting(plant)
    actions.cancel(meeting=meeting, because="The hall is flooded.", by=plant.ana, at=make.now())
    assert "Cancelled" in lou.get(screen(meeting)).content.decode()


def test_nothing_new_costs_nothing(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    first = lou.get(screen(meeting), headers=HTMX)
    assert "<html" not in first.content.decode()
    assert first["Cache-Control"] == "private, no-cache"
    again = lou.get(screen(meeting), headers={**HTMX, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make.cast(decision.ballot, plant.ana)
    news = lou.get(screen(meeting), headers={**HTMX, "If-None-Match": first["ETag"]})
    assert news.status_code == 200
    assert news["ETag"] != first["ETag"]


def test_the_screen_has_no_buttons_and_works_without_a_script(plant: make.Plant, lou: Client) -> None:
    meeting = AgendaItem.objects.get(decision=make.open_vote(plant)).meeting
    page = lou.get(screen(meeting)).content.decode()
    assert "<form" not in page
    assert "<button" not in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert lou.post(screen(meeting)).status_code == 405
