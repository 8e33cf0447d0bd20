"""Two versions of a text side by side: no word is lost, what reads the same stands beside itself."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from coop.proposals import comparing
from coop.proposals.comparing import Pair, paired

WORDS = ["hours", "bread", "vote", "crew", "six", "four", "posted", "gate"]
clauses = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=8)


def test_the_examples_hold() -> None:
    assert doctest.testmod(comparing).failed == 0


@given(clauses, clauses)
def test_each_side_is_its_text_in_its_order(old: list[str], new: list[str]) -> None:
    found = paired(old, new)
    assert [pair.old for pair in found if pair.before] == old
    assert [pair.new for pair in found if pair.after] == new
    assert [pair.before for pair in found if pair.before] == list(range(1, len(old) + 1))
    assert [pair.after for pair in found if pair.after] == list(range(1, len(new) + 1))
    assert all(pair.before or pair.after for pair in found)


@given(clauses)
def test_a_text_beside_itself_has_no_change(text: list[str]) -> None:
    assert not any(pair.is_changed for pair in paired(text, text))


def test_a_clause_put_in_pushes_the_others_on() -> None:
    old = ["At most six per cent of all hours.", "It is posted at the gate.", "Nobody is hired."]
    new = ["First of all, bread.", "At most four per cent of all hours.", "It is posted at the gate."]
    assert [(pair.before, pair.after) for pair in paired(old, new)] == [(None, 1), (1, 2), (2, 3), (3, None)]


def test_another_text_for_the_whole_goes_and_comes() -> None:
    found = paired(["Bread for six.", "A gate."], ["Nothing at all is sold on Mondays."])
    assert [(pair.before, pair.after) for pair in found] == [(1, None), (2, None), (None, 1)]


def test_two_long_texts_without_anything_in_common_are_not_compared_for_ever() -> None:
    old, new = ([f"{word} {number}" for number in range(200)] for word in ("old", "new"))
    found = paired(old, new)
    assert found[0] == Pair(1, None, "old 0")
    assert found[-1] == Pair(None, 200, new="new 199")
    assert len(found) == 400
