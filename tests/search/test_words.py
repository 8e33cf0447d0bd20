"""What somebody types, taken apart; and the passages of a text with the words marked."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.search import marking, words
from coop.search.marking import passages
from coop.search.words import MOST, Term, named, terms


@pytest.mark.parametrize("module", [words, marking])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@given(st.text(max_size=200))
def test_anything_is_taken_apart_into_words_without_marks(typed: str) -> None:
    found = terms(typed)
    assert len(found) <= MOST
    assert all(word.isalnum() for term in found for word in term.words)
    named(typed)


@given(st.text(alphabet="&|!():*<>'\\\"%- ", max_size=50))
def test_marks_alone_ask_for_nothing(typed: str) -> None:
    assert terms(typed) == []


def test_short_words_and_numbers_are_looked_for_as_they_are() -> None:
    asked = [term.as_begun for term in terms('la ley 2026 hornos "en la noche"')]
    assert asked == ["la", "ley:*", "2026", "hornos:*", "en <-> la <-> noche"]


@pytest.mark.parametrize("typed", ["P 2026-4", "p2026-4", " P  2026-4 "])
def test_a_paper_is_named_however_it_is_typed(typed: str) -> None:
    found = named(typed)
    assert found is not None
    assert (found.kind, found.year, found.number) == ("proposal", 2026, 4)


@pytest.mark.parametrize(
    "typed", ["", "2026", "P 2026", "P 2026-", "bread P 2026-4", "D GA 2026-7 A1", "P 3026-4"]
)
def test_what_names_no_paper(typed: str) -> None:
    assert named(typed) is None


texts = st.lists(st.sampled_from(["pan", "día", "Ñandú", "hora", "—", "x" * 40]), max_size=80).map(" ".join)


@given(texts, st.sets(st.sampled_from(["pan", "día", "Ñandú"])))
def test_a_passage_is_a_piece_of_the_text_and_marks_whole_words_only(text: str, found: set[str]) -> None:
    for place in passages(text, found):
        told = "".join(piece.words for piece in place)
        assert told.removeprefix("… ").removesuffix(" …") in text
        assert {piece.words for piece in place if piece.found} <= found
        assert any(piece.found for piece in place)


def test_the_place_with_most_of_the_words_is_shown() -> None:
    text = "pan. " + "hora " * 60 + "pan y día. " + "hora " * 60 + "día."
    (best,) = passages(text, {"pan", "día"}, places=1)
    assert [piece.words for piece in best if piece.found] == ["pan", "día"]
    assert best[0].words == "… "
    assert best[-1].words == " …"


def test_one_word_of_several_letters_is_one_term() -> None:
    assert terms("«Pan y rosas»") == [Term(("pan", "y", "rosas"))]
