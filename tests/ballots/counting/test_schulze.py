"""Schulze against the definition, spelt out the long way, and what is defined for odd papers."""

from __future__ import annotations

from itertools import pairwise as steps_of
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting import Papers, count_schulze, read

CODES = ["a", "b", "c", "d"]


@st.composite
def weak_order(chosen: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    places = chosen(st.lists(st.integers(0, 4), min_size=4, max_size=4))  # 4: not named
    ranks = [
        tuple(code for code, place in zip(CODES, places, strict=True) if place == wanted)
        for wanted in range(4)
    ]
    return tuple(rank for rank in ranks if rank)


urns = st.dictionaries(weak_order(), st.integers(1, 9), min_size=1, max_size=9)


def strongest(pairwise: dict[str, dict[str, int]], one: str, other: str) -> int:
    """Over every path there is: its weakest step that is won."""
    between = [code for code in CODES if code not in {one, other}]
    paths = [(one, *way, other) for length in range(3) for way in permutations(between, length)]
    steps = [list(steps_of(path)) for path in paths]
    won = {
        (a, b): votes if votes > pairwise[b][a] else 0
        for a, row in pairwise.items()
        for b, votes in row.items()
    }
    return max(min(won[step] for step in path) for path in steps)


@given(urns)
def test_paths_and_winners_are_those_of_the_definition(urn: Papers) -> None:
    facts = count_schulze(urn, candidates=CODES).as_facts()
    pairwise, paths = facts["pairwise"], facts["strongest_paths"]
    for one in CODES:
        for other in CODES:
            if one != other:
                assert paths[one][other] == strongest(pairwise, one, other)
                above = sum(
                    number
                    for paper, number in urn.items()
                    if next((place for place, rank in enumerate(paper) if one in rank), 9)
                    < next((place for place, rank in enumerate(paper) if other in rank), 9)
                )
                assert pairwise[one][other] == above
    unbeaten = [
        one for one in CODES if all(paths[one][other] >= paths[other][one] for other in CODES if other != one)
    ]
    assert unbeaten
    if any(urn):
        assert facts["winners"] == unbeaten
        assert facts["condorcet_winner"] in {None, facts["winner"]}


@given(urns)
def test_a_cycle_is_broken_and_ranking_holds_everybody_once(urn: Papers) -> None:
    ranking = count_schulze(urn, candidates=CODES).ranking
    assert sorted(code for group in ranking for code in group) == CODES


def test_a_tie_is_named_and_a_lot_settles_it() -> None:
    tied = {read("a"): 2, read("b"): 2}
    open_tie = count_schulze(tied, candidates=["a", "b"])
    assert (open_tie.outcome, open_tie.winners, open_tie.winner) == ("tie", ("a", "b"), None)
    drawn = count_schulze(tied, candidates=["a", "b"], lot=lambda tied: [*tied][::-1])
    assert (drawn.outcome, drawn.winner, drawn.by_lot) == ("elected", "b", True)
    assert not count_schulze({read("a"): 2}, candidates=["a", "b"], lot=list).by_lot  # nothing to draw


def test_what_must_beat_the_way_it_is() -> None:
    """b beats a, but only a beats "keep": five to four; b has four to five against it."""
    papers = {read("b>a>keep"): 4, read("a>keep>b"): 1, read("keep>b>a"): 4}
    result = count_schulze(papers, candidates=["a", "b", "keep"], keep="keep")
    assert (result.outcome, result.winner, result.set_aside) == ("elected", "a", ("b",))
    kept = count_schulze({read("keep>a"): 3, read("a"): 3}, candidates=["a", "keep"], keep="keep")
    assert (kept.outcome, kept.winner, kept.set_aside) == ("kept", "keep", ("a",))
    with pytest.raises(ValueError, match="what is kept"):
        count_schulze({}, candidates=["a"], keep="z")


def test_withdrawn_blank_nobody() -> None:
    papers = {read("c>a"): 5, read("b"): 4, (): 7}
    result = count_schulze(papers, candidates=["a", "b", "c"], withdrawn=["c"])
    assert (result.winner, result.ballots_total, result.ranking) == ("a", 16, (("a",), ("b",)))
    assert result.withdrawn == ("c",)
    assert count_schulze({(): 3}, candidates=["a", "b"]).outcome == "no_votes"
    assert count_schulze({read("a"): 3}, candidates=["a"], withdrawn=["a"]).outcome == "no_candidates"
    assert count_schulze({read("a"): 1}, candidates=["a"]).winner == "a"
