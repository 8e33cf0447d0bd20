"""What happens by itself to what offices are asked; `settings.DONE_BY_THE_CLOCK` names it to `tick`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from coop.meetings.due import Task
from coop.meetings.models import Request

from . import actions
from .by_lists import refused_rows, tried_by_list
from .models import Question
from .rules.questions import about, obstacles_to_laying_before_the_body, waiting


def questions_without_an_answer(at: datetime.datetime) -> Iterator[Task]:
    """Their day is over where the plant stands, and they stand on no agenda."""
    key = Concat(Value(about("")), Cast(OuterRef("pk"), CharField()))
    owed = Request.objects.filter(kind=Request.Kind.OWED, about=key)
    late = waiting(Question.objects.filter(~Exists(owed), personal=False, due_on__lte=at.date()))
    for question in late.select_related("office__body__cooperative").order_by("pk"):
        day = question.office.body.cooperative.day_of(at)
        if not obstacles_to_laying_before_the_body(question, day=day):
            yield Task(
                f"on the next agenda, unanswered: question {question.pk}",
                partial(actions.lay_question_before_the_body, question=question, at=at),
            )


def attempts_by_lists(at: datetime.datetime) -> Iterator[Task]:
    """A list that is worked off has no page on which a refusal could open the case file."""
    for row in refused_rows().select_related("intake").order_by("pk"):
        if tried_by_list(row, row.intake) is not None:
            yield Task(
                f"case file: line {row.line} of {row.intake}",
                partial(actions.keep_attempt_of_list, row=row, at=at),
            )


DUE = (questions_without_an_answer, attempts_by_lists)
