"""Two count alone, a third confirms: what is taken, what is sent back, and what nobody is told."""

from __future__ import annotations

from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import AgreedSheet, Ballot, Clash, Question, RollEntry, Teller, TellerSheet, Urn
from coop.ballots.rules.tellers import Place, places_to_count, progress_at
from coop.ballots.sheets import Stage
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
SIGNATURES = TellerSheet.Subject.SIGNATURES


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    make_votes.commission(plant)
    return plant


def opened(plant: make.Plant, *asked: Any, **more: Any) -> tuple[Ballot, Urn]:
    """A vote on paper and on screens with one box; Jo and Kim are its tellers."""
    ballot = make_votes.opened(plant, *asked, **{"channels": ("phone", "paper"), **more})
    make_paper.name_tellers(plant, ballot)
    return ballot, make_paper.open_boxes(plant, ballot, "Gate")[0]


@pytest.fixture
def closed(plant: make.Plant) -> tuple[Ballot, Urn]:
    """Closed, six papers given, the box opened for the count."""
    ballot, urn = opened(plant)
    make_paper.give(plant, urn, "ana", "bo", "cy", "dee", "eve", "fay")
    return make_paper.end(plant, ballot, urn), urn


def refusal(act: Any, *arguments: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*arguments, **more)
    return [reason.code for reason in refused.value.reasons]


def stage(ballot: Ballot, urn: Urn, subject: str = "votes") -> Stage:
    return progress_at(ballot, Place("paper", urn), subject).stage


# --- Sheets -----------------------------------------------------------------------------------------------------------


def test_two_equal_sheets_and_a_third_person(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    figures = make_paper.motion(3, 2, spoiled=1)
    assert [place.urn for place in places_to_count(ballot)] == [urn]
    make_paper.sheet(plant, ballot, urn, "jo", figures)
    assert stage(ballot, urn) == Stage.ONE
    make_paper.sheet(plant, ballot, urn, "kim", figures)
    assert stage(ballot, urn) == Stage.EQUAL
    agreed = make_paper.confirm(plant, ballot, urn)
    assert agreed.figures == figures
    assert {agreed.first.teller, agreed.second.teller} == {plant.jo, plant.kim}
    assert stage(ballot, urn) == Stage.AGREED
    assert places_to_count(ballot) == []


def test_different_sheets_send_both_back(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    make_paper.sheet(plant, ballot, urn, "jo", make_paper.motion(3, 3))
    make_paper.sheet(plant, ballot, urn, "kim", make_paper.motion(4, 2))
    now = progress_at(ballot, Place("paper", urn), "votes")
    assert (now.stage, now.attempt, now.counted, now.differed) == (Stage.NOTHING, 2, (), True)
    # The second time Kim finds what Jo found; Jo the same as before: a new sheet all the same.
    make_paper.sheet(plant, ballot, urn, "jo", make_paper.motion(3, 3))
    make_paper.sheet(plant, ballot, urn, "kim", make_paper.motion(3, 3))
    assert stage(ballot, urn) == Stage.EQUAL
    assert list(TellerSheet.objects.values_list("attempt", flat=True)) == [1, 1, 2, 2]


def test_the_same_form_twice_is_one_sheet_also_when_the_two_differed(
    plant: make.Plant, closed: tuple[Ballot, Urn]
) -> None:
    ballot, urn = closed
    make_paper.sheet(plant, ballot, urn, "jo", make_paper.motion(3, 3), attempt=1)
    for _twice in range(2):
        make_paper.sheet(plant, ballot, urn, "kim", make_paper.motion(4, 2), attempt=1)
    assert TellerSheet.objects.count() == 2
    assert progress_at(ballot, Place("paper", urn), "votes").counted == ()
    other = make_paper.motion(2, 4)
    assert refusal(make_paper.sheet, plant, ballot, urn, "kim", other, attempt=1) == ["counting-went-on"]


def test_one_person_does_not_count_twice(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    make_paper.sheet(plant, ballot, urn, "jo", make_paper.motion(3, 3))
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", make_paper.motion(4, 2)) == ["sheet-handed-in"]


def test_who_counts_and_who_confirms(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    figures = make_paper.motion(3, 3)
    assert refusal(make_paper.sheet, plant, ballot, urn, "lou", figures) == ["not-a-teller"]
    make_paper.name_tellers(plant, ballot, "hal")
    for teller in ("jo", "hal"):
        make_paper.sheet(plant, ballot, urn, teller, figures)
    assert refusal(make_paper.sheet, plant, ballot, urn, "kim", figures) == ["sheets-wait-for-third"]
    assert refusal(make_paper.confirm, plant, ballot, urn, by="hal") == ["confirmed-by-a-third"]
    assert refusal(make_paper.confirm, plant, ballot, urn, by="kim") == ["no-mandate"]
    make_paper.confirm(plant, ballot, urn, by="ida")
    assert refusal(make_paper.confirm, plant, ballot, urn, by="ida") == ["place-agreed"]
    assert refusal(make_paper.sheet, plant, ballot, urn, "kim", figures) == ["place-agreed"]


def test_candidates_neither_count_nor_name_tellers(plant: make.Plant) -> None:
    asked = [make_votes.election(plant, "jo", "gus")]
    ballot = make_votes.opened(plant, asked, channels=("paper",))
    refused = refusal(make_paper.name_tellers, plant, ballot, "jo")
    assert refused == ["stands-in-this-vote", "stands-in-this-vote"]  # Gus names, Jo is named
    assert not Teller.objects.exists()


def test_tellers_are_named_once_by_whoever_runs_the_vote(plant: make.Plant) -> None:
    ballot, _urn = opened(plant)
    assert refusal(make_paper.name_tellers, plant, ballot, "jo") == ["teller-already"]
    refused = refusal(ballots.name_tellers, ballot=ballot, members=[plant.lou], by=plant.eve, at=make.now())
    assert refused == ["no-mandate"]
    refused = refusal(ballots.name_tellers, ballot=ballot, members=[], by=plant.gus, at=make.now())
    assert refused == ["nobody-named"]


def test_equal_sheets_can_be_counted_anew_with_a_reason(
    plant: make.Plant, closed: tuple[Ballot, Urn]
) -> None:
    ballot, urn = closed
    for teller in make_paper.TELLERS:
        make_paper.sheet(plant, ballot, urn, teller, make_paper.motion(3, 3))
    better = make_paper.motion(4, 2)
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", better) == ["sheets-wait-for-third"]
    make_paper.sheet(plant, ballot, urn, "jo", better, remark="Two papers stuck together.")
    assert refusal(make_paper.confirm, plant, ballot, urn) == ["nothing-to-confirm"]
    make_paper.sheet(plant, ballot, urn, "kim", better)
    assert make_paper.confirm(plant, ballot, urn).figures == better


def test_whoever_confirms_has_read_these_sheets(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    for teller in make_paper.TELLERS:
        make_paper.sheet(plant, ballot, urn, teller, make_paper.motion(3, 3))
    refused = refusal(
        ballots.confirm_sheets,
        ballot=ballot,
        place=Place("paper", urn),
        attempt=2,
        by=plant.hal,
        at=make.now(),
    )
    assert refused == ["nothing-to-confirm"]
    assert not AgreedSheet.objects.exists()


def test_papers_and_people_differ_only_with_a_remark(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    five = make_paper.motion(3, 2)
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", five) == ["papers-unlike-people"]
    for teller in make_paper.TELLERS:
        make_paper.sheet(plant, ballot, urn, teller, five, remark="One walked out with the paper.")
    assert refusal(make_paper.confirm, plant, ballot, urn) == ["papers-unlike-people"]
    assert make_paper.confirm(plant, ballot, urn, remark="One paper was taken away.").remark


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({}, "figures-of-other-questions"),
        ({"2": {}}, "figures-of-other-questions"),
        ({"1": {"papers": 6, "spoiled": 0}}, "figures-incomplete"),
        ({"1": {"papers": 6, "spoiled": 0, "votes": {"for": 6}}}, "figures-incomplete"),
        (
            {"1": {"papers": 6, "spoiled": 0, "votes": {"for": 6, "against": 0, "abstain": "0"}}},
            "figures-unreadable",
        ),
        (
            {"1": {"papers": 6, "spoiled": 0, "votes": {"for": 7, "against": -1, "abstain": 0}}},
            "figures-unreadable",
        ),
        (
            {"1": {"papers": 6, "spoiled": 0, "votes": {"for": 10**9, "against": 0, "abstain": 0}}},
            "figures-unreadable",
        ),
        (
            {"1": {"papers": 6, "spoiled": True, "votes": {"for": 5, "against": 0, "abstain": 0}}},
            "figures-unreadable",
        ),
        (
            {"1": {"papers": 6, "spoiled": 0, "votes": {"for": 3, "against": 2, "abstain": 0}}},
            "figures-do-not-add-up",
        ),
    ],
)
def test_figures_that_cannot_be(
    plant: make.Plant, closed: tuple[Ballot, Urn], figures: dict[str, Any], code: str
) -> None:
    ballot, urn = closed
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", figures) == [code]
    assert not TellerSheet.objects.exists()


def test_papers_are_not_counted_before_the_vote_is_closed(plant: make.Plant) -> None:
    ballot, urn = opened(plant)
    make_paper.give(plant, urn, "ana")
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", make_paper.motion(1, 0)) == [
        "papers-after-closing"
    ]


def test_papers_are_not_counted_before_the_seals_are_broken(plant: make.Plant) -> None:
    ballot, urn = opened(plant)
    make_paper.give(plant, urn, "ana")
    ballot = make_paper.end(plant, ballot, urn, unseal=False)
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", make_paper.motion(1, 0)) == [
        "box-not-unsealed"
    ]


def test_hands_are_counted_in_blocks_of_an_open_vote(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("phone", "hands"))
    make_paper.name_tellers(plant, ballot)
    agreed = make_paper.agreed(plant, ballot, Place("hands", block="Left"), make_paper.motion(5, 1))
    assert (agreed.channel, agreed.block, agreed.urn) == ("hands", "Left", None)
    paper = Place("paper", block="")
    assert refusal(make_paper.sheet, plant, ballot, paper, "jo", make_paper.motion(1, 0)) == [
        "not-held-that-way"
    ]


def test_nobody_raises_a_hand_in_a_secret_vote(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, secrecy="secret", channels=("hands",))
    Ballot.objects.filter(pk=ballot.pk).update(state="open", opened_at=make.now(), roll_size=12)
    ballot.refresh_from_db()
    make_paper.name_tellers(plant, ballot)
    left = Place("hands", block="Left")
    assert refusal(make_paper.sheet, plant, ballot, left, "jo", make_paper.motion(1, 0)) == ["hands-are-seen"]


# --- Whole papers -----------------------------------------------------------------------------------------------------


def ranked(spoiled: int = 0, **answers: int) -> dict[str, Any]:
    told = {answer.replace("_", ">").replace("E", "="): number for answer, number in answers.items()}
    return {"1": {"papers": sum(told.values()) + spoiled, "spoiled": spoiled, "answers": told}}


def test_rankings_are_counted_paper_by_paper(plant: make.Plant) -> None:
    asked = make_votes.election(plant, "ana", "bo", "lou", method=Question.Method.SCHULZE)
    ballot, urn = opened(plant, [asked])
    make_paper.give(plant, urn, "ana", "bo", "cy", "dee", "eve")
    ballot = make_paper.end(plant, ballot, urn)
    figures = ranked(ana_bo=2, boEana=1, blank=1, spoiled=1)
    make_paper.sheet(plant, ballot, urn, "jo", figures)
    make_paper.sheet(plant, ballot, urn, "kim", ranked(anaEbo=1, ana_bo=2, blank=1, lou=0, spoiled=1))
    agreed = make_paper.confirm(plant, ballot, urn)
    assert agreed.figures["1"] == {
        "papers": 5,
        "spoiled": 1,
        "answers": {"ana=bo": 1, "ana>bo": 2, "blank": 1},
    }


@pytest.mark.parametrize("answer", ["zoe", "ana_ana", "ana_", "", "blank_ana", "anaEbo", "lou_anaEbo"])
def test_a_ranking_that_is_not_on_the_paper(plant: make.Plant, answer: str) -> None:
    ballot, urn = opened(plant, [make_votes.election(plant, "ana", "bo", "lou")])
    make_paper.give(plant, urn, "ana")
    ballot = make_paper.end(plant, ballot, urn)
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", ranked(**{answer: 1})) == ["answer-cannot-be"]


# --- Signatures of a printed register -------------------------------------------------------------------------------


def test_signatures_mark_the_roll_after_closing(plant: make.Plant) -> None:
    ballot, urn = opened(plant)
    make_paper.give(plant, urn, "ana", "bo", "cy")  # then the light went out
    ballots.cast(ballot=ballot, answers={1: "for"}, form="0" * 32, by=plant.eve, at=make.now())
    ballot = make_paper.end(plant, ballot, urn)
    signed = {"numbers": [5, 3, 4, 6]}  # Cy, Dee, Eve, Fay
    make_paper.sheet(plant, ballot, urn, "jo", signed, subject=SIGNATURES)
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", make_paper.motion(6, 0)) == [
        "signatures-first"
    ]
    make_paper.sheet(plant, ballot, urn, "kim", {"numbers": [3, 4, 5, 6]}, subject=SIGNATURES)
    make_paper.confirm(plant, ballot, urn, subject=SIGNATURES)
    marked = RollEntry.objects.filter(ballot=ballot, urn=urn).values_list("member__number", flat=True)
    assert sorted(marked) == [1, 2, 3, 4, 6]
    clash = Clash.objects.get()  # Cy was ticked for this very box and signed: no clash
    assert (clash.member, clash.urn, clash.channel) == (plant.eve, urn, "phone")
    assert RollEntry.objects.get(ballot=ballot, member=plant.eve).channel == "phone"
    facts = Entry.objects.filter(verb="sheets-confirmed").last().facts
    assert (facts["marked"], facts["clashes"]) == (2, [5])
    # Six papers lie there: five marked, and Eve's, who voted on a screen as well.
    assert refusal(make_paper.sheet, plant, ballot, urn, "jo", make_paper.motion(6, 0)) == [
        "papers-unlike-people"
    ]
    make_paper.agreed(plant, ballot, urn, make_paper.motion(6, 0), remark="Eve signed too.")
    late = {"numbers": [7]}
    refused = refusal(make_paper.sheet, plant, ballot, urn, "jo", late, subject=SIGNATURES)
    assert refused == ["papers-counted-already"]


def test_signed_for_two_boxes_is_a_clash(plant: make.Plant) -> None:
    ballot, gate = opened(plant)
    mobile = make_paper.open_boxes(plant, ballot, "Carried")[0]
    make_paper.give(plant, mobile, "ana")
    make_paper.agreed(plant, ballot, gate, {"numbers": [1, 2]}, subject=SIGNATURES)
    assert Clash.objects.get().channel == "paper"
    assert RollEntry.objects.get(ballot=ballot, member=plant.ana).urn == mobile


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([1, 1], "numbers-twice"),
        ([0], "numbers-unreadable"),
        ("12", "numbers-unreadable"),
        ([1.5], "numbers-unreadable"),
        ([13], "numbers-not-on-the-roll"),  # Max is on trial
        ([999], "numbers-not-on-the-roll"),
    ],
)
def test_numbers_that_cannot_be(plant: make.Plant, numbers: Any, code: str) -> None:
    ballot, urn = opened(plant)
    refused = refusal(make_paper.sheet, plant, ballot, urn, "jo", {"numbers": numbers}, subject=SIGNATURES)
    assert refused == [code]


def test_the_signature_of_somebody_who_is_not_there(plant: make.Plant) -> None:
    ballot, urn = opened(plant, needs_presence=True)
    ballots.mark_present(ballot=ballot, members=[plant.ana.pk], by=plant.gus.actor, at=make.now())
    refused = refusal(make_paper.sheet, plant, ballot, urn, "jo", {"numbers": [1, 2]}, subject=SIGNATURES)
    assert refused == ["numbers-not-checked-in"]


# --- The journal ----------------------------------------------------------------------------------------------------


def test_the_journal_knows_who_counted_but_no_figure(plant: make.Plant, closed: tuple[Ballot, Urn]) -> None:
    ballot, urn = closed
    make_paper.agreed(plant, ballot, urn, make_paper.motion(4, 2))
    lines = Entry.objects.filter(verb__in=["tellers-named", "sheet-entered", "sheets-confirmed"])
    assert list(lines.order_by("sequence").values_list("verb", "actor_name", "facts")) == [
        ("tellers-named", "Gus", {"members": [10, 11]}),
        ("sheet-entered", "Jo", {"place": "Gate", "subject": "votes", "attempt": 1}),
        ("sheet-entered", "Kim", {"place": "Gate", "subject": "votes", "attempt": 1}),
        ("sheets-confirmed", "Hal", {"place": "Gate", "subject": "votes", "attempt": 1}),
    ]
