"""The voting paper as a form: its fields, what is marked in them, and the answers they say.

    choice, choice-2      one card of several: a code of the question
    mark-2-c01            1 marked, 0 not: one for every option where several can be marked, so that what is sent is as
                          long whatever is chosen; the blank paper is such a mark too
    rank-2-c01            a place from 1 on, 0 for none

A value that the page did not print is refused and never guessed at; a field that belongs to nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.ballots.counting.papers import BLANK, written
from coop.ballots.models import Ballot, Option, Question
from coop.ballots.printed import printed
from coop.ballots.rules.answers import WITH_EQUALS, Printed
from coop.refusals import Reason, refuse_if

from ..outcomes.results import words_of
from .ways_of_voting import explain, say_money

NUMBER = "[1-9][0-9]{0,3}"
FIELD = re.compile(rf"(choice)(?:-({NUMBER}))?()|(mark|rank)-({NUMBER})-([a-z0-9-]{{1,20}})")
RANK = re.compile(r"[0-9]{1,3}")
PAD = "."  # behind the shorter codes of a secret paper: all values are of one length
UNREADABLE = frozenset(
    {
        "blank-and-more",
        "choice-twice",
        "form-number-unreadable",
        "no-choice",
        "rank-missing",
        "rank-twice",
        "rank-unreadable",
        "too-many-marks",
        "two-choices",
        "unknown-choice",
        "unknown-question",
    }
)

# What each answer of a motion means, said on its card; abstaining weighs differently on every base.
MEANINGS = {
    "for": gettext_lazy("The text becomes a decision."),
    "against": gettext_lazy("It does not become a decision; things stay as they are."),
}
MEANINGS_FOR_ONE = {
    "for": gettext_lazy("This person is elected."),
    "against": gettext_lazy("The post stays open."),
}
ABSTAINING = {
    "for_against": gettext_lazy("I take no side. It does not count for the majority."),
    "valid": gettext_lazy("I take no side. As all votes cast are counted, it weighs like a vote against."),
    "present": gettext_lazy(
        "I take no side. As everybody present is counted, it weighs like a vote against."
    ),
    "register": gettext_lazy(
        "I take no side. As the whole register is counted, it weighs like a vote against."
    ),
}


def votes_in(posted: QueryDict) -> bool:
    """Whether somebody sends a choice where it would be written into addresses and logs."""
    return any(FIELD.fullmatch(name) for name in posted)


# --- Reading --------------------------------------------------------------------------------------------------------


def read_paper(paper: Mapping[int, Printed], posted: QueryDict) -> tuple[dict[int, str], str]:
    """The answers by the number of the question, and the number of the paper. Raises Refused."""
    given: dict[int, dict[str, str]] = {}  # question -> code (or "" for the one card) -> value
    for name, values in posted.lists():
        found = FIELD.fullmatch(name)
        if not found:
            continue
        kind, which, code = found.groups()[:3] if found[1] else found.groups()[3:]
        number, key = int(which or 1), kind + code
        there = given.setdefault(number, {})
        refuse_if([Reason("two-choices")] if len(values) > 1 or key in there else [])
        there[key] = str(values[0])
    refuse_if([Reason("unknown-question", {"question": n}) for n in given if n not in paper])
    answers = {number: _answer(paper[number], there) for number, there in given.items()}
    forms = posted.getlist("form")
    refuse_if([Reason("form-number-unreadable")] if len(forms) != 1 else [])
    return answers, forms[0]


def _answer(asked: Printed, given: Mapping[str, str]) -> str:
    if asked.takes_one:
        value = given.get("choice", "")
        return {_padded(code, asked): code for code in asked.codes}.get(value, value)
    marks = _marked(asked, given)
    ranks = _ranked(asked, given) if asked.is_ranked else ()
    chosen = [code for code in marks if code != BLANK]
    refuse_if([Reason("blank-and-more")] if BLANK in marks and (chosen or ranks) else [])
    if BLANK in marks:
        return BLANK
    if asked.is_ranked:
        return written(ranks) if ranks else ""
    return written((tuple(chosen),)) if chosen else ""


def _marked(asked: Printed, given: Mapping[str, str]) -> list[str]:
    """The codes that bear a mark. In a ranking only the blank paper can be marked."""
    allowed = {BLANK} if asked.is_ranked else set(asked.codes)
    found = {key.removeprefix("mark"): value for key, value in given.items() if key.startswith("mark")}
    odd = not set(found) <= allowed or not set(found.values()) <= {"0", "1"}
    refuse_if([Reason("unknown-choice", {"question": asked.number})] if odd else [])
    return [code for code in asked.codes if found.get(code) == "1"]


def _ranked(asked: Printed, given: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The ranks in their order, the first first."""
    about: dict[str, object] = {"question": asked.number}
    places: dict[int, list[str]] = {}
    for key, value in given.items():
        code = key.removeprefix("rank")
        if not key.startswith("rank"):
            continue
        refuse_if([] if code in asked.choices else [Reason("unknown-choice", about)])
        readable = value == "" or (RANK.fullmatch(value) and int(value) <= len(asked.choices))
        refuse_if([] if readable else [Reason("rank-unreadable", {**about, "most": len(asked.choices)})])
        if value and int(value):
            places.setdefault(int(value), []).append(code)
    if asked.method not in WITH_EQUALS:
        twice = [place for place, codes in sorted(places.items()) if len(codes) > 1]
        refuse_if([Reason("rank-twice", {**about, "rank": twice[0]})] if twice else [])
    missing = [place for place in range(1, max(places, default=0)) if place not in places]
    refuse_if([Reason("rank-missing", {**about, "rank": missing[0]})] if missing else [])
    return tuple(tuple(sorted(places[place])) for place in sorted(places))


def _padded(code: str, asked: Printed) -> str:
    return code.ljust(max(map(len, asked.codes)), PAD)


# --- Showing --------------------------------------------------------------------------------------------------------


def to_show(
    ballot: Ballot, asked: Sequence[Question], posted: QueryDict, refused: Sequence[Reason] = ()
) -> list[dict[str, Any]]:
    """The questions as `ballots/question.html` prints them, with what was marked and what was wrong in each."""
    return [
        {
            "number": question.number,
            "wording": question.wording,
            "explained": (sentences := explain(ballot, question)),
            "lead": _lead(question, sentences),
            "wrong": [reason for reason in refused if reason.params.get("question") == question.number],
            **_fields(ballot, question, posted),
        }
        for question in asked
    ]


def _lead(question: Question, sentences: Sequence[str]) -> str:
    """What stands above the cards: how to mark them, and how far the money goes where there is some."""
    if question.method == Question.Method.MOTION:
        return ""
    return " ".join(sentences[: 2 if question.money is not None else 1])


def _fields(ballot: Ballot, question: Question, posted: QueryDict) -> dict[str, Any]:
    options, number = list(question.options.all()), question.number
    asked = printed(question, [option.code for option in options])
    if asked.takes_one:
        name = "choice" if number == 1 else f"choice-{number}"
        cards = [_card(ballot, question, option) | {"name": name} for option in options]
        for card in cards:
            card["value"] = _padded(card["code"], asked) if ballot.is_secret else card["code"]
            card["checked"] = posted.getlist(name) == [card["value"]]
        return {"kind": "one", "cards": cards}
    kind = "ranks" if asked.is_ranked else "marks"
    cards = []
    for option in options:
        blank = option.code == BLANK
        name = f"{'rank' if asked.is_ranked and not blank else 'mark'}-{number}-{option.code}"
        there = posted.getlist(name)
        card = _card(ballot, question, option) | {"name": name, "blank": blank}
        if asked.is_ranked and not blank:
            card["ranks"] = _places(len(asked.choices), there)
        cards.append(card | {"checked": there == ["1"]})
    return {"kind": kind, "cards": cards}


def _card(ballot: Ballot, question: Question, option: Option) -> dict[str, Any]:
    return {"code": option.code, "label": label_of(option), "more": _meaning(ballot, question, option)}


def label_of(option: Option) -> str:
    """What stands on the card; the two that every method has in common bring words of the house."""
    if option.code == BLANK:
        return _("Blank paper")
    if option.code == Option.KEEP and not option.label:
        return _("None of these")
    return words_of(option)


def _meaning(ballot: Ballot, question: Question, option: Option) -> str:
    if option.code == BLANK:
        return _("I vote, and choose nothing of this.")
    if question.method == Question.Method.MOTION:
        one = any(other.member_id for other in question.options.all())
        means = MEANINGS_FOR_ONE if one else MEANINGS
        return str(ABSTAINING[ballot.base] if option.code == "abstain" else means.get(option.code, ""))
    return "" if option.cost is None else say_money(ballot, option.cost)


def _places(most: int, there: list[str]) -> list[tuple[str, str, bool]]:
    """Value, words, and whether it is the one chosen, of every place; all values are of one length."""
    width = len(str(most))
    chosen = there[0] if len(there) == 1 and RANK.fullmatch(there[0]) else "0"
    return [
        (str(place).zfill(width), str(place) if place else _("none"), place == int(chosen))
        for place in range(most + 1)
    ]


def withdrawn_from(asked: Sequence[Question]) -> list[Option]:
    """Who has stepped back since the paper was printed."""
    return [
        option for question in asked for option in question.options.all() if hasattr(option, "withdrawal")
    ]


def marked(questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was marked on a paper that was not taken, in the words of its cards."""
    found = []
    for question in questions:
        for card in question["cards"]:
            places = [words for value, words, chosen in card.get("ranks", ()) if chosen and int(value)]
            found += [f"{place}. {card['label']}" for place in places]
            found += [card["label"]] if card["checked"] else []
    return found
