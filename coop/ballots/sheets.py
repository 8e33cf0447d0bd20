"""What tellers write down, compared: figures in one form, so that two sheets are equal only when the counts are.

    {"1": {"papers": 12, "spoiled": 1, "votes": {"for": 7, "against": 3, "abstain": 1}}}    added up option by option
    {"1": {"papers": 12, "spoiled": 1, "answers": {"b>a": 10, "blank": 1}}}                 papers counted whole
    {"numbers": [1, 5]}                                                                     signatures

No database here: the figures come in, and what is wrong with them goes out as reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coop.refusals import Reason

from .counting.papers import BLANK, read, written
from .rules.answers import WITH_EQUALS, Printed

MOST = 1_000_000  # papers in one box; more is a slip of the finger


# Papers of these are counted whole; those of the others are added up option by option.
WHOLE = frozenset({"runoff", "schulze", "stv", "shares"})


class Stage(StrEnum):
    """How far two tellers are with one box, one block or one list of signatures."""

    NOTHING = "nothing"  # nobody has counted yet, or the last two differed
    ONE = "one"  # one sheet lies there; the other teller counts
    EQUAL = "equal"  # two equal sheets; a third person confirms
    AGREED = "agreed"


@dataclass(frozen=True)
class Progress:
    """`attempt` is the one being counted; `counted`: who has handed in a sheet of it; `differed`: the last two did."""

    stage: Stage
    attempt: int
    counted: tuple[int, ...] = ()
    differed: bool = False

    @property
    def next_attempt(self) -> int:
        """The attempt of a sheet that is handed in now; two equal sheets can only be counted anew."""
        return self.attempt + (self.stage == Stage.EQUAL)


def progress(sheets: Iterable[tuple[int, int, Mapping[str, Any]]], *, agreed: bool = False) -> Progress:
    """How far the counting is, from (attempt, teller, figures) of every sheet, in any order.

    >>> progress([(1, 7, {"numbers": [1]}), (1, 8, {"numbers": [2]})])
    Progress(stage=<Stage.NOTHING: 'nothing'>, attempt=2, counted=(), differed=True)
    """
    rows = list(sheets)
    if not rows:
        return Progress(Stage.NOTHING, 1)
    last = max(attempt for attempt, _teller, _figures in rows)
    of_last = [(teller, figures) for attempt, teller, figures in rows if attempt == last]
    counted = tuple(sorted(teller for teller, _figures in of_last))
    if agreed:
        return Progress(Stage.AGREED, last, counted)
    if len(of_last) == 1:
        return Progress(Stage.ONE, last, counted, differed=last > 1)
    if of_last[0][1] == of_last[1][1]:
        return Progress(Stage.EQUAL, last, counted)
    return Progress(Stage.NOTHING, last + 1, differed=True)


def is_whole(asked: Printed) -> bool:
    return asked.method in WHOLE


def most(asked: Printed) -> int:
    """How many marks one paper can bear."""
    return len(asked.choices) if asked.most is None else asked.most


# --- Votes ------------------------------------------------------------------------------------------------------------


def faults_in_votes(figures: Mapping[str, Any], questions: Collection[Printed]) -> list[Reason]:
    """What cannot be so, question by question: figures that are missing or do not add up to the papers found."""
    faults = []
    if set(figures) != {str(asked.number) for asked in questions}:
        return [Reason("figures-of-other-questions")]
    for asked in questions:
        faults += _faults_of_one(figures[str(asked.number)], asked)
    return faults


def _faults_of_one(told: Any, asked: Printed) -> list[Reason]:
    kind = "answers" if is_whole(asked) else "votes"
    where: dict[str, object] = {"question": asked.number}
    if not isinstance(told, Mapping) or set(told) != {"papers", "spoiled", kind}:
        return [Reason("figures-incomplete", where)]
    counted = told[kind]
    if not isinstance(counted, Mapping) or not all(
        _is_count(one) for one in (told["papers"], told["spoiled"], *counted.values())
    ):
        return [Reason("figures-unreadable", where)]
    if is_whole(asked):
        return _faults_of_answers(told["papers"], told["spoiled"], counted, asked)
    if set(counted) != set(asked.codes):
        return [Reason("figures-incomplete", where)]
    return _faults_of_sums(told["papers"], told["spoiled"], counted, asked)


def _faults_of_answers(papers: int, spoiled: int, answers: Mapping[str, int], asked: Printed) -> list[Reason]:
    for answer in answers:
        if not _can_be(answer, asked):
            return [Reason("answer-cannot-be", {"question": asked.number})]
    there = sum(answers.values()) + spoiled
    if there != papers:
        return [Reason("figures-do-not-add-up", {"question": asked.number, "there": there, "papers": papers})]
    return []


def _can_be(answer: str, asked: Printed) -> bool:
    try:
        paper = read(answer)
    except ValueError:
        return False
    codes = [code for rank in paper for code in rank]
    if not set(codes) <= set(asked.choices):
        return False
    if not asked.is_ranked:
        return len(paper) <= 1 and len(codes) <= most(asked)
    # Two on one place say nothing clear where papers are followed name by name; a screen refuses them too.
    return asked.method in WITH_EQUALS or all(len(rank) == 1 for rank in paper)


def _faults_of_sums(papers: int, spoiled: int, votes: Mapping[str, int], asked: Printed) -> list[Reason]:
    """Valid, blank and spoiled papers are all the papers; every valid one bears at least one mark, at most so many."""
    marks = sum(votes[code] for code in asked.choices)
    aside = spoiled + votes.get(BLANK, 0)
    valid = papers - aside
    if most(asked) == 1:
        if marks != valid:
            return [
                Reason(
                    "figures-do-not-add-up",
                    {"question": asked.number, "there": marks + aside, "papers": papers},
                )
            ]
    elif valid < 0:
        return [
            Reason("more-aside-than-papers", {"question": asked.number, "there": aside, "papers": papers})
        ]
    elif any(votes[code] > valid for code in asked.choices):
        return [Reason("more-votes-than-valid", {"question": asked.number, "valid": valid})]
    elif not valid <= marks <= valid * most(asked):
        return [
            Reason(
                "marks-cannot-be",
                {"question": asked.number, "there": marks, "valid": valid, "most": valid * most(asked)},
            )
        ]
    return []


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def in_one_form(figures: Mapping[str, Any], questions: Collection[Printed]) -> dict[str, Any]:
    """The same figures as they are stored: answers spelt one way and added up, nothing that is zero among them.

    Two counts are equal exactly when these are. Only for figures in which `faults_in_votes` found nothing.
    """
    stored: dict[str, Any] = {}
    for asked in questions:
        told = figures[str(asked.number)]
        one: dict[str, Any] = {"papers": told["papers"], "spoiled": told["spoiled"]}
        if is_whole(asked):
            answers: dict[str, int] = {}
            for answer, number in told["answers"].items():
                if number:
                    spelt = written(read(answer))
                    answers[spelt] = answers.get(spelt, 0) + number
            one["answers"] = dict(sorted(answers.items()))
        else:
            one["votes"] = {code: told["votes"][code] for code in asked.codes}
        stored[str(asked.number)] = one
    return stored


# --- Signatures -------------------------------------------------------------------------------------------------------


def faults_in_signatures(figures: Mapping[str, Any]) -> list[Reason]:
    numbers = figures.get("numbers")
    if set(figures) != {"numbers"} or not isinstance(numbers, Sequence) or isinstance(numbers, str):
        return [Reason("numbers-unreadable")]
    if not all(_is_count(number) and number for number in numbers):
        return [Reason("numbers-unreadable")]
    if twice := sorted({number for number in numbers if list(numbers).count(number) > 1}):
        return [Reason("numbers-twice", {"lines": twice})]
    return []


def signatures_in_one_form(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {"numbers": sorted(figures["numbers"])}
