"""A proposal given up and taken over, kept off the agenda, rejected and brought back."""

from __future__ import annotations

import pytest

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members.terms import months_later
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: object, **facts: object) -> list[Reason]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return no.value.reasons


def test_any_other_member_takes_over_what_its_mover_gave_up(plant: make.Plant) -> None:
    text = make.supported_motion(plant)
    facts = {"proposal": text, "at": make.now()}
    assert [r.code for r in refused(proposals.take_over, by=plant.fay, **facts)] == ["not-given-up"]
    proposals.withdraw(proposal=text, by=plant.eve, at=make.now())
    assert [r.code for r in refused(proposals.take_over, by=plant.eve, **facts)] == ["gave-it-up-yourself"]
    assert [r.code for r in refused(proposals.take_over, by=plant.max, **facts)] == ["not-a-full-member"]
    late = make.now() + make.days(31)
    assert [r.code for r in refused(proposals.take_over, proposal=text, by=plant.fay, at=late)] == [
        "too-late-to-take-over"
    ]
    proposals.take_over(by=plant.fay, **facts)
    text.refresh_from_db()
    assert (text.state, text.mover, text.author) == ("admitted", plant.fay, plant.eve)
    assert text.supports.count() == 3


def test_a_proposal_that_still_looked_for_support_goes_on_looking(plant: make.Plant) -> None:
    text = make.published_motion(plant)
    proposals.withdraw(proposal=text, by=plant.eve, at=make.now())
    proposals.take_over(proposal=text, by=plant.fay, at=make.now())
    text.refresh_from_db()
    assert (text.state, text.settled_at) == ("open", None)
    assert [r.code for r in refused(proposals.withdraw, proposal=text, by=plant.eve, at=make.now())] == [
        "not-the-author"
    ]
    proposals.withdraw(proposal=text, by=plant.fay, at=make.now())


def test_what_does_not_go_on_an_agenda_says_why(plant: make.Plant) -> None:
    text = make.supported_motion(plant)
    facts = {"proposal": text, "at": make.now()}
    assert [r.code for r in refused(proposals.refuse_admission, because="No.", by=plant.eve, **facts)] == [
        "no-mandate"
    ]
    assert [r.code for r in refused(proposals.refuse_admission, because=" ", by=plant.ana, **facts)] == [
        "no-reason-given"
    ]
    proposals.refuse_admission(because="The statute forbids it.\n", by=plant.ana, **facts)
    text.refresh_from_db()
    assert (text.state, text.said) == ("refused", "The statute forbids it.")


def rejected(plant: make.Plant) -> Proposal:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana, "against")
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    found = Proposal.objects.get(pk=decision.proposal_id)
    assert found.carried is False
    return found


def test_what_was_rejected_comes_back_after_the_months_of_the_bylaws(plant: make.Plant) -> None:
    before = rejected(plant)
    again = make.motion(plant, title="Another title", at=make.now())  # the same clauses
    (reason,) = refused(proposals.publish, proposal=again, by=plant.eve, at=make.now())
    assert (reason.code, reason.params["label"]) == ("returns-later", before.label)
    assert before.settled_at is not None
    settled = plant.cooperative.day_of(before.settled_at)
    assert reason.params["day"] == months_later(settled, 3).isoformat()
    later = make.now() + make.days(93)
    proposals.publish(proposal=again, by=plant.eve, at=later)
    again.refresh_from_db()
    assert (again.state, again.again) == ("open", before)


def test_other_words_may_be_put_forward_at_once(plant: make.Plant) -> None:
    rejected(plant)
    other = make.motion(plant, clauses=["On Tuesdays only."], at=make.now())
    proposals.publish(proposal=other, by=plant.eve, at=make.now())
