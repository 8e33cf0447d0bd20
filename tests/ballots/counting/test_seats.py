"""Seats by votes: plurality with majority, second round and reserved seats; approval. Ties are named, never silent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting import count_approval, count_plurality, drawn_lot

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@pytest.mark.parametrize(
    ("votes", "rule", "outcome", "who"),
    [
        ({"a": 22, "b": 21}, {"majority": HALF}, "elected", ("a",)),  # half of 43 needs 22
        ({"a": 21, "b": 20, "c": 2}, {"majority": HALF}, "second_round", ("a", "b")),
        ({"a": 22, "b": 22}, {"majority": HALF}, "second_round", ("a", "b")),
        (
            {"a": 20, "b": 10, "c": 10, "d": 9},
            {"majority": HALF},
            "second_round",
            ("a", "b", "c"),
        ),  # tied for second
        (
            {"a": 10, "b": 10, "c": 10, "d": 9},
            {"majority": HALF},
            "second_round",
            ("a", "b", "c"),
        ),  # tied for first
        ({"a": 40, "b": 20}, {"majority": TWO_THIRDS}, "elected", ("a",)),
        ({"a": 39, "b": 21}, {"majority": TWO_THIRDS}, "second_round", ("a", "b")),
        ({"a": 30, "b": 5}, {"majority": HALF, "base_count": 70}, "second_round", ("a", "b")),
        ({"a": 36, "b": 5}, {"majority": HALF, "base_count": 70}, "elected", ("a",)),
        ({"a": 9}, {"majority": HALF}, "elected", ("a",)),  # one candidate
        ({"a": 9}, {"majority": HALF, "base_count": 40}, "second_round", ("a",)),  # too few for the only one
        ({"a": 5, "b": 4}, {}, "elected", ("a",)),
        ({"a": 5, "b": 5, "c": 1}, {}, "tie", ()),
        ({"a": 0, "b": 0}, {}, "no_votes", ()),
        ({}, {}, "no_candidates", ()),
    ],
)
def test_one_seat(votes: dict[str, int], rule: dict[str, object], outcome: str, who: tuple[str, ...]) -> None:
    result = count_plurality(votes, **rule)  # type: ignore[arg-type]
    assert (result.outcome, result.elected or result.second_round) == (outcome, who)


def test_a_tie_is_named_and_a_lot_settles_it() -> None:
    votes = {"a": 5, "b": 9, "c": 5, "d": 5, "e": 1}
    open_tie = count_plurality(votes, seats=2)
    [tie] = open_tie.ties
    assert (open_tie.outcome, open_tie.elected, tie.tied, tie.seats) == ("tie", ("b",), ("a", "c", "d"), 1)
    assert open_tie.alternates == ()  # nobody comes after what is open
    drawn = count_plurality(votes, seats=2, lot=lambda tied: [*tied][::-1])
    assert (drawn.outcome, set(drawn.elected)) == ("elected", {"b", "d"})
    assert drawn.ties[0].settled_by_lot
    assert (drawn.alternates, drawn.equal_alternates) == (("a", "c", "e"), (("a", "c"),))


def test_nobody_without_a_vote_is_elected() -> None:
    result = count_plurality({"a": 4, "b": 0, "c": 1}, seats=3)
    assert (result.outcome, result.elected, result.as_facts()["empty_seats"]) == ("elected", ("a", "c"), 1)


CREWS = {"a": "morning", "b": "morning", "c": "night", "d": "night", "e": "morning"}


def test_reserved_seats_go_first_to_the_best_of_the_group() -> None:
    result = count_plurality(
        {"a": 90, "b": 80, "c": 7, "d": 6, "e": 70}, seats=3, reserved={"night": 1}, groups=CREWS
    )
    assert (result.elected, result.reserved_to, result.alternates) == (
        ("a", "b", "c"),
        {"c": "night"},
        ("e", "d"),
    )
    assert result.empty_reserved == {}
    every = count_plurality(
        {"a": 90, "b": 80, "c": 7}, seats=2, reserved={"night": 1, "morning": 1}, groups=CREWS
    )
    assert every.elected == ("a", "c")  # no open seat is left for b


def test_an_empty_reserved_seat_stays_empty() -> None:
    result = count_plurality({"a": 9, "b": 8, "e": 7}, seats=3, reserved={"night": 2}, groups=CREWS)
    assert (result.elected, result.empty_reserved) == (("a",), {"night": 2})


def test_a_tie_for_a_reserved_seat_is_named_with_its_group() -> None:
    votes = {"a": 9, "b": 8, "c": 5, "d": 5}
    result = count_plurality(votes, seats=2, reserved={"night": 1}, groups=CREWS)
    assert (result.outcome, result.elected, result.ties[0].as_facts()) == (
        "tie",
        ("a",),
        {"for": "reserved_seat", "tied": ["c", "d"], "seats": 1, "group": "night", "resolved_by": None},
    )
    drawn = count_plurality(votes, seats=2, reserved={"night": 1}, groups=CREWS, lot=list)
    assert (drawn.elected, drawn.reserved_to) == (("a", "c"), {"c": "night"})


def test_a_tie_for_a_reserved_seat_on_which_nothing_hangs_is_none() -> None:
    """c and d are equal, but whoever misses the reserved seat has an open one."""
    result = count_plurality({"a": 3, "c": 5, "d": 5}, seats=2, reserved={"night": 1}, groups=CREWS)
    assert (result.outcome, result.elected, result.ties) == ("elected", ("c", "d"), ())


@pytest.mark.parametrize(
    ("votes", "rule", "why"),
    [
        ({"a": -1}, {}, "below zero"),
        ({"a": 1}, {"seats": 0}, "fewer seats"),
        ({"a": 5}, {"majority": HALF, "base_count": 4}, "more votes than"),
        ({"a": 5}, {"majority": Fraction(1, 3)}, "a majority is"),
        ({"a": 5}, {"majority": HALF, "seats": 2}, "one open seat"),
        ({"a": 5}, {"seats": 2, "reserved": {"night": 3}}, "more seats are reserved"),
        ({"a": 5}, {"seats": 2, "reserved": {"night": -1}}, "more seats are reserved"),
    ],
)
def test_what_cannot_be_is_refused(votes: dict[str, int], rule: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        count_plurality(votes, **rule)  # type: ignore[arg-type]


def test_approval() -> None:
    votes = {"a": 12, "b": 30, "c": 12, "d": 0}
    assert count_approval(votes, seats=3).elected == ("b", "a", "c")
    tie = count_approval(votes, seats=2)
    assert (tie.outcome, tie.elected, tie.ties[0].tied) == ("tie", ("b",), ("a", "c"))
    assert count_approval(votes, seats=2, lot=drawn_lot("x")).outcome == "elected"
    assert count_approval(votes, seats=4).as_facts()["empty_seats"] == 1
    assert count_approval({"a": 0}).outcome == "no_votes"
    assert count_approval({}).outcome == "no_candidates"
    with pytest.raises(ValueError, match="fewer seats"):
        count_approval(votes, seats=0)


tallies = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6), min_size=1)
groupings = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["x", "y"]))


@given(tallies, groupings, st.integers(1, 6), st.integers(0, 2), st.integers(0, 2), st.integers(0, 99))
def test_reserved_and_open_seats(
    votes: dict[str, int], groups: dict[str, str], more: int, x: int, y: int, seed: int
) -> None:
    reserved, seats = {"x": x, "y": y}, x + y + more
    sure = count_plurality(votes, seats=seats, reserved=reserved, groups=groups)
    drawn = count_plurality(votes, seats=seats, reserved=reserved, groups=groups, lot=drawn_lot(str(seed)))
    assert len(drawn.elected) == len(set(drawn.elected)) <= seats
    assert set(sure.elected) <= set(drawn.elected)  # whoever is sure without a lot is in after every lot
    if sure.outcome == "elected":
        assert set(sure.elected) == set(drawn.elected)
    for group, number in reserved.items():
        holders = [code for code, held in drawn.reserved_to.items() if held == group]
        assert len(holders) + drawn.empty_reserved.get(group, 0) == number
    if drawn.outcome == "elected":
        out = [code for code in votes if votes[code] and code not in drawn.elected]
        assert sorted(drawn.alternates) == sorted(out)
        openly = [votes[code] for code in drawn.elected if code not in drawn.reserved_to]
        assert not (out and openly) or min(openly) >= max(votes[code] for code in out)


@given(tallies, st.integers(1, 6), st.integers(0, 99))
def test_one_more_vote_never_costs_a_seat(votes: dict[str, int], seats: int, seed: int) -> None:
    lot = drawn_lot(str(seed))
    for code in count_approval(votes, seats=seats, lot=lot).elected:
        assert code in count_approval(votes | {code: votes[code] + 1}, seats=seats, lot=lot).elected
