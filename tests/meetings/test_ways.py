"""The ways of voting on an item, and secret votes that are asked for in the hall."""

from __future__ import annotations

import pytest

from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, SecrecyDemand
from coop.meetings.secrecy import demands, demands_needed
from coop.meetings.ways import Way, way_of
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


def refused(act: object, **facts: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


def item_in_session(plant: make.Plant) -> AgendaItem:
    return make.meeting_in_session(plant).items.get(number=2)


def ask(item: AgendaItem, plant: make.Plant, *names: str) -> None:
    for name in names:
        meetings.demand_secrecy(item=item, by=plant.people[name], at=make.now())


@pytest.mark.parametrize("way", list(Way))
def test_every_way_is_recognised_on_its_ballot(way: Way) -> None:
    assert way_of(Ballot(secrecy=way.secrecy, channels=list(way.channels))) is way


@pytest.mark.parametrize(
    ("present", "percent", "needed"),
    [(8, 10, 1), (20, 10, 2), (21, 10, 3), (200, 25, 50), (9, 0, 1), (0, 10, 1)],
)
def test_how_many_bind_the_chair(present: int, percent: int, needed: int) -> None:
    assert demands_needed(present, percent) == needed


def test_enough_of_those_present_bind_the_chair_and_only_the_number_is_told() -> None:
    plant = make.plant(bylaws={"secret_ballot_demand_percent": 25})  # eight present: two
    item = item_in_session(plant)
    ask(item, plant, "eve")
    facts = {"item": item, "by": plant.bo, "at": make.now()}
    ask(item, plant, "fay")
    with pytest.raises(Refused) as no:
        meetings.open_vote(**facts)  # type: ignore[arg-type]
    assert str(no.value) == "secrecy-demanded (asking=2, present=8, needed=2)"
    for way in (Way.HANDS, Way.SCREENS_AND_HANDS):
        assert refused(meetings.open_vote, way=way, **facts) == ["secrecy-demanded"]
    assert not Decision.objects.exists()


def test_whoever_goes_out_no_longer_asks() -> None:
    plant = make.plant(bylaws={"secret_ballot_demand_percent": 25})
    item = item_in_session(plant)
    ask(item, plant, "eve", "fay")
    out = item.meeting.attendances.get(member=plant.eve)
    meetings.leave(attendance=out, by=plant.eve, at=make.now())
    assert demands(item) == 1
    assert meetings.open_vote(item=item, by=plant.bo, at=make.now()).ballot.secrecy == "open"


def test_who_asks_when_and_how_often() -> None:
    plant = make.plant()
    item = item_in_session(plant)
    facts = {"at": make.now()}
    ask(item, plant, "eve")
    assert refused(meetings.demand_secrecy, item=item, by=plant.eve, **facts) == ["secrecy-demanded-already"]
    assert refused(meetings.demand_secrecy, item=item, by=plant.lou, **facts) == ["not-in-the-hall"]
    meetings.check_in(meeting=item.meeting, member=plant.nan, by=plant.ana, at=make.now())  # hired: a voice
    assert refused(meetings.demand_secrecy, item=item, by=plant.nan, **facts) == ["not-in-the-hall"]
    report = item.meeting.items.get(number=3)
    assert refused(meetings.demand_secrecy, item=report, by=plant.eve, **facts) == ["nothing-to-decide"]
    other = AgendaItem.objects.get(decision=make.open_vote(plant, motions=[make.supported_motion(plant)]))
    assert refused(meetings.demand_secrecy, item=other, by=plant.eve, **facts) == ["too-late-for-secrecy"]
    assert SecrecyDemand.objects.count() == 1


def test_an_hour_at_which_it_closes_by_itself_is_for_screens_alone() -> None:
    plant = make.plant()
    facts = {"item": item_in_session(plant), "closes_at": make.now() + make.days(0.01), "by": plant.bo}
    for way in (Way.HANDS, Way.SCREENS_AND_HANDS, Way.SECRET_PAPER):
        assert refused(meetings.open_vote, way=way, at=make.now(), **facts) == ["closed-by-people"]


def test_a_secret_vote_on_screens_is_made_ready_before() -> None:
    plant = make.plant()
    item = item_in_session(plant)
    facts = {"item": item, "by": plant.bo, "at": make.now()}
    assert refused(meetings.open_vote, way=Way.SECRET_SCREENS, **facts) == ["vote-not-prepared"]
    assert refused(meetings.prepare_vote, way=Way.SECRET_PAPER, **facts) == ["nothing-to-prepare"]
    ready = meetings.prepare_vote(way=Way.SECRET_SCREENS, **facts)  # type: ignore[arg-type]
    assert (ready.outcome, ready.ballot.state, ready.ballot.secrecy) == ("pending", "draft", "secret")
    assert refused(meetings.prepare_vote, way=Way.SECRET_SCREENS, **facts) == ["vote-prepared-already"]
    assert refused(meetings.open_vote, way=Way.SECRET_BOTH, **facts) == ["prepared-another-way"]
    item.refresh_from_db()
    assert item.decision is None  # nothing is being voted


def test_what_was_made_ready_is_given_up_by_another_way_or_by_the_end() -> None:
    plant = make.plant()
    item = item_in_session(plant)
    facts = {"item": item, "by": plant.bo, "at": make.now()}
    first = meetings.prepare_vote(way=Way.SECRET_SCREENS, **facts)  # type: ignore[arg-type]
    meetings.give_up_vote(**facts)  # type: ignore[arg-type]
    second = meetings.prepare_vote(way=Way.SECRET_BOTH, **facts)  # type: ignore[arg-type]
    opened = meetings.open_vote(**facts)  # type: ignore[arg-type]
    for given_up in (first, second):
        given_up.refresh_from_db()
        given_up.ballot.refresh_from_db()
        assert (given_up.outcome, given_up.ballot.state) == ("void", "annulled")
    assert opened.ballot.state == "open"


def test_a_meeting_that_ends_gives_up_what_was_made_ready() -> None:
    plant = make.plant()
    item = item_in_session(plant)
    ready = meetings.prepare_vote(item=item, way=Way.SECRET_SCREENS, by=plant.bo, at=make.now())
    meetings.close_meeting(meeting=item.meeting, by=plant.bo, at=make.now())
    ready.refresh_from_db()
    assert ready.outcome == "void"
    ready.proposal.refresh_from_db()
    assert ready.proposal.state == "admitted"
