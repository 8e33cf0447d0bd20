"""What a paper may say: every method takes what it can count, and nothing else; the exact reason each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.counting.papers import read, written
from coop.ballots.rules.answers import Printed, most_marks, obstacles_in_answers

CODES = ("a", "b", "c", "d", "blank")
MOTION = Printed(1, "motion", ("for", "against", "abstain"), 1)
ONE = Printed(1, "plurality", CODES, 1)
TWO = Printed(1, "plurality", CODES, 2)
MANY = Printed(1, "approval", CODES)
SHARES = Printed(1, "shares", CODES)
RUNOFF = Printed(1, "runoff", CODES)
STV = Printed(1, "stv", CODES, 3)
SCHULZE = Printed(1, "schulze", CODES)


def codes(asked: Printed, answer: str) -> list[str]:
    return [reason.code for reason in obstacles_in_answers({1: asked}, {1: answer})]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (MOTION, "abstain"),
        (ONE, "c"),
        (ONE, "blank"),
        (TWO, "a=d"),
        (TWO, "b"),
        (MANY, "a=b=c=d"),
        (SHARES, "blank"),
        (RUNOFF, "d>a"),
        (RUNOFF, "a>b>c>d"),
        (STV, "c>b>a"),
        (SCHULZE, "b>a=c>d"),
        (SCHULZE, "a=b=c=d"),
    ],
)
def test_what_is_taken(asked: Printed, answer: str) -> None:
    assert codes(asked, answer) == []


@pytest.mark.parametrize(
    ("asked", "answer", "reason"),
    [
        (MOTION, "", "no-choice"),
        (MOTION, "blank", "unknown-choice"),  # whoever takes no side abstains
        (MOTION, "against=for", "too-many-marks"),
        (MOTION, "for>against", "unknown-choice"),
        (ONE, "a=b", "too-many-marks"),
        (ONE, "blank=a", "unknown-choice"),
        (TWO, "a=b=c", "too-many-marks"),
        (TWO, "a=a", "choice-twice"),
        (TWO, "b=a", "unknown-choice"),  # the same paper has one text only
        (MANY, "a>b", "unknown-choice"),
        (MANY, "a=e", "unknown-choice"),
        (MANY, "a=", "unknown-choice"),
        (RUNOFF, "a=b", "rank-twice"),
        (RUNOFF, "a>a", "choice-twice"),
        (RUNOFF, "a>>b", "unknown-choice"),
        (RUNOFF, "A>b", "unknown-choice"),
        (RUNOFF, "a >b", "unknown-choice"),
        (STV, "a>b>c>d", "too-many-marks"),
        (SCHULZE, "a>blank", "unknown-choice"),
        (SCHULZE, "c=b>a", "unknown-choice"),
        (SCHULZE, "a>" * 600 + "b", "unknown-choice"),
    ],
)
def test_what_is_not(asked: Printed, answer: str, reason: str) -> None:
    assert codes(asked, answer) == [reason]


def test_every_question_is_answered_and_none_that_was_not_asked() -> None:
    second = Printed(2, "approval", CODES)
    reasons = obstacles_in_answers({1: MOTION, 2: second}, {1: "for", 3: "a"})
    assert [(reason.code, reason.params["question"]) for reason in reasons] == [
        ("no-choice", 2),
        ("unknown-question", 3),
    ]


@pytest.mark.parametrize(
    ("method", "seats", "marks", "most"),
    [
        ("motion", 1, 5, 1),
        ("plurality", 1, None, 1),
        ("plurality", 3, None, 3),
        ("plurality", 3, 1, 1),
        ("approval", 3, None, None),
        ("approval", 1, 2, 2),
        ("stv", 3, None, None),
        ("greedy", 1, 4, 4),
    ],
)
def test_how_many_marks(method: str, seats: int, marks: int | None, most: int | None) -> None:
    assert most_marks(method, seats, marks) == most


METHODS = st.sampled_from([MOTION, ONE, TWO, MANY, SHARES, RUNOFF, STV, SCHULZE])
LETTERS = st.text(st.sampled_from("abcde=>"), max_size=9) | st.sampled_from(["for", "blank", "against"])


@given(METHODS, LETTERS)
def test_what_is_taken_can_be_read_and_says_no_more_than_the_method_counts(
    asked: Printed, answer: str
) -> None:
    if codes(asked, answer):
        return
    paper = read(answer)
    assert written(paper) == answer
    marks = [code for rank in paper for code in rank]
    assert set(marks) <= set(asked.choices)
    if asked.is_ranked:
        assert asked.method == "schulze" or all(len(rank) == 1 for rank in paper)
        assert asked.most is None or len(paper) <= asked.most
    else:
        assert len(paper) <= 1
        assert asked.most is None or len(marks) <= asked.most
