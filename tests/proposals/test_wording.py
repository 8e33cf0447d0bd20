"""A text in clauses, whole and taken apart again."""

from hypothesis import given
from hypothesis import strategies as st

from coop.proposals.wording import clauses_in, tidy, tidy_clause, whole_text
from tests import make

TEXTS = st.text().map(tidy)


@given(TEXTS, st.lists(TEXTS.filter(bool), max_size=12))
def test_what_is_shown_is_the_frozen_text_word_for_word(title: str, clauses: list[str]) -> None:
    frozen = whole_text(title, clauses)
    shown, numbered = clauses_in(frozen)
    assert whole_text(shown, [clause.text for clause in numbered]) == frozen
    assert [clause.number for clause in numbered] == list(range(1, len(numbered) + 1))


@given(st.lists(st.from_regex(r"[a-z][a-z ,]*[a-z]", fullmatch=True), min_size=1, max_size=30))
def test_plain_clauses_come_back_as_they_were_written(clauses: list[str]) -> None:
    title, numbered = clauses_in(whole_text("Canteen", clauses))
    assert (title, [clause.text for clause in numbered]) == ("Canteen", clauses)


def test_a_text_without_clauses_is_all_title() -> None:
    assert clauses_in("Do we go on?") == ("Do we go on?", [])


def test_a_number_at_the_start_of_a_paragraph_does_not_begin_a_clause_out_of_turn() -> None:
    _title, numbered = clauses_in(whole_text("Hours", ["We stop at\n\n9. in the evening", "and begin at 6."]))
    assert [clause.text for clause in numbered] == ["We stop at\n\n9. in the evening", "and begin at 6."]


def test_a_clause_cannot_carry_another_inside(db: None) -> None:
    """Two different structures must never read, or hash, the same."""
    plant = make.plant()
    forged = make.motion(plant, title="Canteen\n\n1. Sold.", clauses=["A.\n\n2. B."])
    honest = make.motion(plant, title="Canteen", clauses=["A.", "B."])
    assert forged.title == "Canteen 1. Sold."
    texts = [whole_text(one.title, [clause.text for clause in one.clauses.all()]) for one in (forged, honest)]
    assert texts[0] != texts[1]
    assert [clause.text for clause in forged.clauses.all()] == ["A.\n2. B."]


@given(st.lists(st.text("a1.2 \n", min_size=1), min_size=1, max_size=4))
def test_tidied_clauses_are_found_again_in_the_whole_text(clauses: list[str]) -> None:
    tidied = [words for words in map(tidy_clause, clauses) if words]
    title, found = clauses_in(whole_text("Title", tidied))
    assert (title, [clause.text for clause in found]) == ("Title", tidied)
