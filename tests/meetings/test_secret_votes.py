"""Secret votes on the items of a meeting: on screens with a key that is made before, and on paper in a box."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem
from coop.meetings.ways import Way
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
EIGHT = ("ana", "bo", "cy", "dee", "eve", "fay", "gus", "hal")


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws={**make_votes.ON_SCREENS, "published_floor": 5})
    make_votes.commission(plant)
    return plant


def cast(ballot: Ballot, plant: make.Plant, name: str, answer: str) -> None:
    who = plant.people[name]
    ballots.cast_secret(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())


def minutes_of(item: AgendaItem) -> str:
    return compose(item.meeting, language="en").replace("\\", "")


def test_a_secret_vote_on_screens_in_the_hall(plant: make.Plant) -> None:
    item = make.meeting_in_session(plant).items.get(number=2)
    facts = {"item": item, "by": plant.bo}
    ready = meetings.prepare_vote(way=Way.SECRET_SCREENS, at=make.now(), **facts)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="key-not-tested"):
        meetings.open_vote(way=Way.SECRET_SCREENS, at=make.now(), **facts)  # type: ignore[arg-type]
    codes = make_votes.with_key(ready.ballot, plant)
    vote = meetings.open_vote(way=Way.SECRET_SCREENS, at=make.now(), **facts)  # type: ignore[arg-type]
    assert (vote.pk, vote.ballot.state) == (ready.pk, "open")

    for name in EIGHT[:5]:
        cast(vote.ballot, plant, name, "for")
    for name in EIGHT[5:]:
        cast(vote.ballot, plant, name, "against")
    with pytest.raises(Refused, match="not-checked-in"):
        cast(vote.ballot, plant, "ida", "for")

    waiting = meetings.close_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (waiting.outcome, waiting.ballot.state) == ("pending", "closed")
    assert "has not been counted yet" in minutes_of(item)
    call_command("tick")  # leaves it to the trustees
    two = make_votes.two(codes)
    ballots.open_urn(ballot=waiting.ballot, codes=two, by=plant.hal, at=make.now())
    call_command("tick")  # numbers what is counted
    settled = Decision.objects.get(pk=vote.pk)
    assert (settled.outcome, settled.number) == ("carried", 1)
    text = minutes_of(item)
    for words in ("Secret vote, on a screen.", "For 5, against 3, abstaining 0."):
        assert words in text


def test_a_secret_vote_on_paper_in_the_hall(plant: make.Plant) -> None:
    item = make.meeting_in_session(plant).items.get(number=2)
    facts = {"item": item, "by": plant.bo}
    vote = meetings.open_vote(way=Way.SECRET_PAPER, at=make.now(), **facts)  # type: ignore[arg-type]
    make_paper.name_tellers(plant, vote.ballot)
    urn = make_paper.open_boxes(plant, vote.ballot, "Table")[0]
    make_paper.give(plant, urn, *EIGHT[:7])
    make_paper.record(plant, urn, "closed")
    waiting = meetings.close_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (waiting.outcome, waiting.ballot.state) == ("pending", "closed")
    with pytest.raises(Refused, match="box-not-counted"):
        meetings.count_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    make_paper.record(plant, urn, "unsealed")
    for teller in make_paper.TELLERS:
        make_paper.sheet(plant, vote.ballot, urn, teller, make_paper.motion(3, 3, spoiled=1))
    make_paper.confirm(plant, vote.ballot, urn)
    settled = meetings.count_vote(at=make.now(), **facts)  # type: ignore[arg-type]
    assert (settled.outcome, settled.label) == ("tie", "D GA 2026-1")
    text = minutes_of(item)
    for words in (
        "Secret vote, on paper.",
        "For 3, against 3, abstaining 0.",
        "1 paper could not be counted.",
    ):
        assert words in text
