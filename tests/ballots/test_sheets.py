"""Two sheets are equal exactly when the papers they tell of are; sums are refused exactly when they cannot be."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.ballots.acta.gathering import SPOILED, gathered
from coop.ballots.acta.outcomes import Terms, outcome_of
from coop.ballots.counting.papers import BLANK, read, written
from coop.ballots.rules.answers import Printed
from coop.ballots.sheets import (
    Progress,
    Stage,
    faults_in_votes,
    in_one_form,
    progress,
    signatures_in_one_form,
)

MOTION = Printed(1, "motion", ("for", "against", "abstain"), 1)
APPROVAL = Printed(1, "approval", ("a", "b", "c", "blank"))
RANKED = Printed(1, "stv", ("a", "b", "c", "blank"))

papers = some.lists(
    some.lists(some.sampled_from("abc"), unique=True, max_size=3).map(
        lambda codes: ">".join(codes) or "blank"
    ),
    max_size=8,
)
marks = some.lists(some.sets(some.sampled_from("abc")), max_size=12)


def of_papers(lines: list[tuple[str, int]], spoiled: int = 0) -> dict[str, Any]:
    told: dict[str, int] = {}
    for answer, number in lines:
        told[answer] = told.get(answer, 0) + number
    return {"1": {"papers": sum(told.values()) + spoiled, "spoiled": spoiled, "answers": told}}


@given(papers, papers)
def test_two_different_heaps_of_papers_never_look_alike(one: list[str], other: list[str]) -> None:
    sheets = [in_one_form(of_papers(list(Counter(heap).items())), [RANKED]) for heap in (one, other)]
    assert (sheets[0] == sheets[1]) == (Counter(one) == Counter(other))


@given(papers, some.randoms())
def test_the_order_of_the_heap_and_of_equal_names_does_not_matter(heap: list[str], chance: Any) -> None:
    shuffled = list(heap)
    chance.shuffle(shuffled)
    one = in_one_form(of_papers([(paper, 1) for paper in heap] + [("a=b", 2), ("c", 0)]), [RANKED])
    other = in_one_form(of_papers([(paper, 1) for paper in shuffled] + [("b=a", 2)]), [RANKED])
    assert one == other


@given(marks, marks)
def test_added_up_sheets_are_equal_when_every_sum_is(one: list[set[str]], other: list[set[str]]) -> None:
    def sums(heap: list[set[str]]) -> Counter[str]:
        counted = Counter(code for paper in heap for code in paper or {"blank"})
        return counted + Counter({"papers": len(heap)})

    sheets = [in_one_form(of_marks(heap), [APPROVAL]) for heap in (one, other)]
    assert (sheets[0] == sheets[1]) == (sums(one) == sums(other))


def of_marks(heap: list[set[str]], spoiled: int = 0) -> dict[str, Any]:
    votes = dict.fromkeys(APPROVAL.codes, 0) | Counter(code for paper in heap for code in paper or {"blank"})
    return {"1": {"papers": len(heap) + spoiled, "spoiled": spoiled, "votes": dict(votes)}}


@given(marks, some.integers(0, 3))
def test_what_papers_can_say_is_taken(heap: list[set[str]], spoiled: int) -> None:
    assert faults_in_votes(of_marks(heap, spoiled), [APPROVAL]) == []


@given(
    some.lists(some.sampled_from(["for", "against", "abstain"])), some.integers(0, 3), some.integers(-3, 3)
)
def test_a_motion_adds_up_or_is_refused(heap: list[str], spoiled: int, slip: int) -> None:
    votes = {code: heap.count(code) for code in MOTION.codes}
    found = max(0, len(heap) + spoiled + slip)
    figures = {"1": {"papers": found, "spoiled": spoiled, "votes": votes}}
    assert (faults_in_votes(figures, [MOTION]) == []) == (found == len(heap) + spoiled)


@given(papers, some.integers(0, 3), some.integers(-3, 3))
def test_whole_papers_add_up_or_are_refused(heap: list[str], spoiled: int, slip: int) -> None:
    figures = of_papers([(paper, 1) for paper in heap], spoiled)
    figures["1"]["papers"] = max(0, figures["1"]["papers"] + slip)
    real = len(heap) + spoiled
    assert (faults_in_votes(figures, [RANKED]) == []) == (figures["1"]["papers"] == real)


@pytest.mark.parametrize(
    ("votes", "papers", "code"),
    [
        ({"a": 7, "b": 0, "c": 0, "blank": 0}, 6, "more-votes-than-valid"),
        ({"a": 6, "b": 0, "c": 0, "blank": 7}, 6, "more-aside-than-papers"),
        (
            {"a": 1, "b": 1, "c": 0, "blank": 0},
            6,
            "marks-cannot-be",
        ),  # six valid papers bear six marks at least
    ],
)
def test_several_marks_that_cannot_be(votes: dict[str, int], papers: int, code: str) -> None:
    figures = {"1": {"papers": papers, "spoiled": 0, "votes": votes}}
    assert [fault.code for fault in faults_in_votes(figures, [APPROVAL])] == [code]


def test_at_most_so_many_marks() -> None:
    two = Printed(1, "approval", ("a", "b", "c", "blank"), 2)
    votes = {"a": 4, "b": 4, "c": 4, "blank": 0}
    figures = {"1": {"papers": 5, "spoiled": 0, "votes": votes}}
    assert [fault.code for fault in faults_in_votes(figures, [two])] == ["marks-cannot-be"]
    assert faults_in_votes(figures, [APPROVAL]) == []


def test_answers_are_spelt_in_one_way() -> None:
    assert written(read("b=a>c")) == "a=b>c"
    assert signatures_in_one_form({"numbers": [5, 1]}) == {"numbers": [1, 5]}


def test_progress_step_by_step() -> None:
    same, other = {"numbers": [1]}, {"numbers": [2]}
    steps = [
        ([], Progress(Stage.NOTHING, 1)),
        ([(1, 7, same)], Progress(Stage.ONE, 1, (7,))),
        ([(1, 7, same), (1, 8, same)], Progress(Stage.EQUAL, 1, (7, 8))),
        ([(1, 7, same), (1, 8, other)], Progress(Stage.NOTHING, 2, differed=True)),
        ([(2, 8, same), (1, 8, other), (1, 7, same)], Progress(Stage.ONE, 2, (8,), differed=True)),
        ([(1, 7, same), (1, 8, same), (2, 7, other)], Progress(Stage.ONE, 2, (7,), differed=True)),
    ]
    assert [progress(sheets) for sheets, _now in steps] == [now for _sheets, now in steps]
    assert progress([(1, 7, same), (1, 8, same)], agreed=True) == Progress(Stage.AGREED, 1, (7, 8))
    assert [now.next_attempt for _sheets, now in steps] == [1, 1, 2, 2, 2, 2]


# --- Equal places, and papers that name nobody ------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["a=b", "a=b>c", "c>a=b"])
@pytest.mark.parametrize(("method", "taken"), [("stv", False), ("runoff", False), ("schulze", True)])
def test_equal_places_stand_only_on_sheets_of_pairs(method: str, taken: bool, answer: str) -> None:
    asked = Printed(1, method, ("a", "b", "c", "blank"))
    faults = [fault.code for fault in faults_in_votes(of_papers([(answer, 2), ("a>b", 17)], 1), [asked])]
    assert faults == ([] if taken else ["answer-cannot-be"])


heaps = some.dictionaries(
    some.sampled_from(
        [SPOILED, BLANK, "a", "b", "c>a", "a>b>c", "a=b", "a=b>c", "b=c", "c>a=b", "a=b=c", "b>c"]
    ),
    some.integers(0, 20),
)


@given(
    some.sampled_from(["stv", "runoff", "schulze"]),
    heaps,
    some.sets(some.sampled_from("abc"), max_size=2),
)
def test_valid_blank_and_spoiled_are_all_papers(
    method: str, heap: dict[str, int], withdrawn: set[str]
) -> None:
    terms = Terms(method, ("a", "b", "c"), withdrawn=frozenset(withdrawn), lot="7", tie_rule="lot")
    found = gathered(additive=False, papers={"paper": heap}, followed=terms.followed)
    result = outcome_of(terms, found).result
    assert result["ballots_valid"] + found.blank + found.spoiled == sum(heap.values()) == found.all_cast
    assert found.spoiled >= heap.get(SPOILED, 0)
    assert found.blank >= heap.get(BLANK, 0)


def test_the_papers_that_vanished_are_spoiled() -> None:
    terms = Terms("stv", ("a", "b", "c"), seats=2)
    papers = {"a>b": 17, "a=b": 2, BLANK: 2, SPOILED: 1}
    found = gathered(additive=False, papers={"paper": papers}, followed=terms.followed)
    result = outcome_of(terms, found).result
    assert (found.all_cast, result["ballots_valid"], found.blank, found.spoiled) == (22, 17, 2, 3)
