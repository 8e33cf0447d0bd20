"""Questions to an office: put on a telephone, answered before everybody, with the days that are left."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.in_office import actions
from coop.in_office.models import Answer, Question
from coop.in_office.rules import questions as rules
from coop.letters import one_line
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..sheets import Sheet, WordsField
from ..stories import Story
from ..timetable import say_day, say_distance
from .office import line, questions_of, speed_in_words, standing, told

PAGE = 20
ABOUT = 200  # letters
FRESH = datetime.timedelta(days=7)  # so long an answer stands on the front page of whoever asked


class QuestionSheet(Sheet):
    text = WordsField(
        label=gettext_lazy("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It is not changed afterwards, and neither is the answer."),
    )
    personal = forms.BooleanField(
        label=gettext_lazy("It is about myself: only who holds the office reads it, and I"), required=False
    )


class AnswerSheet(Sheet):
    text = WordsField(
        label=pgettext_lazy("what was answered", "Answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    in_person = forms.BooleanField(
        label=gettext_lazy("I have answered in person; above stands why it is not for everybody"),
        required=False,
    )


class AddedSheet(Sheet):
    text = WordsField(
        label=gettext_lazy("Add to the answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


@require_safe
def questions(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """All that this office was asked: what waits on top, then the newest."""
    here = enter(request, coop)
    office = access.office(here, key)
    asked = access.office_questions(here).filter(office=office)
    look = Look(request)
    if look.words:  # what somebody asked in person is found by themselves alone
        asked = asked.filter(Q(personal=False) | Q(asked_by=acting(here)))
    asked = look.among(asked, "{text} {asked_by__name}")
    page = page_of(request, rules.standing_first(asked), PAGE)
    context = {
        "office": office,
        "look": look,
        "page": page,
        "questions": told(here, page),
        "speed": speed_in_words(rules.speeds(here.cooperative, here.at, office=office).get(office.pk)),
    }
    return render(request, "offices/office/questions.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    office = access.office(here, key)
    about = one_line(request.GET.get("about", ""))[:ABOUT]  # a page that is asked about names itself
    form = QuestionSheet(
        request.POST if request.method == "POST" else None, initial={"text": f"{about}: "} if about else None
    )
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.ask_office(office=office, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _("Asked. It is to be answered by %(day)s.") % {"day": say_day(made.due_on)}
            messages.success(request, done)
            return redirect("office-question", coop, made.pk)
    against = rules.obstacles_to_asking_an_office(office, by=acting(here), at=here.at)
    context = {
        "office": office,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "days": here.bylaws.question_answer_days,
    }
    return render(
        request, "offices/office/ask.html", context, status=409 if reasons else 422 if form.errors else 200
    )


@require_safe
def question(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _page(request, here, access.office_question(here, key))


def _page(
    request: HttpRequest,
    here: Here,
    found: Question,
    *,
    form: Sheet | None = None,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    read = rules.reads(found, acting(here), here.at)
    answers = list(found.answers.select_related("by")) if read else []
    first = next((one for one in answers if one.kind != Answer.Kind.ADDED), None)
    answers_for_it = rules.answers_for(found.office, acting(here), here.at)
    word, shape = standing(here, found)
    context = {
        "found": found,
        "line": line(here, found, read),
        "read": read,
        "answers": answers,
        "in_person": first is not None and first.kind == Answer.Kind.IN_PERSON,
        "word": word,
        "shape": shape,
        "distance": say_distance(here.day, found.due_on),
        "waits": found.answered_at is None,  # type: ignore[attr-defined]
        "form": form or (_sheet(found)() if answers_for_it else None),
        "reasons": reasons or [],
    }
    status = 409 if reasons else 422 if form is not None and form.errors else 200
    return render(request, "offices/office/question.html", context, status=status)


def _sheet(found: Any) -> type[Sheet]:
    return AnswerSheet if found.answered_at is None else AddedSheet


@require_POST
def answer(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The answer, or what is added to it, by whoever holds the office now."""
    here = enter(request, coop)
    found = access.office_question(here, key)
    kind = Answer.Kind.ADDED if "added" in request.POST else Answer.Kind.ANSWER
    form: Sheet = (AddedSheet if kind == Answer.Kind.ADDED else AnswerSheet)(request.POST)
    who, now = acting(here), here.at
    reasons = rules.obstacles_to_answering_a_question(found, kind=kind, by=who, at=now)
    if reasons or not form.is_valid():
        return _page(request, here, found, form=form, reasons=reasons)
    if form.cleaned_data.get("in_person"):
        kind = Answer.Kind.IN_PERSON
    try:
        actions.answer_question(question=found, kind=kind, text=form.cleaned_data["text"], by=who, at=now)
    except Refused as refusal:
        return _page(request, here, found, form=form, reasons=refusal.reasons)
    messages.success(request, _("It stands beside the question."))
    return redirect("office-question", coop, key)


# --- On the front page ----------------------------------------------------------------------------------------------


def stirring(here: Here) -> QuerySet[Any]:
    """What an office of theirs was asked and has not answered; and what became of their own questions."""
    mine = Q(answered_at=None, due_on__lt=here.day) | Q(answered_at__gt=here.at - FRESH)
    to_answer = questions_of(here) & Q(answered_at=None)
    return access.office_questions(here).filter(Q(asked_by=acting(here)) & mine | to_answer)


def asked_and_answered(here: Here) -> list[Story]:
    """One query."""
    found = stirring(here).order_by("due_on", "pk")
    return [_story(here, one, one.asked_by_id == acting(here).pk) for one in found]


def to_answer(here: Here) -> list[Story]:
    """What the offices of this person were asked and have not answered, the most urgent first. One query."""
    found = rules.waiting(access.office_questions(here).filter(questions_of(here)))
    return [_story(here, one, False) for one in found.order_by("due_on", "pk")]


def _story(here: Here, one: Any, mine: bool) -> Story:
    word, shape = standing(here, one)
    if mine:
        kicker = _("Your question to: %(office)s") % {"office": one.office.title}
    else:
        kicker = _("Asked of you: %(office)s") % {"office": one.office.title}
    day = {"day": say_day(one.due_on), "distance": say_distance(here.day, one.due_on)}
    return Story(
        kicker=kicker,
        headline=one.text.splitlines()[0][:160],
        address=reverse("office-question", args=[here.cooperative.slug, one.pk]),
        word=word,
        shape=shape,
        meta=_("to be answered by %(day)s (%(distance)s)") % day if one.answered_at is None else "",
    )
