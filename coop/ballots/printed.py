"""The paper of a ballot as the rules of answers read it."""

from __future__ import annotations

import datetime
from functools import lru_cache
from itertools import groupby

from django.db.models import prefetch_related_objects

from coop.asked_often import Answer, Often, given, known_already

from .models import Ballot, Option, Question
from .rules.answers import Printed, most_marks

OPTIONS = Often(
    lambda: (
        Option.objects.filter(question__ballot_id=given("ballot"))
        .select_related("question", "withdrawal")
        .order_by("question__number", "number")
    ),
    told=True,
)


def questions_of(ballot: Ballot) -> list[Question]:
    """The questions with their options and who has stepped back: one query, and one where seats can be kept."""
    return questions_in(options_of(ballot))


def options_of(ballot: Ballot) -> Answer[Option]:
    """What the database says of the paper, to be read by `questions_in`."""
    return OPTIONS.answer(ballot=ballot.pk)


def questions_in(said: Answer[Option]) -> list[Question]:
    found = []
    for _number, group in groupby(said.read(), key=lambda option: option.question.number):
        options = list(group)
        question = options[0].question
        known_already(question, "options", options)
        found.append(question)
    prefetch_related_objects([one for one in found if one.method == Question.Method.PLURALITY], "reserved")
    return found


def printed(question: Question, codes: list[str]) -> Printed:
    most = most_marks(question.method, question.seats, question.marks)
    return Printed(question.number, question.method, tuple(codes), most)


def questions_on(ballot: Ballot) -> dict[int, tuple[int, Printed]]:
    """The questions of a ballot by their number, each with its id; the options in their order. One query.

    PostgreSQL keeps the paper of an opened ballot as it is, so each process asks for it once.
    """
    if ballot.state == Ballot.State.DRAFT:
        return _questions(ballot.pk)
    return dict(_questions_for_good(ballot.pk, ballot.opened_at))


@lru_cache(maxsize=100)
def _questions_for_good(ballot: int, opened_at: datetime.datetime | None) -> dict[int, tuple[int, Printed]]:
    """`opened_at` tells two ballots of one number apart, where a database was put back."""
    return _questions(ballot)


def _questions(ballot: int) -> dict[int, tuple[int, Printed]]:
    options = Option.objects.filter(question__ballot=ballot).select_related("question")
    in_order = options.order_by("question__number", "number")
    found = {}
    for number, group in groupby(in_order, key=lambda option: option.question.number):
        stands = list(group)
        question = stands[0].question
        found[number] = (question.pk, printed(question, [option.code for option in stands]))
    return found
