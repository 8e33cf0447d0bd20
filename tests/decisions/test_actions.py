"""Decisions: numbered per body and year without gaps, settled once, annulled with a reason and put again."""

from __future__ import annotations

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.models import Proposal
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def in_session(plant: make.Plant, *titles: str) -> Meeting:
    motions = [make.supported_motion(plant, title=title) for title in titles]
    return make.meeting_in_session(plant, motions=motions)


def voted(
    plant: make.Plant, meeting: Meeting, number: int, *, at: datetime.datetime | None = None
) -> Decision:
    """Put to the vote and closed; nobody votes, so it is a tie."""
    at = at or make.now()
    item = meeting.items.get(number=number)
    meetings.open_vote(item=item, by=plant.bo, at=at)
    return meetings.close_vote(item=item, by=plant.bo, at=at)


def annulled(
    plant: make.Plant, meeting: Meeting, number: int, because: str = "The text was misread."
) -> Decision:
    item = meeting.items.get(number=number)
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    return decisions.void(decision=decision, because=because, by=plant.bo.actor, at=make.now())


def test_numbers_follow_the_settling_and_have_no_gaps(plant: make.Plant) -> None:
    meeting = in_session(plant, "One", "Two", "Three")
    first, second = meeting.items.get(number=2), meeting.items.get(number=3)
    for item in (first, second):
        meetings.open_vote(item=item, by=plant.bo, at=make.now())
    later = meetings.close_vote(item=second, by=plant.bo, at=make.now())  # opened last, settled first
    earlier = meetings.close_vote(item=first, by=plant.bo, at=make.now())
    assert (later.number, earlier.number) == (1, 2)
    void = annulled(plant, meeting, 4)
    assert (void.outcome, void.number, void.year, void.decided_at) == ("void", None, None, None)
    assert voted(plant, meeting, 4).number == 3  # the annulled vote has left no gap


def test_numbers_begin_again_with_the_year_of_the_plant(plant: make.Plant) -> None:
    """At three in the morning of New Year's Day in London it is still the old year in Buenos Aires."""
    starts = datetime.datetime(2025, 12, 31, 23, tzinfo=datetime.UTC)
    motions = [
        make.supported_motion(plant, title=title, at=starts - make.days(20)) for title in ("One", "Two")
    ]
    meeting = make.convened_meeting(plant, starts_at=starts, motions=motions, at=starts - make.days(18))
    for name in make.NAMES[:8]:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=starts)
    meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=starts)
    old = datetime.datetime(2026, 1, 1, 2, 59, tzinfo=datetime.UTC)
    first = voted(plant, meeting, 2, at=old)
    second = voted(plant, meeting, 3, at=old + datetime.timedelta(minutes=1))
    assert [(one.year, one.number) for one in (first, second)] == [(2025, 1), (2026, 1)]


def test_bodies_count_for_themselves(plant: make.Plant) -> None:
    here = voted(plant, in_session(plant, "One"), 2)
    other = make.plant("quarry")
    there = voted(other, in_session(other, "One"), 2)
    assert (here.number, there.number) == (1, 1)


def test_settling_twice_is_refused(plant: make.Plant) -> None:
    decision = voted(plant, in_session(plant, "One"), 2)
    with pytest.raises(Refused, match="decision-settled"):
        decisions.settle(decision=decision, by=plant.bo.actor, at=make.now())
    decision.refresh_from_db()
    assert decision.number == 1


def test_an_open_or_annulled_vote_is_not_settled(plant: make.Plant) -> None:
    meeting = in_session(plant, "One", "Two")
    running = meetings.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="vote-not-closed"):
        decisions.settle(decision=running, by=plant.bo.actor, at=make.now())
    with pytest.raises(Refused, match="decision-settled"):
        decisions.settle(decision=annulled(plant, meeting, 3), by=plant.bo.actor, at=make.now())


def test_what_is_counted_is_not_annulled_and_nothing_twice(plant: make.Plant) -> None:
    meeting = in_session(plant, "One", "Two")
    facts = {"because": "Misread.", "by": plant.bo.actor, "at": make.now()}
    with pytest.raises(Refused, match="ballot-settled"):
        decisions.void(decision=voted(plant, meeting, 2), **facts)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="ballot-settled"):
        decisions.void(decision=annulled(plant, meeting, 3), **facts)  # type: ignore[arg-type]


def test_without_a_reason_nothing_is_annulled(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    with pytest.raises(Refused, match="no-reason-given"):
        decisions.void(decision=decision, because=" ", by=plant.bo.actor, at=make.now())


def test_put_again_after_it_was_annulled_and_the_minutes_tell_both(plant: make.Plant) -> None:
    meeting = in_session(plant, "One")
    first = annulled(plant, meeting, 2, "The *wrong* text was read.")
    with pytest.raises(Refused, match="vote-annulled"):
        make.cast(first.ballot, plant.eve)
    item = meeting.items.get(number=2)
    second = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    make.cast(second.ballot, plant.eve)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert Decision.objects.filter(proposal=item.proposal).count() == 2
    text = compose(meeting, language="en")
    reason = text.index("was annulled and does not count. The reason: The \\*wrong\\* text was read\\.")
    again = text.index("The same text was put to the vote again.")
    assert reason < again < text.index("For 1, against 0, abstaining 0.")
    assert text.count("The text put to the vote:") == 1
    assert "The vote is still open." not in text


def test_each_annulled_vote_stands_under_its_own_item(plant: make.Plant) -> None:
    meeting = in_session(plant, "One", "Two")
    annulled(plant, meeting, 2, "First reason")
    annulled(plant, meeting, 2, "Second reason")
    annulled(plant, meeting, 3, "Third reason")
    text = compose(meeting, language="en")
    places = [
        text.index(words) for words in ("First reason", "Second reason", "## 3", "Third reason", "## 4")
    ]
    assert places == sorted(places)
    assert "It was not put to the vote." not in text
    assert "The vote is still open." not in text


def test_after_an_annulled_vote_the_meeting_ends_and_the_proposal_waits_for_the_next(
    plant: make.Plant,
) -> None:
    meeting = in_session(plant, "One")
    decision = annulled(plant, meeting, 2)
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    proposal = Proposal.objects.get(pk=decision.proposal_id)
    assert proposal.state == Proposal.State.ADMITTED
    another = make.draft_meeting(
        plant, starts_at=make.now() + make.days(40), motions=[proposal], at=make.now()
    )
    assert another.items.get(number=2).proposal == proposal


def test_what_was_decided_stays_decided_when_the_meeting_ends(plant: make.Plant) -> None:
    meeting = in_session(plant, "One")
    decision = voted(plant, meeting, 2)
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    assert Proposal.objects.get(pk=decision.proposal_id).state == Proposal.State.SETTLED


def test_a_vote_closed_by_its_hour_and_annulled_before_the_count(plant: make.Plant) -> None:
    hour = make.now() - datetime.timedelta(minutes=1)
    decision = make.open_vote(plant, closes_at=hour)
    ballots.latch(ballot=decision.ballot, at=make.now())
    decisions.void(decision=decision, because="Misread.", by=plant.bo.actor, at=make.now())
    item = AgendaItem.objects.get(decision=decision)
    settled = meetings.settle_vote(decision=decision, at=make.now())
    assert (settled.outcome, settled.number) == ("void", None)
    assert meetings.open_vote(item=item, by=plant.bo, at=make.now()).outcome == "pending"
