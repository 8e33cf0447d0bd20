"""Amendments under an item of the agenda: the last day, the order, the votes, the text that comes of it."""

from __future__ import annotations

import datetime

import pytest

from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Amendment, Proposal
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

HOURS = "Hours of others may not be more than six per cent of all hours."
VOICE = "Hired people take part in the council with a voice."
FOUR, EIGHT = Words(1, HOURS.replace("six", "four")), Words(1, HOURS.replace("six", "eight"))
VOTE = Words(2, VOICE.replace("voice", "vote"))


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def amended(plant: make.Plant) -> tuple[Proposal, list[Amendment]]:
    text = make.supported_motion(plant, title="Hired work", clauses=[HOURS, VOICE])
    made = []
    for change, name in ((EIGHT, "bo"), (FOUR, "eve"), (VOTE, "fay")):
        one = proposals.submit(proposal=text, changes=[change], by=plant.people[name], at=make.now())
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
        made.append(one)
    return text, made


def vote(plant: make.Plant, item: AgendaItem, choice: str) -> Decision:
    decision = meetings.open_vote(item=item, by=plant.ana, at=make.now())
    for name in ("eve", "fay", "gus"):
        make.cast(decision.ballot, plant.people[name], choice)
    return meetings.close_vote(item=item, by=plant.ana, at=make.now())


def item(meeting: Meeting, place: str) -> AgendaItem:
    number, _, part = place.partition(".")
    return meeting.items.get(number=int(number), part=int(part or 0))


def test_the_opening_lays_the_amendments_under_their_item_in_the_order_of_voting(plant: make.Plant) -> None:
    text, (eight, four, voice) = amended(plant)
    meeting = make.meeting_in_session(plant, motions=[text])
    assert [(one.place, one.amendment) for one in meeting.items.exclude(amendment=None)] == [
        ("2.1", eight),
        ("2.2", four),
        ("2.3", voice),
    ]
    text.refresh_from_db()
    assert text.debated_at is not None


def test_amendments_are_voted_before_the_text_and_it_is_put_as_amended(plant: make.Plant) -> None:
    text, (eight, four, voice) = amended(plant)
    meeting = make.meeting_in_session(plant, motions=[text])
    with pytest.raises(Refused) as no:
        meetings.open_vote(item=item(meeting, "2"), by=plant.ana, at=make.now())
    assert [(r.code, r.params) for r in no.value.reasons] == [("amendments-first", {"labels": "A1, A2, A3"})]
    first = vote(plant, item(meeting, "2.1"), "for")
    assert (first.outcome, first.title) == ("carried", f"{text.label} A1: Hired work")
    assert "more than [-six-] {+eight+} per cent" in first.text
    four.refresh_from_db()
    assert (four.state, four.fell_because, four.through) == ("fallen", "impossible", eight)
    with pytest.raises(Refused) as no:
        meetings.open_vote(item=item(meeting, "2.2"), by=plant.ana, at=make.now())
    assert [r.code for r in no.value.reasons] == ["amendment-not-admitted"]
    assert vote(plant, item(meeting, "2.3"), "against").outcome == "not_carried"
    last = vote(plant, item(meeting, "2"), "for")
    assert (last.outcome, last.amendment, last.adopted_text) == ("carried", None, "")
    assert last.final_text == f"Hired work\n\n1. {EIGHT.text}\n\n2. {VOICE}"
    text.refresh_from_db()
    assert text.state == "settled"
    assert [one.number for one in Decision.objects.order_by("number")] == [1, 2, 3]


def test_with_the_notice_the_last_day_is_known(plant: make.Plant) -> None:
    text, _ = amended(plant)
    starts = make.now() + datetime.timedelta(days=20)
    meeting = make.draft_meeting(plant, starts_at=starts, motions=[text])
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now())
    text.refresh_from_db()
    assert text.amendments_until == starts
    meetings.cancel(meeting=meeting, because="The oven.", by=plant.ana, at=make.now())
    text.refresh_from_db()
    assert (text.state, text.amendments_until) == ("admitted", None)
