"""The power goes, hands are counted on paper, and the vote is typed in afterwards by two people and a third."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localtime

from coop.ballots import actions as ballots
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, VoteFromPaper
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def item(plant: make.Plant) -> AgendaItem:
    """The sitting is open since twenty minutes ago, with eight people."""
    return make.meeting_in_session(plant).items.get(number=2)


def record(plant: make.Plant, item: AgendaItem, began: int = 15, ended: int = 10, **more: Any) -> Decision:
    at = make.now()
    facts = {"source": "Two tally sheets", "by": plant.bo, "at": at, **more}
    return meetings.record_from_paper(
        item=item, began_at=at - began * MINUTE, ended_at=at - ended * MINUTE, **facts
    )


def test_typed_in_by_two_confirmed_by_a_third_and_told_in_the_minutes(
    plant: make.Plant, item: AgendaItem
) -> None:
    meetings.check_in(meeting=item.meeting, member=plant.ida, by=plant.ana, at=make.now() - 5 * MINUTE)
    vote = record(plant, item)
    assert vote.ballot.roll.filter(present=True, channel="hands").count() == 8  # Ida came after it
    meetings.check_in(meeting=item.meeting, member=plant.jo, by=plant.ana, at=make.now())
    ballots.name_tellers(ballot=vote.ballot, members=[plant.gus, plant.hal], by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="hands-not-counted"):
        meetings.close_vote(item=item, by=plant.bo, at=make.now())
    for typist in (plant.gus, plant.hal):
        votes = {"for": 5, "against": 2, "abstain": 0}
        ballots.enter_hands(ballot=vote.ballot, block="Hall", votes=votes, by=typist, at=make.now())
    ballots.confirm_hands(ballot=vote.ballot, block="Hall", attempt=1, by=plant.ana, at=make.now())
    settled = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    tally = settled.ballot.questions.get().tally
    assert (settled.outcome, tally.voted, tally.present) == ("carried", 7, 8)
    held = VoteFromPaper.objects.get()
    zone = plant.cooperative.zone
    began, ended = (moment.astimezone(zone).strftime("%H:%M") for moment in (held.began_at, held.ended_at))
    text = compose(item.meeting, language="en").replace("\\", "")
    assert f"It was held on paper from {began} to {ended}, and typed in on" in text
    assert "by Bo from: Two tally sheets." in text


@pytest.mark.parametrize(
    ("began", "ended", "reason"),
    [
        (10, 15, "hours-out-of-order"),
        (10, 10, "hours-out-of-order"),
        (10, -5, "hours-out-of-order"),
        (25, 10, "not-during-a-sitting"),
    ],
)
def test_hours_that_cannot_be(
    plant: make.Plant, item: AgendaItem, began: int, ended: int, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        record(plant, item, began, ended)
    assert not Decision.objects.exists()


def test_who_records_and_only_once(plant: make.Plant, item: AgendaItem) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        record(plant, item, by=plant.eve)
    record(plant, item)
    with pytest.raises(Refused, match="voted-already"):
        record(plant, item)


def test_what_must_be_secret_was_not_voted_by_hands(plant: make.Plant, item: AgendaItem) -> None:
    meetings.demand_secrecy(item=item, by=plant.eve, at=make.now())
    with pytest.raises(Refused, match="secrecy-demanded"):
        record(plant, item)


def test_the_page(plant: make.Plant, item: AgendaItem) -> None:
    bo = make.sign_in(Client(), plant.bo)
    address = f"/bakery/meetings/{item.meeting_id}/items/2/vote/from-paper/"
    assert "It was voted on paper" in bo.get(address).content.decode()
    clock = localtime(make.now(), plant.cooperative.zone)
    hours = {
        name: (clock - before * MINUTE).strftime("%Y-%m-%dT%H:%M")
        for name, before in (("began_at", 12), ("ended_at", 10))
    }
    for wrong in ({"source": ""}, {"began_at": "noon"}, {"ended_at": "2026-13-40T99:99"}):
        assert bo.post(address, {**hours, "source": "Sheets", **wrong}).status_code == 422
    turned = {"began_at": hours["ended_at"], "ended_at": hours["began_at"], "source": "Sheets of Hal"}
    answer = bo.post(address, turned)
    assert answer.status_code == 409
    assert "Sheets of Hal" in answer.content.decode()
    answer = bo.post(address, {**hours, "source": "Sheets"})
    ballot = Decision.objects.get().ballot_id
    assert (answer.status_code, answer["Location"]) == (302, f"/bakery/ballots/{ballot}/hands/")
