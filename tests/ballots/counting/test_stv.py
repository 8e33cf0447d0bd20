"""The transferable vote: worked counts, what is defined for odd papers and odd numbers, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting import LotNeeded, Paper, Papers, count_runoff, count_stv, drawn_lot, read
from coop.ballots.counting.stages import WHOLE

from .worked import WORKED, Case, told


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.rule)
def test_worked_counts(case: Case) -> None:
    assert told(case, count_stv) == []


def papers(**texts: int) -> dict[Paper, int]:
    return {read(text.replace("_", ">")): number for text, number in texts.items()}


def test_who_withdrew_is_struck_and_the_papers_pass_on() -> None:
    """Five for c first: the papers pass to a. Two only for c, and two blank ones, are not valid."""
    given_papers = papers(c_a_b=5, a_b=4, b_c_d=3, c=2, blank=2, d=2)
    result = count_stv(given_papers, candidates=["a", "b", "c", "d"], seats=2, withdrawn=["c"])
    assert (result.ballots_total, result.ballots_valid, result.quota) == (18, 14, 5)
    assert result.elected == ("a", "b")
    assert "c" not in result.stages[0].totals
    assert result.withdrawn == ("c",)


def test_equal_ranks_and_gaps_end_a_paper() -> None:
    odd = {
        (("a", "b"), ("c",)): 3,
        (("c",), ("a", "b"), ("d",)): 2,
        (("d",), (), ("a",)): 4,
        (("a",),): 1,
        (("b",),): 1,
    }
    result = count_stv(odd, candidates=["a", "b", "c", "d"], seats=1, lot=list)
    assert result.ballots_valid == 8  # the three that begin with equals are none
    assert (
        result.stages[-1].non_transferable == (8 - 4) * WHOLE
    )  # neither c's nor anybody's papers reach d or a


def test_fewer_or_as_many_candidates_as_seats_are_all_elected_without_a_lot() -> None:
    result = count_stv({read("a"): 5}, candidates=["a", "b"], seats=3)
    assert (result.elected, result.empty_seats, len(result.stages)) == (("a", "b"), 1, 1)
    assert result.stages[0].without_quota == ("b",)


def test_one_candidate() -> None:
    assert count_stv({read("a"): 1, (): 9}, candidates=["a"], seats=1).elected == ("a",)


def test_no_candidate_and_no_valid_paper_are_outcomes() -> None:
    assert count_stv({(): 3}, candidates=[], seats=2).outcome == "no_candidates"
    assert count_stv({read("a"): 3}, candidates=["a"], seats=1, withdrawn=["a"]).outcome == "no_candidates"
    nobody = count_stv({(): 3}, candidates=["a", "b"], seats=1)
    assert (nobody.outcome, nobody.elected, nobody.stages) == ("no_votes", (), ())


def test_a_tie_that_no_stage_settles_stops_the_count() -> None:
    tied = {read("a"): 7}
    with pytest.raises(LotNeeded) as needed:
        count_stv(tied, candidates=["a", "b", "c"], seats=2)
    assert (needed.value.tied, needed.value.why) == (("b", "c"), "exclusion")
    drawn = count_stv(tied, candidates=["a", "b", "c"], seats=2, lot=drawn_lot("seed"))
    [tie] = drawn.ties
    assert (tie.settled_by, tie.chosen, drawn.excluded) == ("lot", drawn.excluded[0], (tie.chosen,))
    assert tie.as_facts()["lot_among"] == ["b", "c"]


def test_equal_surpluses_need_a_lot_too() -> None:
    with pytest.raises(LotNeeded) as needed:
        count_stv(papers(a_c=7, b_d=7, c=3, d=2), candidates=["a", "b", "c", "d"], seats=3)
    assert (needed.value.tied, needed.value.why) == (("a", "b"), "surplus")


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"seats": 0}, "fewer seats"),
        ({"papers": {(("a",), ("a",)): 1}}, "twice on one paper"),
        ({"papers": {(("z",),): 1}}, "'z' is not one"),
        ({"papers": {(("a",),): -1}}, "below zero"),
        ({"candidates": ["a", "a"]}, "a candidate stands twice"),
        ({"withdrawn": ["z"]}, "without being a candidate"),
    ],
)
def test_what_cannot_be_is_refused(wish: dict[str, object], why: str) -> None:
    usual: dict[str, object] = {"papers": {(("a",),): 1}, "candidates": ["a", "b"], "seats": 1}
    asked = usual | wish
    with pytest.raises(ValueError, match=why):
        count_stv(asked.pop("papers"), **asked)  # type: ignore[arg-type]


# --- What always holds -----------------------------------------------------------------------------------------------

CODES = ["a", "b", "c", "d", "e"]
rankings = st.permutations(CODES).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda length: tuple((code,) for code in order[:length]))
)
urns = st.dictionaries(rankings, st.integers(1, 30), min_size=1, max_size=14)
LOT = drawn_lot("a public draw")


@given(urns, st.integers(1, 5))
def test_every_stage_accounts_for_every_vote(urn: Papers, seats: int) -> None:
    result = count_stv(urn, candidates=CODES, seats=seats, lot=LOT)
    for stage in result.stages:
        assert sum(stage.totals.values()) + stage.non_transferable == result.ballots_valid * WHOLE
        assert min(stage.totals.values()) >= 0
    lost = [stage.non_transferable for stage in result.stages]
    assert lost == sorted(lost)


@given(urns, st.integers(1, 5))
def test_seats_are_filled_and_nobody_is_both_elected_and_out(urn: Papers, seats: int) -> None:
    result = count_stv(urn, candidates=CODES, seats=seats, lot=LOT)
    if result.ballots_valid:
        assert len(result.elected) == seats
    assert not set(result.elected) & set(result.excluded)
    reached = [code for stage in result.stages for code in stage.elected if code not in stage.without_quota]
    assert len(reached) <= seats  # that many quotas there are not


@given(urns, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_makes_no_difference(urn: Papers, seats: int, chance: object) -> None:
    items = list(urn.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    once, again = (
        count_stv(dict(way), candidates=CODES, seats=seats, lot=LOT) for way in (urn.items(), items)
    )
    assert once.as_facts() == again.as_facts()


@given(urns, st.integers(1, 4), st.permutations(CODES))
def test_names_make_no_difference(urn: Papers, seats: int, other: list[str]) -> None:
    """Everybody takes another's name, also in the lot: then the result changes names and nothing else."""
    named = dict(zip(CODES, other, strict=True))
    back = {new: old for old, new in named.items()}
    renamed = {tuple((named[code],) for (code,) in paper): number for paper, number in urn.items()}

    def lot(tied: object) -> list[str]:
        return [named[code] for code in LOT([back[code] for code in tied])]  # type: ignore[attr-defined]

    once = count_stv(urn, candidates=CODES, seats=seats, lot=LOT)
    again = count_stv(renamed, candidates=[named[code] for code in CODES], seats=seats, lot=lot)
    assert tuple(named[code] for code in once.elected) == again.elected


@given(urns)
def test_with_one_seat_it_elects_whom_the_run_off_elects(urn: Papers) -> None:
    try:
        elected = count_stv(urn, candidates=CODES, seats=1).elected
        winner = count_runoff(urn, candidates=CODES).winner
    except LotNeeded:
        return
    assert elected == ((winner,) if winner else ())


@given(urns, st.integers(1, 4))
def test_a_majority_of_equal_papers_keeps_its_seat(urn: Papers, seats: int) -> None:
    """More papers than a quota for one and the same first candidate elect that candidate, whatever the others do."""
    others = sum(urn.values())
    result = count_stv({**urn, (("e",),): others + 1}, candidates=CODES, seats=seats, lot=LOT)
    assert "e" in result.elected
