"""Boxes: their steps, the small ones that are mixed, and whose papers lie where."""

from __future__ import annotations

from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.boxes import Stage, box_of, boxes_of
from coop.ballots.models import Ballot, Urn, UrnEntry
from coop.ballots.rules.boxes import NewBox
from coop.ballots.rules.tellers import places_to_count
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
EVERYBODY = [name.lower() for name in make.NAMES]


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    make_votes.commission(plant)
    return plant


@pytest.fixture
def vote(plant: make.Plant) -> Ballot:
    ballot = make_votes.opened(plant, channels=("phone", "paper"))
    make_paper.name_tellers(plant, ballot)
    return ballot


def refusal(act: Any, *arguments: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*arguments, **more)
    return [reason.code for reason in refused.value.reasons]


def write(plant: make.Plant, urn: Urn, kind: str, **more: Any) -> UrnEntry:
    at = make.now()
    told = {"seals": "17", "words": "Eve saw it.", "happened_at": at, "by": plant.gus, "at": at}
    return ballots.record_box(urn=urn, kind=kind, **{**told, **more})


def test_the_steps_of_a_box_come_in_order(plant: make.Plant, vote: Ballot) -> None:
    gate = make_paper.boxes(plant, vote, "Gate")[0]
    for kind in ("opened", "closed", "unsealed", "mixed", "carried", "broken"):
        assert refusal(write, plant, gate, kind) == ["box-not-so-far"], kind
    stages = [
        Stage.SEALED,
        Stage.VOTING,
        Stage.VOTING,
        Stage.VOTING,
        Stage.CLOSED,
        Stage.VOTING,
        Stage.CLOSED,
    ]
    kinds = ("sealed", "opened", "carried", "remark", "closed", "opened", "closed")
    for kind, stage in zip(kinds, stages, strict=True):
        write(plant, gate, kind)
        assert box_of(vote, gate).stage == stage
    assert refusal(write, plant, gate, "sealed") == ["box-not-so-far"]
    assert refusal(write, plant, gate, "unsealed") == ["box-not-so-far"]  # the vote is open
    ballots.close(ballot=vote, by=plant.hal.actor, at=make.now())
    assert refusal(write, plant, gate, "opened") == ["box-not-so-far"]
    write(plant, gate, "broken")
    write(plant, gate, "unsealed")
    box = box_of(vote, gate)
    assert (box.stage, len(box.record), len(box.broken)) == (Stage.UNSEALED, 9, 1)


def test_what_a_line_of_the_record_must_say(plant: make.Plant, vote: Ballot) -> None:
    gate = make_paper.boxes(plant, vote, "Gate")[0]
    at = make.now()
    assert refusal(write, plant, gate, "sealed", seals=" ") == ["seals-without-numbers"]
    assert refusal(write, plant, gate, "sealed", words="") == ["record-without-witnesses"]
    assert refusal(write, plant, gate, "remark", words="") == ["record-without-words"]
    assert refusal(write, plant, gate, "sealed", happened_at=at + make.days(1), at=at) == [
        "record-of-the-future"
    ]
    write(plant, gate, "sealed", happened_at=at - make.days(0.1))
    before = at - make.days(0.2)
    assert refusal(write, plant, gate, "opened", happened_at=before) == ["record-out-of-order"]
    write(plant, gate, "remark", happened_at=before)  # remembered later
    same_minute = box_of(vote, gate).last_step.happened_at.replace(second=0, microsecond=0)
    write(plant, gate, "opened", happened_at=same_minute)  # forms know no seconds
    assert box_of(vote, gate).stage == Stage.VOTING


def test_who_keeps_boxes(plant: make.Plant, vote: Ballot) -> None:
    gate = make_paper.boxes(plant, vote, "Gate")[0]
    assert refusal(write, plant, gate, "sealed", by=plant.eve) == ["not-at-the-table"]
    write(plant, gate, "sealed", by=plant.jo)  # a teller
    told = {"ballot": vote, "boxes": [NewBox("Other")], "at": make.now()}
    assert refusal(ballots.make_boxes, **told, by=plant.jo) == ["no-mandate"]
    assert refusal(ballots.make_boxes, **{**told, "boxes": []}, by=plant.gus) == ["box-without-name"]
    same = [NewBox("Two"), NewBox("Two "), NewBox("Gate")]
    assert refusal(ballots.make_boxes, **{**told, "boxes": same}, by=plant.gus) == ["box-name-taken"] * 2
    ballots.close(ballot=vote, by=plant.hal.actor, at=make.now())
    assert refusal(ballots.make_boxes, **told, by=plant.gus) == ["boxes-before-the-end"]


def test_no_boxes_where_nobody_votes_on_paper(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    assert refusal(make_paper.boxes, plant, ballot, "Gate") == ["not-held-that-way"]


def test_a_small_box_is_mixed_before_either_is_opened(plant: make.Plant, vote: Ballot) -> None:
    """Three boxes with 2, 3 and 6 people; the floor of the bylaws is 5."""
    two, three, six = make_paper.open_boxes(plant, vote, "Two", "Three", "Six")
    for urn, names in ((two, EVERYBODY[:2]), (three, EVERYBODY[2:5]), (six, EVERYBODY[5:11])):
        make_paper.give(plant, urn, *names)
    vote = make_paper.end(plant, vote, two, three, six, unseal=False)
    assert refusal(write, plant, two, "unsealed") == ["box-too-small"]
    assert refusal(write, plant, two, "mixed") == ["mixed-into-which"]
    assert refusal(write, plant, two, "mixed", into=two) == ["mixed-into-which"]
    write(plant, two, "mixed", into=three)
    box = box_of(vote, three)
    assert (box.own, box.people, [urn.name for urn in box.holds]) == (3, 5, ["Two"])
    write(plant, three, "unsealed")  # five together are enough
    write(plant, six, "unsealed")
    assert [place.name for place in places_to_count(vote)] == ["Three", "Six"]
    assert refusal(make_paper.sheet, plant, vote, two, "jo", make_paper.motion(2, 0)) == ["box-is-mixed"]
    assert refusal(make_paper.sheet, plant, vote, three, "jo", make_paper.motion(3, 0)) == [
        "papers-unlike-people"
    ]
    make_paper.agreed(plant, vote, three, make_paper.motion(4, 1))
    make_paper.agreed(plant, vote, six, make_paper.motion(4, 2))
    assert places_to_count(vote) == []


def test_a_mixed_box_goes_on_into_a_third(plant: make.Plant, vote: Ballot) -> None:
    one, two, three = make_paper.open_boxes(plant, vote, "One", "Two", "Three")
    for urn, names in ((one, EVERYBODY[:1]), (two, EVERYBODY[1:3]), (three, EVERYBODY[3:9])):
        make_paper.give(plant, urn, *names)
    vote = make_paper.end(plant, vote, one, two, three, unseal=False)
    write(plant, one, "mixed", into=two)
    assert refusal(write, plant, three, "mixed", into=one) == ["mixed-into-a-closed-one"]
    write(plant, two, "mixed", into=three)
    assert [(box.own, box.people, box.inside) for box in boxes_of(vote)] == [
        (1, 1, three),
        (2, 2, three),
        (6, 9, None),
    ]
    write(plant, three, "unsealed")
    assert refusal(write, plant, one, "mixed", into=three) == ["box-not-so-far"]


def test_no_box_is_counted_before_the_small_ones_are_mixed(plant: make.Plant, vote: Ballot) -> None:
    small, large = make_paper.open_boxes(plant, vote, "Small", "Large")
    make_paper.give(plant, small, "ana")
    make_paper.give(plant, large, *EVERYBODY[1:8])
    vote = make_paper.end(plant, vote, small, large, unseal=False)
    write(plant, large, "unsealed")
    eight = make_paper.motion(8, 0)
    assert refusal(make_paper.sheet, plant, vote, large, "jo", eight) == ["box-too-small"]
    write(plant, small, "mixed", into=large)
    make_paper.agreed(plant, vote, large, eight)


def test_nothing_is_mixed_into_a_box_that_was_counted(plant: make.Plant, vote: Ballot) -> None:
    """Two signed for the second box while the power was cut; that was typed in when the first was counted already."""
    large, late = make_paper.open_boxes(plant, vote, "Large", "Late")
    make_paper.give(plant, large, *EVERYBODY[:8])
    vote = make_paper.end(plant, vote, large, late, unseal=False)
    write(plant, large, "unsealed")
    make_paper.sheet(plant, vote, large, "jo", make_paper.motion(8, 0))
    make_paper.agreed(plant, vote, late, {"numbers": [9, 10]}, subject="signatures")
    assert refusal(write, plant, late, "mixed", into=large) == ["mixed-into-a-closed-one"]
    write(plant, late, "unsealed")  # the last one there is
    make_paper.agreed(plant, vote, late, make_paper.motion(1, 1))


def test_the_only_box_and_an_empty_one_are_counted_alone(plant: make.Plant, vote: Ballot) -> None:
    gate, empty, never = make_paper.open_boxes(plant, vote, "Gate", "Empty") + make_paper.boxes(
        plant, vote, "Never"
    )
    make_paper.give(plant, gate, "ana", "bo")
    vote = make_paper.end(plant, vote, gate, empty)
    make_paper.agreed(plant, vote, gate, make_paper.motion(1, 1))
    make_paper.agreed(plant, vote, empty, make_paper.motion(0, 0))
    assert places_to_count(vote) == []
    assert box_of(vote, never).stage == Stage.NEW
    tally = ballots.count(ballot=vote, by=plant.hal.actor, at=make.now())[
        0
    ]  # no sheet of a box that nobody used
    assert (tally.voted, tally.outcome) == (2, "tie")


def test_the_boxes_ask_five_questions(
    plant: make.Plant, vote: Ballot, django_assert_num_queries: Any
) -> None:
    make_paper.open_boxes(plant, vote, "One")
    with django_assert_num_queries(5):  # boxes, records, their writers, people, sheets
        boxes_of(vote)
    make_paper.open_boxes(plant, vote, *(f"Box {number}" for number in range(29)))
    with django_assert_num_queries(5):
        assert len(boxes_of(vote)) == 30


def test_the_journal_tells_what_happened_to_a_box(plant: make.Plant, vote: Ballot) -> None:
    make_paper.open_boxes(plant, vote, "Gate")
    lines = Entry.objects.filter(verb__startswith="box").order_by("sequence")
    assert [(line.verb, line.facts) for line in lines] == [
        ("boxes-made", {"boxes": ["Gate"]}),
        ("box-recorded", {"box": "Gate", "step": "sealed"}),
        ("box-recorded", {"box": "Gate", "step": "opened"}),
    ]
