"""Now hands, acclamation, and whoever asks for a count."""

from __future__ import annotations

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, CountDemand, RollEntry
from coop.ballots.sentences import say_result
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.meetings.ways import Way
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


def refused(act: object, **facts: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


def hands_of(decision: Decision) -> list[str]:
    found = RollEntry.objects.filter(ballot=decision.ballot, channel="hands").order_by("member__number")
    return list(found.values_list("member__name", flat=True))


def item_of(decision: Decision) -> AgendaItem:
    return AgendaItem.objects.get(decision=decision)


def test_now_hands_moves_everybody_present_who_has_not_voted() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.SCREENS_AND_HANDS)
    for name in ("ana", "bo"):
        make.cast(decision.ballot, plant.people[name])
    assert ballots.move_to_hands(ballot=decision.ballot, by=plant.bo, at=make.now()) == 6
    assert hands_of(decision) == ["Cy", "Dee", "Eve", "Fay", "Gus", "Hal"]
    with pytest.raises(Refused, match="already-voted"):
        make.cast(decision.ballot, plant.eve)
    facts = {"ballot": decision.ballot, "by": plant.bo, "at": make.now()}
    assert refused(ballots.move_to_hands, **facts) == ["nobody-left-for-hands"]
    meetings.check_in(meeting=item_of(decision).meeting, member=plant.ida, by=plant.ana, at=make.now())
    make.cast(decision.ballot, plant.ida)  # who comes later still votes on a screen


def test_only_who_leads_and_only_where_hands_are_taken() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.SCREENS_AND_HANDS)
    facts = {"ballot": decision.ballot, "at": make.now()}
    assert refused(ballots.move_to_hands, by=plant.eve, **facts) == ["no-mandate"]
    screens = make.open_vote(plant, motions=[make.supported_motion(plant)])
    assert refused(ballots.move_to_hands, ballot=screens.ballot, by=plant.bo, at=make.now()) == [
        "not-by-hands"
    ]


def test_nobody_votes_on_a_screen_where_only_hands_are_taken() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.HANDS)
    with pytest.raises(Refused, match="not-on-screens"):
        make.cast(decision.ballot, plant.eve)


def test_hands_that_were_asked_for_are_counted_before_the_vote_is_closed() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.SCREENS_AND_HANDS)
    item = item_of(decision)
    ballots.move_to_hands(ballot=decision.ballot, by=plant.bo, at=make.now())
    assert refused(meetings.close_vote, item=item, by=plant.bo, at=make.now()) == ["hands-not-counted"]
    by_hands = make.open_vote(plant, way=Way.HANDS, motions=[make.supported_motion(plant)])
    facts = {"item": item_of(by_hands), "by": plant.bo, "at": make.now()}
    assert refused(meetings.close_vote, **facts) == ["hands-not-counted"]


def test_nobody_asks_for_a_count_and_it_is_carried_by_acclamation() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.HANDS)
    settled = meetings.acclaim(item=item_of(decision), by=plant.bo, at=make.now())
    assert (settled.outcome, settled.label) == ("carried", "D GA 2026-1")
    tally = settled.ballot.questions.get().tally
    assert (tally.how, tally.voted, tally.present, tally.needed) == ("acclamation", 0, 8, None)
    assert say_result(tally) == "Carried by acclamation: nobody asked for a count. Present with a vote: 8."


def test_one_person_who_asks_ends_the_acclamation() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.HANDS)
    ballots.demand_count(ballot=decision.ballot, by=plant.eve, at=make.now())
    facts = {"item": item_of(decision), "by": plant.bo, "at": make.now()}
    assert refused(meetings.acclaim, **facts) == ["count-demanded"]
    assert Ballot.objects.get(pk=decision.ballot_id).state == "open"


def test_who_may_ask_for_a_count() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.HANDS)
    facts = {"ballot": decision.ballot, "at": make.now()}
    assert refused(ballots.demand_count, by=plant.lou, **facts) == [
        "not-in-the-hall"
    ]  # on the roll, not there
    assert refused(ballots.demand_count, by=plant.nan, **facts) == ["not-in-the-hall"]
    ballots.demand_count(by=plant.eve, **facts)  # type: ignore[arg-type]
    assert refused(ballots.demand_count, by=plant.eve, **facts) == ["count-demanded-already"]
    ballots.move_to_hands(by=plant.bo, **facts)  # type: ignore[arg-type]
    assert refused(ballots.demand_count, by=plant.fay, **facts) == ["counted-anyway"]
    assert CountDemand.objects.count() == 1


def test_a_special_majority_is_never_acclaimed_nor_a_vote_that_began_on_screens() -> None:
    plant = make.plant()
    statute = make.supported_motion(plant, matter="statute")
    special = make.open_vote(plant, way=Way.HANDS, motions=[statute])
    facts = {"by": plant.bo, "at": make.now()}
    assert refused(meetings.acclaim, item=item_of(special), **facts) == ["acclamation-needs-simple-majority"]
    mixed = make.open_vote(plant, way=Way.SCREENS_AND_HANDS, motions=[make.supported_motion(plant)])
    assert refused(meetings.acclaim, item=item_of(mixed), **facts) == ["counted-anyway"]
    assert refused(meetings.acclaim, item=item_of(mixed), by=plant.eve, at=make.now()) == ["no-mandate"]
