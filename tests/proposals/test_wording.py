"""A text in clauses, whole and taken apart again."""

from hypothesis import given
from hypothesis import strategies as st

from coop.proposals.wording import clauses_in, tidy, whole_text

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
