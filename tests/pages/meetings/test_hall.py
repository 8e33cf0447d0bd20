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
    then = make.now() - datetime.timedelta(minutes=4)
    actions.close_vote(item=item, by=plant.bo, at=then)
    actions.announce(item=item, by=plant.bo, at=then)
    page = lou.get(screen(item.meeting)).content.decode()
    assert "Carried: 1 for, 1 was needed" in page or "Carried: 1 for, 1 were needed" in page
    assert lou.get(screen(item.meeting) + "?item=1").context["line"].item.number == 2


def test_five_minutes_later_the_next_item_or_the_one_asked_for(plant: make.Plant, lou: Client) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    then = make.now() - datetime.timedelta(minutes=6)
    actions.close_vote(item=item, by=plant.bo, at=then)
    actions.announce(item=item, by=plant.bo, at=then)
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


def test_the_list_of_speakers_its_first_three_and_the_clock_of_who_speaks(
    plant: make.Plant, lou: Client
) -> None:
    meeting = make.meeting_in_session(plant)
    sitting, who = meeting.sittings.get(), {"by": plant.ana, "at": make.now()}
    actions.call_item(item=meeting.items.get(number=2), sitting=sitting, **who)
    assert "Who asks for the floor?" in lou.get(screen(meeting)).content.decode()
    turns = [
        actions.ask_for_floor(sitting=sitting, member=plant.people[name], unnamed=name == "gus", **who)
        for name in ("eve", "fay", "gus", "hal", "cy")
    ]
    actions.give_floor(turn=turns[0], **who)
    page = lou.get(screen(meeting)).content.decode()
    ends_at = who["at"] + datetime.timedelta(minutes=3)
    for words in (
        f'data-ends="{int(ends_at.timestamp())}"',
        ">Eve<",
        ">Fay<",
        ">Hal<",
        "1 more waits.",
    ):
        assert words in page
    assert ">Somebody<" in page
    for name in ("Gus", ">Cy<"):
        assert name not in page
    lou.get(screen(meeting) + "?item=1")
    actions.call_item(item=meeting.items.get(number=3), sitting=sitting, by=plant.bo, at=make.now())
    for pinned in ("", "?item=1"):
        assert lou.get(screen(meeting) + pinned).context["line"].item.number == 3


def test_the_dark_edition_is_asked_for(plant: make.Plant, lou: Client) -> None:
    meeting = make.convened_meeting(plant)
    shown = {
        dark: "hall--night" in lou.get(screen(meeting) + dark).content.decode() for dark in ("", "?night=1")
    }
    assert shown == {"": False, "?night=1": True}


def test_an_address_is_not_told_back_to_the_screen(plant: make.Plant, lou: Client) -> None:
    meeting = make.convened_meeting(plant)
    page = lou.get(screen(meeting) + "?item=1&x=shouting&item=2").content.decode()
    assert "shouting" not in page
    assert f'hx-get="{screen(meeting)}?item=2"' in page
