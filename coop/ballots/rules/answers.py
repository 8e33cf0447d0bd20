"""What a paper may say, question by question. A paper that says anything else is told why and not taken.

An answer is written as `counting.papers` writes it: "for", "a=c" (two marks), "b>a" (a ranking), "blank".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coop.refusals import Reason

from ..counting.papers import BLANK, read, written

LONGEST = 1000  # letters of an answer
MARKED = frozenset({"plurality", "approval", "greedy", "shares"})
RANKED = frozenset({"runoff", "schulze", "stv"})
WITH_EQUALS = frozenset({"schulze"})  # compared in pairs: two options may stand on one rank


@dataclass(frozen=True)
class Printed:
    """One question as it stands on the paper: the method, the codes in their order, and how many marks it takes.

    `most`: marks, or ranks, at most; None for as many as there are options.
    """

    number: int
    method: str
    codes: tuple[str, ...]
    most: int | None = None

    @property
    def is_ranked(self) -> bool:
        return self.method in RANKED

    @property
    def takes_one(self) -> bool:
        """Whether a paper bears exactly one mark: for, against or abstain; one name; or blank."""
        return self.method == "motion" or (self.method in MARKED and self.most == 1)

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be marked or ranked; the blank paper is said by itself."""
        return tuple(code for code in self.codes if code != BLANK)


def most_marks(method: str, seats: int, marks: int | None) -> int | None:
    """How many marks (or ranks) a paper may bear: those that were set; else a seat each where most votes win.

    >>> most_marks("plurality", 3, None), most_marks("plurality", 3, 2), most_marks("approval", 3, None)
    (3, 2, None)
    """
    if method == "motion":
        return 1
    if marks is not None:
        return marks
    return seats if method == "plurality" else None


def obstacles_in_answers(paper: Mapping[int, Printed], answers: Mapping[int, str]) -> list[Reason]:
    """A paper answers every question once and by its method; a blank must be said. `answers`: number -> answer."""
    reasons = []
    for number in sorted(paper):
        reasons += _in_answer(paper[number], answers.get(number, ""))
    return reasons + [
        Reason("unknown-question", {"question": number}) for number in answers if number not in paper
    ]


def _in_answer(asked: Printed, answer: str) -> list[Reason]:
    about: dict[str, object] = {"question": asked.number}
    if not answer:
        return [Reason("no-choice", about)]
    if answer == BLANK:
        return [] if BLANK in asked.codes else [Reason("unknown-choice", about)]
    codes = [code for rank in answer.split(">") for code in rank.split("=")]
    if len(answer) > LONGEST or not set(codes) <= set(asked.choices):
        return [Reason("unknown-choice", about)]
    if len(set(codes)) < len(codes):
        return [Reason("choice-twice", about)]
    if written(read(answer)) != answer:  # one paper has one text, or the same one could be told from itself
        return [Reason("unknown-choice", about)]
    return _in_marks(asked, answer, about)


def _in_marks(asked: Printed, answer: str, about: dict[str, object]) -> list[Reason]:
    ranks = answer.split(">")
    marks = answer.split("=")
    if not asked.is_ranked and len(ranks) > 1:
        return [Reason("unknown-choice", about)]
    if asked.is_ranked and asked.method not in WITH_EQUALS and len(marks) > 1:
        return [Reason("rank-twice", about)]
    borne = len(ranks) if asked.is_ranked else len(marks)
    if asked.most is not None and borne > asked.most:
        return [Reason("too-many-marks", {**about, "marks": borne, "most": asked.most})]
    return []
