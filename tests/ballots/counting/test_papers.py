"""Papers as text and back, and lots."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting import LotNeeded, Paper, drawn_lot, read, written
from coop.ballots.counting.draws import every_draw
from coop.ballots.counting.lots import draw
from coop.ballots.counting.ties import look_back

codes = st.lists(
    st.from_regex(r"[a-z0-9-]{1,6}", fullmatch=True).filter(lambda code: code != "blank"), unique=True
)


@st.composite
def any_paper(chosen: st.DrawFn) -> Paper:
    left, paper = chosen(codes), []
    while left:
        size = chosen(st.integers(1, len(left)))
        paper.append(tuple(sorted(left[:size])))
        left = left[size:]
    return tuple(paper)


@given(any_paper())
def test_a_paper_comes_back_as_it_was_written(paper: Paper) -> None:
    assert read(written(paper)) == paper


@pytest.mark.parametrize(
    "text", ["", ">", "a>", "a>>b", "a=", "a>a", "a=b>a", "A", "a b", "ä", "blank>a", "a>blank", "a\n"]
)
def test_odd_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"option|rank"):
        read(text)


@pytest.mark.parametrize("paper", [((),), (("blank",),), (("a",), ("a",)), (("a>b",),)])
def test_odd_papers_are_not_written(paper: Paper) -> None:
    with pytest.raises(ValueError, match=r"option|rank"):
        written(paper)


def test_a_lot_is_what_anybody_can_compute() -> None:
    order = drawn_lot("17 42 08")(["ana", "ben", "cira"])
    hashes = [hashlib.sha256(b"17 42 08 " + code.encode()).hexdigest() for code in order]
    assert hashes == sorted(hashes)
    assert order == drawn_lot("17 42 08")(["cira", "ben", "ana"])  # whoever comes first in the list
    assert len({tuple(drawn_lot(str(seed))(["ana", "ben", "cira"])) for seed in range(60)}) == 6


def test_without_a_lot_a_tie_is_named() -> None:
    with pytest.raises(LotNeeded, match="exclusion: ana, ben") as needed:
        draw(None, ["ana", "ben"], "exclusion")
    assert needed.value.tied == ("ana", "ben")


def test_a_lot_that_loses_somebody_is_refused() -> None:
    with pytest.raises(ValueError, match="each of the tied once"):
        draw(lambda tied: list(tied)[1:], ["ana", "ben"], "seat")


def test_looking_back_narrows_and_goes_on_among_those_left() -> None:
    """At the last stage but one c alone is above; a and b go on to be compared where they differ."""
    history = [{"a": 2, "b": 1, "c": 0}, {"a": 3, "b": 3, "c": 4}, {"a": 5, "b": 5, "c": 5}]
    assert look_back(["a", "b", "c"], history, min) == ["b"]
    assert look_back(["a", "b", "c"], history, max) == ["c"]


def test_every_draw_is_counted_once() -> None:
    draws, complete = every_draw(lambda lot: (lot(["a", "b", "c"])[0], lot(["x", "y"])[0]))
    assert [drawn.result for drawn in draws] == [(one, two) for one in "abc" for two in "xy"]
    assert complete
    assert draws[0].lots == ((("a", "b", "c"), "a"), (("x", "y"), "x"))
    few, complete = every_draw(lambda lot: [lot(["a", "b", "c"])[0] for _round in range(9)], most=10)
    assert (len(few), complete) == (10, False)
