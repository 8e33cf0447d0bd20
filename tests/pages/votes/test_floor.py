"""Votes on the floor: opened, watched, closed and counted; and the end of the meeting."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.models import Proposal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def bo(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.bo)


def vote(meeting: Meeting, rest: str = "", number: int = 2) -> str:
    return f"/bakery/meetings/{meeting.pk}/items/{number}/vote/{rest}"


def desk(meeting: Meeting) -> str:
    return f"/bakery/meetings/{meeting.pk}/attendance/"


# --- opening ---------------------------------------------------------------------------------------------


def test_what_will_be_voted_is_shown_then_opened(plant: make.Plant, bo: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = bo.get(vote(meeting)).content.decode()
    for words in (
        "On Mondays the canteen serves ninety lunches.",
        "To be carried it needs more than half of the votes for and against; abstentions are not counted.",
        "8 people with a vote are checked in.",
    ):
        assert words in page
    assert not Decision.objects.exists()
    assert bo.post(vote(meeting), {"minutes": ""})["Location"] == desk(meeting)
    ballot = Decision.objects.get().ballot
    assert (ballot.state, ballot.closes_at, ballot.roll.filter(present=True).count()) == ("open", None, 8)
    assert bo.post(vote(meeting), {"minutes": ""}).status_code == 409


def test_a_vote_that_closes_by_itself(plant: make.Plant, bo: Client) -> None:
    meeting = make.meeting_in_session(plant)
    bo.post(vote(meeting), {"minutes": "15"})
    ballot = Decision.objects.get().ballot
    assert ballot.opened_at is not None
    assert ballot.closes_at == ballot.opened_at + datetime.timedelta(minutes=15)


@pytest.mark.parametrize("minutes", ["0", "-5", "721", "soon", "9" * 5000, "1\x00", ["5", "6"]])
def test_minutes_that_are_none(plant: make.Plant, bo: Client, minutes: Any) -> None:
    meeting = make.meeting_in_session(plant)
    answer = bo.post(vote(meeting), {"minutes": minutes})
    assert answer.status_code == 422
    assert "minutes" in answer.context["form"].errors
    assert not Decision.objects.exists()


def test_what_cannot_be_voted(plant: make.Plant, bo: Client) -> None:
    session = make.meeting_in_session(plant)
    waiting = make.convened_meeting(plant)
    for address, words in (
        (vote(session, number=1), "There is nothing to vote on in this item."),
        (vote(waiting), "No sitting is open now."),
    ):
        page = bo.get(address).content.decode()
        assert words in page
        assert "Open the vote" not in page
        answer = bo.post(address)
        assert answer.status_code == 409
        assert words in answer.content.decode()
    assert bo.get(vote(session, number=9)).status_code == 404
    assert not Decision.objects.exists()


def test_only_who_leads_opens_and_closes(plant: make.Plant) -> None:
    meeting = AgendaItem.objects.get(decision=make.open_vote(plant)).meeting
    eve = make.sign_in(Client(), plant.eve)
    for address in (vote(meeting), vote(meeting, "close/"), f"/bakery/meetings/{meeting.pk}/close/"):
        assert eve.get(address).status_code == eve.post(address).status_code == 404
    assert Ballot.objects.get().state == "open"


# --- closing ---------------------------------------------------------------------------------------------


def test_the_turnout_without_the_answers_then_the_count(plant: make.Plant, bo: Client) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    for name, choice in (("ana", "for"), ("cy", "for"), ("dee", "against")):
        make.cast(decision.ballot, plant.people[name], choice)
    for address in (vote(meeting, "close/"), desk(meeting)):
        page = bo.get(address).content.decode()
        assert "3 of 8 present" in page
        assert "5 have not voted yet." in page
        assert "Against" not in page
    page = bo.post(vote(meeting, "close/"), follow=True).content.decode()
    assert "Carried: 2 for, 2 were needed" in page
    decision.refresh_from_db()
    assert (decision.outcome, decision.number) == ("carried", 1)
    assert bo.post(vote(meeting, "close/")).status_code == 409
    assert "No vote is under way on this item." in bo.get(vote(meeting, "close/")).content.decode()


def test_the_turnout_alone_for_htmx(plant: make.Plant, bo: Client) -> None:
    meeting = AgendaItem.objects.get(decision=make.open_vote(plant)).meeting
    page = bo.get(vote(meeting, "close/"), headers={"HX-Request": "true"}).content.decode()
    assert "0 of 8 present" in page
    assert "<form" not in page
    bo.post(vote(meeting, "close/"))
    page = bo.get(vote(meeting, "close/"), headers={"HX-Request": "true"}).content.decode()
    assert "No vote is under way on this item any more." in page


def test_nothing_to_close(plant: make.Plant, bo: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = bo.get(vote(meeting, "close/")).content.decode()
    assert "No vote is under way on this item." in page
    assert "Close and count" not in page
    assert bo.post(vote(meeting, "close/")).status_code == 409


# --- the end ---------------------------------------------------------------------------------------------


def test_closing_the_meeting_says_what_was_left(plant: make.Plant, bo: Client) -> None:
    meeting = make.meeting_in_session(plant)
    address = f"/bakery/meetings/{meeting.pk}/close/"
    page = bo.get(address).content.decode()
    assert "They wait for another meeting." in page
    assert "Item 2: P 2026-1" in page or "Item 2: P " in page
    assert bo.post(address)["Location"] == f"/bakery/meetings/{meeting.pk}/minutes/"
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    assert Proposal.objects.get().state == Proposal.State.ADMITTED
    assert bo.post(address).status_code == 409


def test_a_vote_under_way_keeps_the_meeting_open(plant: make.Plant, bo: Client) -> None:
    meeting = AgendaItem.objects.get(decision=make.open_vote(plant)).meeting
    address = f"/bakery/meetings/{meeting.pk}/close/"
    assert "The vote on item 2 is still open; close it first." in bo.get(address).content.decode()
    assert bo.post(address).status_code == 409
    meeting.refresh_from_db()
    assert meeting.state == "in_session"


def test_a_meeting_that_never_began_is_not_closed(plant: make.Plant, bo: Client) -> None:
    meeting = make.convened_meeting(plant)
    answer = bo.post(f"/bakery/meetings/{meeting.pk}/close/")
    assert answer.status_code == 409
    assert actions is not None
