"""Instant run-off: rounds, ties, odd papers."""

from __future__ import annotations

import pytest
from hypothesis import given

from coop.ballots.counting import LotNeeded, Papers, count_runoff, drawn_lot, read

from .test_stv import CODES, LOT, urns


def test_an_earlier_round_tells_between_equal_last() -> None:
    """In round two b and c have 5 each; in round one b had 3 and c 4, so b goes out."""
    result = count_runoff(
        {read("a"): 9, read("b>a"): 3, read("c>a"): 4, read("d>b"): 2, read("e>c"): 1}, candidates=CODES
    )
    assert result.eliminated == ("e", "d", "b")
    assert [(tie.stage, tie.tied, tie.settled_by, tie.chosen) for tie in result.ties] == [
        (3, ("b", "c"), "earlier_stage", "b")
    ]


def test_equal_from_the_first_round_on_needs_a_lot() -> None:
    tied = {read("a"): 4, read("b>a"): 3, read("c>b"): 3}
    with pytest.raises(LotNeeded) as needed:
        count_runoff(tied, candidates=["a", "b", "c"])
    assert (needed.value.tied, needed.value.why) == (("b", "c"), "elimination")
    winners = {
        count_runoff(tied, candidates=["a", "b", "c"], lot=drawn_lot(str(seed))).winner for seed in range(20)
    }
    assert winners == {"a", "b"}


def test_the_last_two_can_tie_for_the_post() -> None:
    with pytest.raises(LotNeeded) as needed:
        count_runoff({read("a"): 2, read("b"): 2}, candidates=["a", "b"])
    assert needed.value.why == "winner"
    assert (
        count_runoff(
            {read("a"): 2, read("b"): 2}, candidates=["a", "b"], lot=lambda tied: [*tied][::-1]
        ).winner
        == "b"
    )


def test_blank_withdrawn_exhausted_equal() -> None:
    papers = {(): 2, read("c"): 3, read("c>a"): 2, read("a=b>c"): 4, read("b"): 5, read("a"): 4, read("d"): 1}
    result = count_runoff(papers, candidates=["a", "b", "c", "d"], withdrawn=["c"])
    assert (result.ballots_total, result.ballots_valid) == (21, 12)
    assert result.withdrawn == ("c",)
    assert [(dict(one.totals), one.exhausted) for one in result.rounds] == [
        ({"a": 6, "b": 5, "d": 1}, 0),
        ({"a": 6, "b": 5}, 1),
    ]
    assert (result.winner, result.majority_reached_in_round) == ("a", 2)


def test_one_candidate_none_and_no_votes() -> None:
    assert count_runoff({read("a"): 1}, candidates=["a"]).winner == "a"
    assert count_runoff({}, candidates=[]).outcome == "no_candidates"
    assert count_runoff({(): 4}, candidates=["a"]).outcome == "no_votes"


@given(urns)
def test_active_and_exhausted_papers_are_all_valid_ones(urn: Papers) -> None:
    result = count_runoff(urn, candidates=CODES, lot=LOT)
    for one in result.rounds:
        assert sum(one.totals.values()) + one.exhausted == result.ballots_valid
    assert len(result.eliminated) == (len(CODES) - 2 if result.winner else 0)


@given(urns)
def test_who_has_more_than_half_of_the_first_preferences_wins(urn: Papers) -> None:
    others = sum(urn.values())
    assert count_runoff({**urn, (("d",),): others + 1}, candidates=CODES, lot=LOT).winner == "d"
