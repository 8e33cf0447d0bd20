"""Amendments as places in one original: whatever the order, no word is lost and every clash is found."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coop.proposals.amending import (
    Amending,
    Clash,
    Delete,
    Insert,
    Mark,
    Whole,
    Words,
    amended,
    applied,
    marked,
    words_changed,
)
from coop.proposals.conflicts import (
    Because,
    Kind,
    conflict_between,
    conflicts,
    contradictions,
    falls,
    standing,
)
from coop.proposals.pieces import hunks, joined, pieces
from coop.proposals.voting_order import Asked, Move, Why, voting_order

P_07 = [
    "Hours worked by people who are not members may not be more than six per cent of all hours in a quarter.",
    "Nobody is hired except for trial, a trade we do not have, or to replace somebody on leave.",
    "Whoever has worked six months is asked in writing whether they want to be a member.",
    "Hired people take part in production meetings and in the council of their department with a voice.",
]
EIGHT = Amending(1, (Words(1, P_07[0].replace("six", "eight")),))
FOUR = Amending(2, (Words(1, P_07[0].replace("six", "four")),))
NO_TRADE = Amending(3, (Words(2, P_07[1].replace(" a trade we do not have,", "")),))
VOTE = Amending(4, (Words(4, P_07[3][:-1] + " and a vote in production meetings."),))
WHOLE = Amending(5, (Whole(("From 1 July nobody works in the plant who is not a member.",)),))
AFTER_THREE = Amending(
    6, (Words(1, VOTE.changes[0].text.replace("a vote", "after three months of work a vote")),)
)

words = st.sampled_from(["metal", "six", "per", "cent", "posted", ",", "every", "quarter", ".", "daily"])
clause_texts = st.lists(words, min_size=1, max_size=9).map(lambda found: joined(pieces(" ".join(found))))


@st.composite
def texts_and_amendings(draw: st.DrawFn, most: int = 4) -> tuple[list[str], list[Amending]]:
    clauses = draw(st.lists(clause_texts, min_size=1, max_size=4))
    numbers = st.integers(1, len(clauses))
    change = st.one_of(
        st.builds(Words, numbers, clause_texts),
        st.builds(Insert, st.integers(0, len(clauses)), clause_texts),
        st.builds(Delete, numbers),
    )
    own = st.one_of(
        st.lists(change, min_size=1, max_size=2, unique_by=lambda one: (type(one), one.clause)).map(tuple),
        st.builds(lambda texts: (Whole(tuple(texts)),), st.lists(clause_texts, min_size=1, max_size=2)),
    )
    found = draw(st.lists(own, min_size=1, max_size=most))
    amendings = [Amending(key, changes) for key, changes in enumerate(found, 1)]
    # Nobody takes a clause out and changes it in one breath: the form refuses it.
    for one in amendings:
        kinds = Counter(c.clause for c in one.changes if not isinstance(c, (Insert, Whole)))
        assume(max(kinds.values(), default=0) <= 1)
    return clauses, amendings


def possible(clauses: list[str], amendings: list[Amending]) -> list[Amending]:
    """The first, and of the others each that is impossible with none before it."""
    chosen: list[Amending] = []
    for one in amendings:
        against = (conflict_between(clauses, one, other) for other in chosen)
        if not any(conflict and conflict.kind.is_impossible for conflict in against):
            chosen.append(one)
    return chosen


@given(clause_texts, clause_texts)
def test_the_hunks_between_two_texts_make_one_into_the_other(old: str, new: str) -> None:
    there = list(pieces(old))
    for hunk in reversed(hunks(old, new)):
        there[hunk.start : hunk.end] = hunk.new
    assert joined(there) == new


@given(texts_and_amendings(), st.randoms())
def test_what_can_stand_together_gives_one_text_in_whatever_order(
    drawn: tuple[list[str], list[Amending]], dice: random.Random
) -> None:
    clauses, amendings = drawn
    chosen = possible(clauses, amendings)
    shuffled = dice.sample(chosen, len(chosen))
    assert marked(clauses, shuffled) == marked(clauses, chosen)


@given(texts_and_amendings())
def test_the_text_is_the_marked_text_with_its_marks_applied(drawn: tuple[list[str], list[Amending]]) -> None:
    clauses, amendings = drawn
    chosen = possible(clauses, amendings)
    shown = marked(clauses, chosen)
    assert applied(clauses, chosen) == [clause.text for clause in shown if clause.text]
    assert [clause.number for clause in shown if clause.number] == list(
        range(1, len(applied(clauses, chosen)) + 1)
    )
    unmarked = [
        joined(run.text for run in clause.runs if run.mark != Mark.IN)
        for clause in shown
        if clause.origin is not None
    ]
    assert unmarked == clauses  # the published words can be read out of the marked text, whole


@given(texts_and_amendings())
def test_no_word_of_an_amendment_is_lost(drawn: tuple[list[str], list[Amending]]) -> None:
    clauses, amendings = drawn
    chosen = possible(clauses, amendings)
    shown = marked(clauses, chosen)
    for one in chosen:
        alone = Counter(
            (run.mark, piece)
            for clause in marked(clauses, [one])
            for run in clause.runs
            if run.mark != Mark.KEPT
            for piece in pieces(run.text)
        )
        together = Counter(
            (run.mark, piece)
            for clause in shown
            for run in clause.runs
            if one.key in run.by
            for piece in pieces(run.text)
        )
        assert together == alone


@given(texts_and_amendings(most=2))
def test_every_clash_of_two_is_found_and_none_is_invented(drawn: tuple[list[str], list[Amending]]) -> None:
    clauses, amendings = drawn
    found = conflicts(clauses, amendings)
    try:
        marked(clauses, amendings)
        clashes = False
    except Clash:
        clashes = True
    assert any(conflict.kind.is_impossible for conflict in found) == clashes


@given(texts_and_amendings())
def test_what_the_meeting_carries_makes_everything_impossible_with_it_fall(
    drawn: tuple[list[str], list[Amending]],
) -> None:
    clauses, (first, *rest) = drawn
    fallen = {
        fall.key for fall in falls(clauses, carried=[first], waiting=rest, wanted=[o.key for o in rest])
    }
    for one in rest:
        if one.key not in fallen:
            marked(clauses, [first, one])  # raises where they cannot stand together


@given(texts_and_amendings())
def test_what_the_mover_took_in_never_bars_what_is_carried(drawn: tuple[list[str], list[Amending]]) -> None:
    clauses, amendings = drawn
    carried, taken_in = amendings[:1], possible(clauses, amendings[1:])
    there, gone = standing(clauses, taken_in=taken_in, carried=carried)
    assert carried[0] in there
    marked(clauses, there)
    assert {one.key for one in taken_in} == {one.key for one in there[1:]} | set(gone)


def test_signs_and_white_space_survive() -> None:
    text = 'At 05:30, "don\'t"\nstop (1.5 %).'
    assert joined(pieces(text)) == text
    assert pieces(text) == (" At", " 05:30", ",", ' "', "don't", '"', "\nstop", " (", "1.5", " %", ")", ".")


def test_words_in_two_places_of_a_clause_are_both_taken_in() -> None:
    sixty = Amending(1, (Words(1, "Sixty minutes, paid as work."),))
    safety = Amending(2, (Words(1, "Forty-five minutes, paid as work and with coffee."),))
    assert applied(["Forty-five minutes, paid as work."], [safety, sixty]) == [
        "Sixty minutes, paid as work and with coffee."
    ]


def test_the_clashes_of_a_real_text() -> None:
    found = {(c.first, c.second): c for c in conflicts(P_07, [EIGHT, FOUR, NO_TRADE, VOTE, WHOLE])}
    assert found[1, 2].kind == Kind.SAME_WORDS
    assert found[1, 2].words == "six"
    assert found[1, 2].clause == 1
    assert {pair for pair, c in found.items() if c.kind == Kind.WHOLE_TEXT} == {
        (1, 5),
        (2, 5),
        (3, 5),
        (4, 5),
    }
    assert set(found) == {(1, 2), (1, 5), (2, 5), (3, 5), (4, 5)}


def test_the_order_of_a_real_text_and_why() -> None:
    asked = [Asked(one, one.key) for one in (EIGHT, FOUR, NO_TRADE, VOTE, WHOLE)]
    asked.append(Asked(AFTER_THREE, 6, amends=4))
    order = voting_order(P_07, asked)
    assert [(place.key, place.why) for place in order] == [
        (5, Why.WHOLE),
        (1, Why.CAME_FIRST),
        (2, Why.AFTER),
        (3, Why.CLAUSE),
        (6, Why.OF_THE_NEXT),
        (4, Why.CLAUSE),
    ]
    assert [place.words for place in order] == [86, 2, 2, 6, 5, 6]
    moved = voting_order(P_07, asked, [Move(2, 1, "The lower figure is asked first.")])
    assert [place.key for place in moved] == [5, 2, 1, 3, 6, 4]
    assert moved[1].why == Why.MOVED
    assert moved[1].because == "The lower figure is asked first."


def test_the_one_that_goes_further_is_put_first() -> None:
    text = ["Announced two weeks before, in writing."]
    near = Asked(Amending(1, (Words(1, "Announced three weeks before, in writing."),)), 1)
    far = Asked(Amending(2, (Words(1, "Announced on the day itself, by word of mouth."),)), 2)
    assert [(place.key, place.why) for place in voting_order(text, [near, far])] == [
        (2, Why.FURTHEST),
        (1, Why.AFTER),
    ]


def test_an_amendment_of_an_amendment_changes_its_words() -> None:
    (clause,) = applied([P_07[3]], [Amending(4, (Words(1, amended(VOTE, [AFTER_THREE]).changes[0].text),))])
    assert clause.endswith("with a voice and after three months of work a vote in production meetings.")


@pytest.mark.parametrize(
    ("carried", "waiting", "wanted", "because"),
    [
        (FOUR, EIGHT, (), Because.IMPOSSIBLE),
        (FOUR, EIGHT, (1,), Because.IMPOSSIBLE),
        (WHOLE, VOTE, (), Because.IMPOSSIBLE),
        (FOUR, Amending(9, FOUR.changes), (), Because.SAME),
        (FOUR, NO_TRADE, (), None),
    ],
)
def test_what_falls_and_why(
    carried: Amending, waiting: Amending, wanted: tuple[int, ...], because: Because
) -> None:
    found = falls(P_07, carried=[carried], waiting=[waiting], wanted=wanted)
    assert [fall.because for fall in found] == ([because] if because else [])
    assert all(fall.through == carried.key for fall in found)


def test_contrary_ones_fall_unless_the_meeting_wants_to_vote_and_then_the_text_waits() -> None:
    pair = frozenset((FOUR.key, NO_TRADE.key))
    (fall,) = falls(P_07, carried=[FOUR], waiting=[NO_TRADE], declared={pair})
    assert (fall.because, fall.conflict and fall.conflict.kind) == (Because.CONTRARY, Kind.DECLARED)
    assert falls(P_07, carried=[FOUR], waiting=[NO_TRADE], declared={pair}, wanted=[NO_TRADE.key]) == []
    assert [c.kind for c in contradictions(P_07, [FOUR, NO_TRADE], {pair})] == [Kind.DECLARED]


def test_two_things_put_in_at_one_place_are_contrary() -> None:
    one, two = Amending(1, (Insert(2, "Posted."),)), Amending(2, (Insert(2, "Read aloud."),))
    (conflict,) = conflicts(P_07, [one, two])
    assert (conflict.kind, conflict.kind.is_impossible) == (Kind.SAME_PLACE, False)
    assert applied(P_07, [two, one])[2:4] == ["Posted.", "Read aloud."]


def test_distance_counts_words_out_and_in() -> None:
    assert words_changed(P_07, NO_TRADE) == 6
    assert words_changed(P_07, FOUR) == 2
    assert words_changed(P_07, Amending(1, (Delete(3),))) == 16


def test_of_two_taken_in_that_come_to_clash_the_first_stays() -> None:
    there, gone = standing(P_07, taken_in=[FOUR, EIGHT], carried=[])
    assert there == [FOUR]
    assert gone[EIGHT.key].kind == Kind.SAME_WORDS
