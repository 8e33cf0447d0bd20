"""Counting a motion: the figures of the demo's assemblies, and properties of every count."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting import Base, Outcome, count_motion, needed

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def count(
    votes_for: int, against: int, abstain: int = 0, *, present: int = 0, register: int = 0, **rule: object
):  # type: ignore[no-untyped-def]
    cast = votes_for + against + abstain
    return count_motion(
        votes_for=votes_for,
        against=against,
        abstain=abstain,
        present=present or cast,
        register=register or max(present, cast),
        majority=rule.get("majority", HALF),  # type: ignore[arg-type]
        base=Base(str(rule.get("base", "for_against"))),
    )


@pytest.mark.parametrize(
    ("figures", "rule", "outcome", "wanted"),
    [
        ((161, 70, 17), {"present": 248, "majority": TWO_THIRDS, "base": "present"}, "not_carried", 166),
        ((166, 70, 12), {"present": 248, "majority": TWO_THIRDS, "base": "present"}, "carried", 166),
        ((111, 111, 26), {"present": 248}, "tie", 112),
        ((22, 21, 0), {}, "carried", 22),  # half of 43 needs 22
        ((22, 22, 0), {}, "tie", 23),
        ((5, 4, 1), {"base": "valid"}, "not_carried", 6),
        ((6, 3, 1), {"base": "valid"}, "carried", 6),
        ((10, 0, 0), {"register": 20, "base": "register"}, "not_carried", 11),
        ((11, 0, 0), {"register": 20, "base": "register"}, "carried", 11),
        ((0, 0, 10), {}, "not_carried", 1),  # nobody took a side
        ((0, 0, 0), {}, "not_carried", 1),
        ((1, 0, 9), {}, "carried", 1),
        ((2, 2, 0), {"majority": TWO_THIRDS}, "not_carried", 3),  # a tie only where more than half is asked
        ((3, 0, 0), {"majority": Fraction(1)}, "carried", 3),
    ],
)
def test_worked_counts(
    figures: tuple[int, int, int], rule: dict[str, object], outcome: str, wanted: int
) -> None:
    result = count(*figures, **rule)
    assert (result.outcome, result.needed) == (Outcome(outcome), wanted)


@pytest.mark.parametrize(
    "figures",
    [
        {"votes_for": -1, "against": 0, "abstain": 0, "present": 5, "register": 5},
        {"votes_for": 3, "against": 3, "abstain": 0, "present": 5, "register": 9},
        {"votes_for": 3, "against": 0, "abstain": 0, "present": 5, "register": 4},
        {"votes_for": 3, "against": 0, "abstain": 0, "present": 5, "register": 5, "majority": Fraction(1, 3)},
    ],
)
def test_figures_that_cannot_be_are_refused(figures: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"below zero|more votes|a majority"):
        count_motion(**({"majority": HALF, "base": Base.PRESENT} | figures))  # type: ignore[arg-type]


shares = st.sampled_from([HALF, Fraction(3, 5), TWO_THIRDS, Fraction(3, 4), Fraction(4, 5), Fraction(1)])
votes = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))


@given(st.integers(0, 10_000), shares)
def test_needed_is_the_least_number_that_reaches_the_share(base: int, share: Fraction) -> None:
    enough = needed(share, base)

    def reaches(number: int) -> bool:
        return number * 2 > base if share == HALF else number >= share * base

    assert reaches(enough)
    assert enough == 0 or not reaches(enough - 1)


@given(votes, shares, st.sampled_from(list(Base)))
def test_one_more_vote_for_never_loses_a_motion(
    figures: tuple[int, int, int], share: Fraction, base: Base
) -> None:
    """With the hall and the register standing still, an abstention that turns into a vote for only helps."""
    yes, no, abstain = figures
    room = {"present": sum(figures), "register": sum(figures), "majority": share, "base": base}
    before = count_motion(votes_for=yes, against=no, abstain=abstain, **room)  # type: ignore[arg-type]
    if abstain == 0:
        return
    after = count_motion(votes_for=yes + 1, against=no, abstain=abstain - 1, **room)  # type: ignore[arg-type]
    assert not (before.outcome is Outcome.CARRIED and after.outcome is not Outcome.CARRIED)


@given(votes)
def test_a_simple_majority_is_carried_exactly_when_for_beats_against(figures: tuple[int, int, int]) -> None:
    yes, no, _abstain = figures
    outcome = count(*figures).outcome
    assert (outcome is Outcome.CARRIED) == (yes > no)
    assert (outcome is Outcome.TIE) == (yes == no > 0)
