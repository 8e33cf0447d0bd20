"""Amendments under an item of the agenda: the last day, the order, the votes, the text that comes of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.decisions.models import Decision
from coop.decisions.rules import obstacles_to_putting_to_the_vote
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.speaking import Moved
from coop.proposals import actions as proposals
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Insert, Words
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
    text, (eight, four, _voice) = amended(plant)
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


def test_an_order_changed_in_the_hall_is_the_order_of_the_agenda(plant: make.Plant) -> None:
    text, (eight, four, voice) = amended(plant)
    meeting = make.meeting_in_session(plant, motions=[text])

    def places() -> list[Amendment | None]:
        return [one.amendment for one in meeting.items.exclude(amendment=None)]

    meetings.move_amendment(
        amendment=voice, before=eight, because="It is quickly said.", by=plant.ana, at=make.now()
    )
    assert places() == [voice, eight, four]
    block = meetings.vote_together(proposal=text, parts=[voice, eight], by=plant.ana, at=make.now())
    assert places() == [block, four, voice, eight]  # the parts keep their lines, behind
    meetings.withdraw_amendment(amendment=block, by=plant.ana, at=make.now())
    assert places() == [voice, eight, four, block]
    lines = Entry.objects.filter(verb="amendments-in-order").order_by("pk")
    assert lines.last().facts["order"] == ["A3", "A1", "A2"]  # type: ignore[union-attr]


def test_amendments_of_its_parts_are_voted_before_a_block(plant: make.Plant) -> None:
    text, (eight, _four, voice) = amended(plant)
    words = Words(1, VOTE.text.replace("vote", "vote of their own"))
    sub = proposals.submit(proposal=text, changes=[words], amends=voice, by=plant.gus, at=make.now())
    proposals.admit(amendment=sub, by=plant.ana.actor, at=make.now())
    meeting = make.meeting_in_session(plant, motions=[text])
    block = meetings.vote_together(proposal=text, parts=[eight, voice], by=plant.ana, at=make.now())
    line = meeting.items.get(amendment=block)
    with pytest.raises(Refused) as no:
        meetings.open_vote(item=line, by=plant.ana, at=make.now())
    assert [(r.code, r.params) for r in no.value.reasons] == [("amendments-first", {"labels": "A3.1"})]
    vote(plant, meeting.items.get(amendment=sub), "for")
    assert vote(plant, line, "for").outcome == "carried"
    assert AmendedText.of(text).as_it_stands == [EIGHT.text, words.text]


def test_asking_whether_a_text_may_be_put_costs_the_same_with_many_amendments(
    plant: make.Plant, django_assert_num_queries: Any
) -> None:
    text, _ = amended(plant)
    make.meeting_in_session(plant, motions=[text])
    with django_assert_num_queries(7):
        assert obstacles_to_putting_to_the_vote(Proposal.objects.get(pk=text.pk))
    for number in range(27):
        one = proposals.submit(
            proposal=text, changes=[Insert(2, f"Clause {number}.")], by=plant.eve, at=make.now()
        )
        proposals.give_leave(amendment=one, by=plant.ana.actor, at=make.now())
    with django_assert_num_queries(7):
        assert obstacles_to_putting_to_the_vote(Proposal.objects.get(pk=text.pk))


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


def moves(
    plant: make.Plant, meeting: Meeting, kind: str, label: str, votes: tuple[int, int]
) -> list[tuple[str, Amendment | None]]:
    """What stands under the item after a motion of order on an amendment was counted."""
    sitting = meeting.sittings.get()
    moved = Moved(kind, plant.eve, label, *votes)
    meetings.move_order(sitting=sitting, moved=moved, by=plant.ana, at=make.now())
    return [(one.place, one.amendment) for one in meeting.items.exclude(amendment=None)]


def test_a_late_amendment_is_taken_up_by_two_thirds_and_a_contrary_one_is_voted_all_the_same(
    plant: make.Plant,
) -> None:
    text, _ = amended(plant)
    meeting = make.meeting_in_session(plant, motions=[text])
    late = proposals.submit(proposal=text, changes=[Insert(2, "Posted.")], by=plant.gus, at=make.now())
    other = proposals.submit(proposal=text, changes=[Insert(2, "Read out.")], by=plant.hal, at=make.now())
    meetings.call_item(item=item(meeting, "2"), sitting=meeting.sittings.get(), by=plant.ana, at=make.now())
    for label, votes, code in (
        ("A1", (6, 1), "say-which-amendment"),
        ("A9", (6, 1), "say-which-amendment"),
    ):
        with pytest.raises(Refused) as no:
            moves(plant, meeting, "take_up", label, votes)
        assert [r.code for r in no.value.reasons] == [code]
    assert len(moves(plant, meeting, "take_up", "A4", (5, 3))) == 3  # 5 of 8 are not two thirds
    late.refresh_from_db()
    assert late.state == "submitted"
    assert moves(plant, meeting, "take_up", "a4", (6, 2))[-1] == ("2.4", late)
    # two words go further than one: A5 comes before A4
    assert moves(plant, meeting, "take_up", "A5", (6, 2))[3:] == [("2.4", other), ("2.5", late)]
    for place in ("2.1", "2.2", "2.3"):
        vote(plant, item(meeting, place), "against")
    vote(plant, item(meeting, "2.4"), "for")
    late.refresh_from_db()
    assert (late.state, late.fell_because) == ("fallen", "contrary")
    moves(plant, meeting, "vote_anyway", "A4", (4, 3))
    late.refresh_from_db()
    assert late.state == "admitted"
    assert vote(plant, item(meeting, "2.5"), "against").outcome == "not_carried"
    assert vote(plant, item(meeting, "2"), "for").outcome == "carried"


def test_several_late_amendments_are_taken_up_at_once_or_none_of_them(plant: make.Plant) -> None:
    text, _ = amended(plant)
    meeting = make.meeting_in_session(plant, motions=[text])
    late = [
        proposals.submit(proposal=text, changes=[Insert(2, words)], by=plant.gus, at=make.now())
        for words in ("Posted.", "Read out aloud.")
    ]
    meetings.call_item(item=item(meeting, "2"), sitting=meeting.sittings.get(), by=plant.ana, at=make.now())
    for label in ("A4, A1", "A4 A9", "A4 and A5", ""):
        with pytest.raises(Refused) as no:
            moves(plant, meeting, "take_up", label, (6, 1))
        assert [r.code for r in no.value.reasons] == ["say-which-amendment"], label
    assert Amendment.objects.filter(state="submitted").count() == 2
    there = moves(plant, meeting, "take_up", "A4, a5", (6, 2))
    assert {amendment for _place, amendment in there} > set(late)
    assert Amendment.objects.filter(state="submitted").count() == 0
