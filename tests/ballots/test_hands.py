"""Now hands, acclamation, and whoever asks for a count."""

from __future__ import annotations

from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.acta.sentences import say_result
from coop.ballots.hands import blocks_of, hands_agreed
from coop.ballots.models import Ballot, CountDemand, RollEntry
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
    with pytest.raises(Refused, match="counted-by-hand"):
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


def three(votes_for: int, against: int, abstain: int = 0) -> dict[str, int]:
    return {"for": votes_for, "against": against, "abstain": abstain}


def counted_by(
    plant: make.Plant, ballot: Ballot, block: str, votes: dict[str, int], *tellers: str, **more: Any
) -> None:
    for name in tellers:
        ballots.enter_hands(
            ballot=ballot, block=block, votes=votes, by=plant.people[name], at=make.now(), **more
        )


def on_hands(plant: make.Plant, *voted: str, way: Way = Way.SCREENS_AND_HANDS) -> Decision:
    """Eight present; those named have voted for it on a screen, the others raise their hands. Ida and Jo count."""
    decision = make.open_vote(plant, way=way)
    for name in voted:
        make.cast(decision.ballot, plant.people[name])
    ballots.move_to_hands(ballot=decision.ballot, by=plant.bo, at=make.now())
    ballots.name_tellers(ballot=decision.ballot, members=[plant.ida, plant.jo], by=plant.bo, at=make.now())
    return decision


def confirm(plant: make.Plant, decision: Decision, block: str, attempt: int = 1) -> None:
    ballots.confirm_hands(ballot=decision.ballot, block=block, attempt=attempt, by=plant.bo, at=make.now())


def test_screens_and_two_blocks_of_hands_are_one_count() -> None:
    plant = make.plant()
    decision = on_hands(plant, "ana", "bo", "cy")
    counted_by(plant, decision.ballot, "Left", three(1, 2), "ida", "jo")
    counted_by(plant, decision.ballot, "Gallery", three(1, 0, 1), "ida", "jo")
    confirm(plant, decision, "Left")
    confirm(plant, decision, "Gallery")
    settled = meetings.close_vote(item=item_of(decision), by=plant.bo, at=make.now())
    tally = settled.ballot.questions.get().tally
    lines = {(line.channel, line.option.code): line.votes for line in tally.lines.select_related("option")}
    assert (settled.outcome, tally.voted, tally.present, tally.needed) == ("carried", 8, 8, 4)
    assert lines == {
        ("phone", "for"): 3, ("phone", "against"): 0, ("phone", "abstain"): 0,
        ("hands", "for"): 2, ("hands", "against"): 2, ("hands", "abstain"): 1,
    }  # fmt: skip


def test_two_tellers_who_differ_count_again_and_no_block_closes_the_vote_half_counted() -> None:
    plant = make.plant()
    decision = on_hands(plant, "ana")
    facts = {"item": item_of(decision), "by": plant.bo}
    counted_by(plant, decision.ballot, "Left", three(4, 3), "ida")
    counted_by(plant, decision.ballot, " left ", three(3, 4), "jo")  # the same block, however it is written
    assert [(one.name, one.progress.stage, one.progress.attempt) for one in blocks_of(decision.ballot)] == [
        ("Left", "nothing", 2)
    ]
    assert refused(meetings.close_vote, at=make.now(), **facts) == ["block-not-agreed"]
    counted_by(plant, decision.ballot, "Left", three(4, 3), "ida", "jo", attempt=2)
    assert refused(meetings.close_vote, at=make.now(), **facts) == ["block-not-agreed"]
    confirm(plant, decision, "Left", attempt=2)
    assert meetings.close_vote(at=make.now(), **facts).outcome == "carried"  # type: ignore[arg-type]


def test_never_more_hands_than_people_who_were_asked() -> None:
    plant = make.plant()
    decision = on_hands(plant, "ana", "bo", "cy")
    facts = {"ballot": decision.ballot, "by": plant.ida, "at": make.now()}
    assert refused(ballots.enter_hands, block="Left", votes=three(6, 0), **facts) == [
        "more-hands-than-people"
    ]
    counted_by(plant, decision.ballot, "Left", three(4, 0), "ida", "jo")
    counted_by(
        plant, decision.ballot, "Right", three(2, 0), "ida", "jo"
    )  # neither is agreed yet: each could be
    confirm(plant, decision, "Left")
    with pytest.raises(Refused, match=r"more-hands-than-people \(people=5\)"):
        confirm(plant, decision, "Right")
    counted_by(plant, decision.ballot, "Left", three(4, 0), "ida")  # sent twice
    more = {"attempt": 2, "remark": "Two had crossed the aisle."}
    counted_by(plant, decision.ballot, "Right", three(1, 0), "ida", **more)
    counted_by(plant, decision.ballot, "Right", three(1, 0), "jo", attempt=2)
    confirm(plant, decision, "Right", attempt=2)
    assert hands_agreed(decision.ballot) == 5


def test_who_counts_and_who_confirms() -> None:
    plant = make.plant()
    decision = on_hands(plant)
    facts = {"ballot": decision.ballot, "block": "Left", "at": make.now()}
    assert refused(ballots.enter_hands, votes=three(1, 0), by=plant.eve, **facts) == ["not-a-teller"]
    ballots.name_tellers(ballot=decision.ballot, members=[plant.bo], by=plant.bo, at=make.now())
    counted_by(plant, decision.ballot, "Left", three(5, 3), "ida", "bo")
    assert refused(ballots.confirm_hands, attempt=1, by=plant.bo, **facts) == ["confirmed-by-a-third"]
    assert refused(ballots.confirm_hands, attempt=1, by=plant.jo, **facts) == ["no-mandate"]
    ballots.confirm_hands(attempt=1, by=plant.ana, **facts)  # type: ignore[arg-type]


def test_no_hands_before_the_chair_says_so() -> None:
    plant = make.plant()
    decision = make.open_vote(plant, way=Way.HANDS)
    ballots.name_tellers(ballot=decision.ballot, members=[plant.ida], by=plant.bo, at=make.now())
    facts = {"ballot": decision.ballot, "block": "Left", "by": plant.ida, "at": make.now()}
    assert refused(ballots.enter_hands, votes=three(1, 0), **facts) == ["nobody-on-hands"]


def tied(rule: str) -> tuple[make.Plant, AgendaItem, Decision]:
    """Eight hands, four for and four against, and the vote is closed."""
    plant = make.plant(bylaws={"tie_rule": rule})
    decision = on_hands(plant, way=Way.HANDS)
    counted_by(plant, decision.ballot, "Hall", three(4, 4), "ida", "jo")
    confirm(plant, decision, "Hall")
    item = item_of(decision)
    return plant, item, meetings.close_vote(item=item, by=plant.bo, at=make.now())


def test_a_tie_that_is_the_chairs_waits_for_the_chair() -> None:
    plant, item, waiting = tied("chair_decides")
    assert (waiting.outcome, waiting.ballot.state) == ("pending", "closed")
    facts = {"item": item, "at": make.now()}
    assert refused(meetings.count_vote, by=plant.bo, **facts) == ["casting-vote-needed"]
    assert refused(meetings.decide_tie, choice="for", by=plant.ana, **facts) == ["no-mandate"]
    assert refused(meetings.decide_tie, choice="abstain", by=plant.bo, **facts) == ["for-or-against"]
    settled = meetings.decide_tie(choice="against", by=plant.bo, **facts)  # type: ignore[arg-type]
    assert (settled.outcome, settled.label) == ("not_carried", "D GA 2026-1")


def test_a_tie_for_a_lot_waits_for_the_lot_and_a_plain_one_is_not_carried() -> None:
    plant, item, waiting = tied("lot")
    assert (waiting.outcome, waiting.ballot.state) == ("pending", "closed")
    assert refused(meetings.count_vote, item=item, by=plant.bo, at=make.now()) == ["lot-needed"]
    facts = {"item": item, "by": plant.bo, "at": make.now()}
    assert refused(meetings.decide_tie, choice="for", **facts) == ["chair-does-not-decide"]


def test_a_tie_that_means_not_carried_is_settled_at_once() -> None:
    assert tied("not_carried")[2].outcome == "tie"


def test_the_chair_decides_nothing_that_is_decided() -> None:
    plant = make.plant(bylaws={"tie_rule": "chair_decides"})
    decision = on_hands(plant, way=Way.HANDS)
    counted_by(plant, decision.ballot, "Hall", three(5, 3), "ida", "jo")
    confirm(plant, decision, "Hall")
    ballots.close(ballot=decision.ballot, by=plant.bo.actor, at=make.now())
    facts = {"item": item_of(decision), "choice": "against", "by": plant.bo, "at": make.now()}
    assert refused(meetings.decide_tie, **facts) == ["no-tie-to-decide"]
    decision.refresh_from_db()
    assert (decision.outcome, Ballot.objects.get(pk=decision.ballot_id).state) == ("pending", "closed")


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
