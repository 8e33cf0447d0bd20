"""The count brings every way of voting together: screens, boxes, blocks; each method by its rules; ties by the rule."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots import actions as ballots
from coop.ballots.acta.slices import groups, merged
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, CountedPlace, Lot, Question, Tally, TallyLine, Withdrawal
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
Method = Question.Method


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant()
    make_votes.commission(made)
    return made


def cast(plant: make.Plant, ballot: Ballot, answers: Mapping[str, str]) -> None:
    """Names separated by blanks -> what each of them answers to the first question."""
    for names, answer in answers.items():
        for name in names.split():
            who = plant.people[name]
            ballots.cast(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())


def counted(plant: make.Plant, ballot: Ballot) -> Tally:
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())[0]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def lines(tally: Tally) -> dict[tuple[str | None, str], int]:
    return {(line.channel, line.option.code): line.votes for line in tally.lines.select_related("option")}


def draw_a_lot(plant: make.Plant, ballot: Ballot, seed: str) -> Lot:
    return Lot.objects.create(
        ballot=ballot,
        seed=seed,
        how="Three dice, before the hall.",
        witness_1=plant.eve,
        witness_2=plant.fay,
        drawn_by=plant.gus,
        at=make.now(),
    )


# --- Each method, from open votes ------------------------------------------------------------------------------------


def test_one_post_needs_more_than_half_of_the_votes_cast_and_a_blank_is_one(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", method=Method.PLURALITY)])
    cast(plant, ballot, {"ana bo cy": "jo", "dee eve": "kim", "fay": "blank"})
    tally = counted(plant, ballot)
    assert (tally.outcome, tally.base, tally.base_count, tally.needed) == ("second_round", "valid", 6, 4)
    assert (tally.voted, tally.blank, tally.spoiled) == (6, 1, 0)
    assert set(tally.result["second_round"]) == {"jo", "kim"}
    assert lines(tally)["phone", "jo"] == 3
    assert lines(tally)["phone", "blank"] == 1


def test_the_second_round_takes_whoever_has_most(plant: make.Plant) -> None:
    asked = [make_votes.election(plant, "jo", "kim", method=Method.PLURALITY)]
    first = make_votes.opened(plant, asked)
    cast(plant, first, {"ana": "jo", "bo": "kim", "cy dee": "blank"})
    assert counted(plant, first).outcome == "second_round"
    second = make_votes.opened(plant, asked, parent=first)
    cast(plant, second, {"ana bo": "jo", "cy": "kim", "dee eve": "blank"})
    tally = counted(plant, second)
    assert (tally.outcome, tally.result["elected"], tally.needed) == ("elected", ["jo"], None)


def test_seats_reserved_for_a_crew(plant: make.Plant) -> None:
    asked = Asked(
        "Who is elected?",
        method=Method.PLURALITY,
        choices=[
            Choice("jo", "Jo", member=plant.jo, group="A"),
            Choice("kim", "Kim", member=plant.kim, group="A"),
            Choice("lou", "Lou", member=plant.lou, group="B"),
        ],
        seats=2,
        marks=2,
        reserved={"B": 1},
    )
    ballot = make_votes.opened(plant, [asked], tie_rule="runoff")
    cast(plant, ballot, {"ana bo cy": "jo=kim", "dee": "jo", "eve": "lou"})
    tally = counted(plant, ballot)
    assert tally.result["elected"] == ["jo", "lou"]
    assert tally.result["reserved_to"] == {"lou": "B"}
    assert tally.voted == 5


def test_a_transferable_vote_strikes_who_withdrew(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou", seats=1)])
    cast(plant, ballot, {"ana bo": "lou>kim", "cy dee": "kim>jo", "eve fay gus": "jo", "hal": "blank"})
    Withdrawal.objects.create(
        option=ballot.questions.get().options.get(code="lou"),
        because="Fell ill.",
        entered_by=plant.gus,
        at=make.now(),
    )
    tally = counted(plant, ballot)
    assert (tally.outcome, tally.result["elected"], tally.result["withdrawn"]) == (
        "elected",
        ["kim"],
        ["lou"],
    )
    assert (tally.result["quota"], tally.result["ballots_valid"], tally.voted, tally.blank) == (4, 7, 8, 1)
    assert not TallyLine.objects.filter(tally=tally).exists()


def test_projects_by_votes_and_by_equal_shares(plant: make.Plant) -> None:
    choices = [
        Choice("roof", "Roof", cost=Decimal(60)),
        Choice("oven", "Oven", cost=Decimal(40)),
        Choice("yard", "Yard", cost=Decimal(40)),
    ]
    elected = {}
    for method in (Method.GREEDY, Method.SHARES):
        asked = Asked("What do we pay for?", method=method, choices=choices, money=Decimal(100))
        ballot = make_votes.opened(plant, [asked])
        cast(plant, ballot, {"ana bo cy dee eve fay": "oven=roof", "gus hal ida jo": "yard"})
        tally = counted(plant, ballot)
        assert tally.outcome == "chosen"
        elected[method] = set(tally.result["selected"])
    assert elected == {Method.GREEDY: {"roof", "oven"}, Method.SHARES: {"oven", "yard"}}


def test_options_in_pairs_may_leave_things_as_they_are(plant: make.Plant) -> None:
    choices = [Choice("a", "Two shifts"), Choice("b", "Three shifts"), Choice("keep", "As it is")]
    ballot = make_votes.opened(plant, [Asked("Which?", method=Method.SCHULZE, choices=choices)])
    cast(plant, ballot, {"ana bo cy": "keep", "dee eve": "a>b"})
    tally = counted(plant, ballot)
    assert (tally.outcome, tally.result["outcome"], tally.result["winner"]) == ("chosen", "kept", "keep")


# --- Ties ------------------------------------------------------------------------------------------------------------


def tied(plant: make.Plant, tie_rule: str) -> Ballot:
    asked = make_votes.election(plant, "jo", "kim", "lou", method=Method.PLURALITY, seats=2, marks=2)
    ballot = make_votes.opened(plant, [asked], tie_rule=tie_rule)
    cast(plant, ballot, {"ana bo": "jo", "cy": "kim", "dee": "lou"})
    return ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())


def test_a_tie_goes_to_another_round_among_the_tied(plant: make.Plant) -> None:
    [tally] = ballots.count(ballot=tied(plant, "runoff"), by=plant.hal.actor, at=make.now())
    assert (tally.outcome, tally.result["elected"]) == ("second_round", ["jo"])
    assert set(tally.result["ties"][0]["tied"]) == {"kim", "lou"}


def test_a_tie_that_a_lot_settles_waits_for_it_and_writes_nothing(plant: make.Plant) -> None:
    ballot = tied(plant, "lot")
    with pytest.raises(Refused) as refusal:
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert codes(refusal) == ["lot-needed"]
    assert {*str(refusal.value.reasons[0].params["tied"]).split(", ")} == {"Kim", "Lou"}
    assert not Tally.objects.exists()
    assert Ballot.objects.get(pk=ballot.pk).state == "closed"
    draw_a_lot(plant, ballot, "3 5 1")
    [tally] = ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert tally.outcome == "elected"
    assert tally.result["elected"] == ["jo", _first_by_lot("3 5 1", "kim", "lou")]
    assert tally.result["ties"][0]["resolved_by"] == "lot"


def _first_by_lot(seed: str, *names: str) -> str:
    return min(names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).hexdigest())


def test_a_count_that_cannot_go_on_asks_for_a_lot_under_any_rule(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou")], tie_rule="runoff")
    cast(plant, ballot, {"ana bo": "jo", "cy dee": "kim", "eve fay": "lou"})
    ballot = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    with pytest.raises(Refused) as refusal:
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert codes(refusal) == ["lot-needed"]


@pytest.mark.parametrize(("chair", "outcome"), [("for", "carried"), ("against", "not_carried")])
def test_the_chair_decides_a_tie_where_the_rules_say_so(plant: make.Plant, chair: str, outcome: str) -> None:
    ballot = make_votes.opened(plant, tie_rule="chair_decides")
    cast(plant, ballot, {"ana": "for", "bo": "against"})
    ballot = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    with pytest.raises(Refused) as refusal:
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert codes(refusal) == ["casting-vote-needed"]
    [tally] = ballots.count(ballot=ballot, chair=chair, by=plant.hal.actor, at=make.now())
    assert (tally.outcome, tally.result["ties"][0]["resolved_by"]) == (outcome, "chair")


def test_a_tie_stays_one_where_the_rules_say_not_carried(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    cast(plant, ballot, {"ana": "for", "bo": "against"})
    assert counted(plant, ballot).outcome == "tie"


# --- Screens and boxes together --------------------------------------------------------------------------------------


def test_screens_and_two_boxes_are_one_count() -> None:
    plant = make.plant(bylaws={"published_floor": 1})
    make_votes.commission(plant)
    ballot = make_votes.opened(plant, channels=["phone", "paper"])
    cast(plant, ballot, {"ana bo": "for", "cy": "against"})
    gate, yard = make_paper.open_boxes(plant, ballot, "Gate", "Yard")
    make_paper.give(plant, gate, "dee", "eve", "fay")
    make_paper.give(plant, yard, "gus", "hal")
    make_paper.name_tellers(plant, ballot)
    ballot = make_paper.end(plant, ballot, gate, yard)
    with pytest.raises(Refused) as refusal:
        ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert codes(refusal) == ["box-not-counted", "box-not-counted"]
    make_paper.agreed(plant, ballot, gate, make_paper.motion(2, 0, spoiled=1))
    make_paper.agreed(plant, ballot, yard, make_paper.motion(0, 1, abstain=1))
    [tally] = ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert (tally.outcome, tally.voted, tally.spoiled, tally.base_count) == ("carried", 8, 1, 7)
    assert lines(tally) == {
        ("phone", "for"): 2,
        ("phone", "against"): 1,
        ("phone", "abstain"): 0,
        ("paper", "for"): 2,
        ("paper", "against"): 1,
        ("paper", "abstain"): 1,
    }
    places = {
        (place.channel, str(place.urn or "")): (place.people, place.papers)
        for place in CountedPlace.objects.all()
    }
    assert places == {("phone", ""): (3, 3), ("paper", "Gate"): (3, 3), ("paper", "Yard"): (2, 2)}


def test_the_papers_of_a_small_secret_vote_are_told_together_only(plant: make.Plant) -> None:
    """Screens need a key; two boxes will do: what is told of paper is one line, because paper is one way."""
    ballot = make_votes.opened(plant, secrecy="secret", channels=["paper"])
    [gate] = make_paper.open_boxes(plant, ballot, "Gate")
    make_paper.give(plant, gate, "ana", "bo", "cy")
    make_paper.name_tellers(plant, ballot)
    ballot = make_paper.end(plant, ballot, gate)
    make_paper.agreed(plant, ballot, gate, make_paper.motion(2, 1))
    [tally] = ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert lines(tally) == {("paper", "for"): 2, ("paper", "against"): 1, ("paper", "abstain"): 0}


# --- What may be published -------------------------------------------------------------------------------------------

CELLS = st.dictionaries(st.sampled_from(["for", "against", "blank"]), st.integers(0, 40))


@given(st.dictionaries(st.sampled_from(["phone", "1", "2", "3", "4"]), CELLS, min_size=1), st.integers(1, 12))
def test_no_published_cell_nor_difference_is_of_few_people(
    slices: dict[str, dict[str, int]], floor: int
) -> None:
    """Everything anybody can work out: each set of groups, and what one set has more than another that lies in it."""
    found = groups(slices, floor)
    assert sorted(name for part in found for name in part) == sorted(slices)
    if len(found) == 1:
        return  # only the whole is told
    sets = [
        {place for place in range(len(found)) if which >> place & 1} for which in range(1, 2 ** len(found))
    ]
    for larger in sets:
        for smaller in [set(), *sets]:
            if smaller < larger:
                told, less = _sum(slices, found, larger), _sum(slices, found, smaller)
                for code in ("for", "against", "blank"):
                    assert not 0 < told[code] - less[code] < floor


def _sum(slices: dict[str, dict[str, int]], found: list[tuple[str, ...]], chosen: set[int]) -> Counter[str]:
    return merged(slices, [name for place in chosen for name in found[place]])


def test_what_is_large_enough_stands_alone() -> None:
    """A rule that puts everything together would pass the test above and tell nothing."""
    slices = {
        "phone": {"for": 20, "against": 9},
        "1": {"for": 6, "against": 8},
        "2": {"for": 0, "against": 7},
    }
    assert groups(slices, 5) == [("phone",), ("1",), ("2",)]
