"""Amendments voted in secret: on paper in a box, and on screens with a key; what falls is known when it is counted."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.ways import Way
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Amendment
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
EIGHT = ("ana", "bo", "cy", "dee", "eve", "fay", "gus", "hal")
HOURS = "Hours of others may not be more than six per cent of all hours."


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws={**make_votes.ON_SCREENS, "published_floor": 5})
    make_votes.commission(plant)
    return plant


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """Under its item 2 stand two amendments that cannot both be in the text."""
    text = make.supported_motion(plant, title="Hired work", clauses=[HOURS, "It is posted."])
    for new, name in (("eight", "bo"), ("four", "eve")):
        change = Words(1, HOURS.replace("six", new))
        one = proposals.submit(proposal=text, changes=[change], by=plant.people[name], at=make.now())
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
    return make.meeting_in_session(plant, motions=[text])


def line(meeting: Meeting, part: int) -> AgendaItem:
    return meeting.items.get(number=2, part=part)


def states() -> list[str]:
    return list(Amendment.objects.order_by("number").values_list("state", flat=True))


def test_on_paper(plant: make.Plant, meeting: Meeting, client: Client) -> None:
    facts = {"item": line(meeting, 1), "by": plant.bo}
    vote = meetings.open_vote(way=Way.SECRET_PAPER, at=make.now(), **facts)  # type: ignore[arg-type]
    make.sign_in(client, plant.gus)
    kit = client.get(f"/bakery/ballots/{vote.ballot_id}/kit/papers/")
    assert kit.content.startswith(b"%PDF")
    make_paper.name_tellers(plant, vote.ballot)
    urn = make_paper.open_boxes(plant, vote.ballot, "Table")[0]
    make_paper.give(plant, urn, *EIGHT)
    make_paper.record(plant, urn, "closed")
    waiting = meetings.close_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (waiting.outcome, states()) == ("pending", ["admitted", "admitted"])
    with pytest.raises(Refused, match=r"vote-under-way-on \(item=2\.1\)"):
        meetings.open_vote(item=line(meeting, 2), by=plant.bo, at=make.now())
    make_paper.record(plant, urn, "unsealed")
    make_paper.agreed(plant, vote.ballot, urn, make_paper.motion(5, 2, abstain=1))
    settled = meetings.count_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (settled.outcome, states()) == ("carried", ["carried", "fallen"])
    text = compose(meeting, language="en").replace("\\", "")
    assert "Secret vote, on paper." in text
    assert "It fell. A1 was carried, and both cannot stand in one text." in text
    final = meetings.open_vote(item=line(meeting, 0), by=plant.bo, at=make.now())
    assert final.text == f"Hired work\n\n1. {HOURS.replace('six', 'eight')}\n\n2. It is posted."


def test_on_screens(plant: make.Plant, meeting: Meeting) -> None:
    facts = {"item": line(meeting, 1), "by": plant.bo}
    ready = meetings.prepare_vote(way=Way.SECRET_SCREENS, at=make.now(), **facts)  # type: ignore[arg-type]
    codes = make_votes.with_key(ready.ballot, plant)
    vote = meetings.open_vote(way=Way.SECRET_SCREENS, at=make.now(), **facts)  # type: ignore[arg-type]
    for name in EIGHT:
        who = plant.people[name]
        answer = "for" if name in EIGHT[:2] else "against"
        ballots.cast_secret(
            ballot=vote.ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now()
        )
    waiting = meetings.close_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (waiting.outcome, states()) == ("pending", ["admitted", "admitted"])
    ballots.open_urn(ballot=waiting.ballot, codes=make_votes.two(codes), by=plant.hal, at=make.now())
    meetings.count_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert Decision.objects.get(pk=vote.pk).outcome == "not_carried"
    assert states() == ["not_carried", "admitted"]
    assert meetings.open_vote(item=line(meeting, 2), by=plant.bo, at=make.now()).outcome == "pending"
