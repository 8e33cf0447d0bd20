"""What stands in the way of drawing up a vote outside of a meeting: who may, what can be asked, how it may be held."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from coop.charter.models import Bylaws
from coop.members.electorate import Facts
from coop.members.folding import fold
from coop.members.models import Body, Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from ..asked import Asked
from ..models import Ballot, Option, Question, Register
from ..models.ballots import Channel
from ..office import RUNNING
from .answers import LONGEST, MARKED, RANKED
from .casting import obstacles_in_closing

MOST_QUESTIONS = 10
MOST_CHOICES = 60  # on one paper; more than that nobody reads to the end
Method = Question.Method
ONE_SEAT = frozenset({Method.MOTION, Method.RUNOFF, Method.SCHULZE})
PROJECTS = frozenset({Method.GREEDY, Method.SHARES})


def elects(questions: Sequence[Asked]) -> bool:
    """Whether somebody stands on the paper: then the rules for elections hold for the whole of it."""
    return any(choice.member is not None for asked in questions for choice in asked.choices)


def obstacles_to_preparing(body: Body, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """An office that runs elections, or leads this body."""
    if powers_of(by, at).any_of(RUNNING, body):
        return []
    return [Reason("no-mandate", {"power": Power.RUN_ELECTIONS.value, "body": body.name})]


def obstacles_in_form_of_vote(
    questions: Sequence[Asked],
    *,
    secrecy: str,
    channels: Collection[str],
    base: str,
    closes_at: datetime.datetime | None,
    register: Register | None,
    body: Body,
    bylaws: Bylaws,
    at: datetime.datetime,
) -> list[Reason]:
    """How it is held: who may be elected openly, on what register, until when."""
    reasons = []
    if elects(questions) and secrecy == Ballot.Secrecy.OPEN and "elections" in _always_secret(bylaws):
        reasons.append(Reason("elections-are-secret"))
    if not channels:
        reasons.append(Reason("no-channel"))
    if Channel.HANDS in channels:
        reasons.append(Reason("hands-in-a-meeting"))
    if base == "present":
        reasons.append(Reason("base-needs-a-meeting"))
    reasons += obstacles_in_closing(closes_at, at)
    if register is not None and register.body_id != body.pk:
        reasons.append(Reason("register-of-another-body"))
    return reasons


def _always_secret(bylaws: Bylaws) -> list[str]:
    return bylaws.secret_ballot_always.split(",")


def obstacles_in_questions(
    questions: Sequence[Asked], *, by: Member, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """Each can be answered and counted by its method, and whoever stands may stand."""
    if not questions:
        return [Reason("ballot-without-question")]
    reasons = []
    if len(questions) > MOST_QUESTIONS:
        reasons.append(Reason("too-many-questions", {"most": MOST_QUESTIONS}))
    for number, asked in enumerate(questions, 1):
        reasons += _in_question(number, asked)
    return reasons + _in_people(questions, by=by, day=day, bylaws=bylaws)


def _in_question(number: int, asked: Asked) -> list[Reason]:
    codes = [choice.code for choice in asked.choices]
    about: dict[str, object] = {"question": number}
    named = [fold(choice.label) for choice in asked.choices]  # "Apples" and "apples" are one on paper
    reasons = []
    if len(set(codes)) < len(codes) or len(set(named)) < len(named) or Option.BLANK in codes:
        reasons.append(Reason("choice-stands-twice", about))
    if asked.method == Method.MOTION:
        return reasons + _in_motion(number, asked)
    if len([code for code in codes if code != Option.KEEP]) < (1 if asked.method in PROJECTS else 2):
        reasons.append(Reason("too-few-choices", about))
    if len(codes) > MOST_CHOICES:
        reasons.append(Reason("too-many-choices", {"question": number, "most": MOST_CHOICES}))
    if asked.method in MARKED | RANKED and len(">".join(codes)) > LONGEST:
        reasons.append(Reason("paper-too-long", about))
    if len({choice.member is None for choice in asked.choices if choice.code != Option.KEEP}) > 1:
        reasons.append(Reason("people-and-things", about))
    if asked.marks is not None and asked.marks > len(codes):
        reasons.append(Reason("more-marks-than-choices", about))
    return reasons + _in_seats(number, asked) + _in_money(number, asked)


def _in_motion(number: int, asked: Asked) -> list[Reason]:
    """Yes or no about the text, or about one person who stands alone."""
    alone = len(asked.choices) <= 1 and all(choice.member is not None for choice in asked.choices)
    return [] if alone else [Reason("motion-has-its-answers", {"question": number})]


def _in_seats(number: int, asked: Asked) -> list[Reason]:
    about: dict[str, object] = {"question": number}
    reasons = []
    if asked.seats > 1 and asked.method in ONE_SEAT | PROJECTS:
        reasons.append(Reason("one-is-chosen", about))
    if asked.reserved and asked.method != Method.PLURALITY:
        reasons.append(Reason("seats-kept-where-most-votes-win", about))
    if sum(asked.reserved.values()) > asked.seats:
        reasons.append(Reason("more-kept-than-seats", about))
    return reasons


def _in_money(number: int, asked: Asked) -> list[Reason]:
    about: dict[str, object] = {"question": number}
    if asked.method not in PROJECTS:
        spent = asked.money is not None or any(choice.cost is not None for choice in asked.choices)
        return [Reason("money-for-projects-only", about)] if spent else []
    reasons = []
    if not asked.money or asked.money <= 0:
        reasons.append(Reason("projects-without-money", about))
    if any(choice.cost is None or choice.cost <= 0 for choice in asked.choices):
        reasons.append(Reason("project-without-cost", about))
    return reasons


def _in_people(questions: Sequence[Asked], *, by: Member, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """Whoever stands has a vote in the house, and does not draw the vote up. A few queries for each of them."""
    reasons = []
    people = {
        choice.member.pk: choice.member for asked in questions for choice in asked.choices if choice.member
    }
    for person in people.values():
        if person.pk == by.pk:
            reasons.append(Reason("stands-in-this-vote", {"name": person.name}))
        if person.cooperative_id != by.cooperative_id:
            reasons.append(Reason("not-of-this-cooperative", {"name": person.name}))
        elif Facts(person, day, bylaws).against_the_standing:
            reasons.append(Reason("cannot-be-elected", {"name": person.name}))
    return reasons
