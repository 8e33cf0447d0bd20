"""The paper of a ballot as the rules of answers read it."""

from __future__ import annotations

from itertools import groupby

from .answer_rules import Printed, most_marks
from .models import Ballot, Option, Question


def printed(question: Question, codes: list[str]) -> Printed:
    most = most_marks(question.method, question.seats, question.marks)
    return Printed(question.number, question.method, tuple(codes), most)


def questions_on(ballot: Ballot) -> dict[int, tuple[int, Printed]]:
    """The questions of a ballot by their number, each with its id; the options in their order. One query."""
    options = Option.objects.filter(question__ballot=ballot).select_related("question")
    in_order = options.order_by("question__number", "number")
    found = {}
    for number, group in groupby(in_order, key=lambda option: option.question.number):
        stands = list(group)
        question = stands[0].question
        found[number] = (question.pk, printed(question, [option.code for option in stands]))
    return found
