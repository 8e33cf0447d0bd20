"""A question to an office, its answer, and what is added to it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.letters import legible
from coop.meetings.actions import owe_item
from coop.meetings.models import Request
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Member, Office
from coop.refusals import refuse_if

from ..models import Answer, Question
from ..rules.questions import (
    about,
    answers_to,
    obstacles_to_answering_a_question,
    obstacles_to_asking_an_office,
    obstacles_to_laying_before_the_body,
)
from .urgent import hold


def subject_of(question: Question) -> Subject:
    office = question.office
    return Subject("office-question", str(question.pk), f"{question.pk}: {office.title}, {office.body.name}")


def _locked(question: Question) -> Question:
    """Under the lock of the body, so that of two who answer at once one is the first; a question itself is never
    written again, so nobody may hold its row."""
    locked_body(question.office.body_id)
    return Question.objects.select_related("office__body__cooperative__chain", "asked_by").get(pk=question.pk)


@transaction.atomic
def ask_office(
    *, office: Office, text: str, personal: bool = False, by: Member, at: datetime.datetime
) -> Question:
    """Starts the clock of the bylaws. The journal does not say who put a personal one."""
    body = office.body
    Member.objects.select_for_update(of=("self",), no_key=True).get(
        pk=by.pk
    )  # five at once are five, not six
    refuse_if(obstacles_to_asking_an_office(office, by=by, at=at))
    day = body.cooperative.day_of(at)
    days = Bylaws.in_force(body.cooperative, day).question_answer_days
    made = Question.objects.create(
        office=office,
        text=legible(text).strip(),
        personal=personal,
        asked_by=by,
        asked_at=at,
        due_on=day + datetime.timedelta(days=days),
    )
    write(
        body.cooperative.chain,
        verb="personal-question-put" if personal else "question-put",
        subject=subject_of(made),
        by=CLOCK if personal else by.actor,
        at=at,
        facts={"due_on": made.due_on.isoformat()},
    )
    return made


@transaction.atomic
def answer_question(
    *, question: Question, text: str, kind: str = Answer.Kind.ANSWER, by: Member, at: datetime.datetime
) -> Answer:
    """`kind`: the answer, that it was given in person (`text` is why), or something added to it."""
    question = _locked(question)
    refuse_if(obstacles_to_answering_a_question(question, kind=kind, by=by, at=at))
    made = Answer.objects.create(question=question, kind=kind, text=legible(text).strip(), by=by, at=at)
    write(
        question.office.body.cooperative.chain,
        verb="answer-added" if kind == Answer.Kind.ADDED else "question-answered",
        subject=subject_of(question),
        by=by.actor,
        at=at,
        facts={"how": str(kind)} if kind != Answer.Kind.ADDED else {},
    )
    return made


@transaction.atomic
def lay_question_before_the_body(*, question: Question, by: Actor = CLOCK, at: datetime.datetime) -> Request:
    """Nobody answered in time: it stands on the next agenda of the body that the office answers to. Idempotent."""
    body = answers_to(question.office)
    hold(body)
    locked_body(body.pk)
    question = Question.objects.select_related("office__body__cooperative__chain", "asked_by").get(
        pk=question.pk
    )
    found = Request.objects.filter(body=body, kind=Request.Kind.OWED, about=about(question.pk)).first()
    if found is not None:
        return found
    cooperative = question.office.body.cooperative
    refuse_if(obstacles_to_laying_before_the_body(question, day=cooperative.day_of(at)))
    owed = owe_item(
        body=body,
        title=_("A question that %(office)s has not answered") % {"office": question.office.title},
        text=question.text,
        about=about(question.pk),
        asked_by=question.asked_by,
        by=by,
        at=at,
    )
    write(
        cooperative.chain,
        verb="question-unanswered",
        subject=subject_of(question),
        by=by,
        at=at,
        facts={"body": body.name},
    )
    return owed
