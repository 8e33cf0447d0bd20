"""What the auditor found: the list, the page of one, and what is said to it until it is closed."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.members.models import Power
from coop.oversight import actions
from coop.oversight.models import Finding
from coop.oversight.rules.findings import LONGEST, obstacles_to_answering_finding
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..sheets import Sheet, WordsField
from ..stories import Duty, Story
from ..timetable import say_day, say_distance
from .findings_told import rule_of, subject_address

PAGE = 20
State = Finding.State


def standing(finding: Finding, today: datetime.date) -> tuple[str, str]:
    """Where it stands, as a word and a shape."""
    if finding.state == State.OPEN and today > finding.answer_by:
        return _("not answered in time"), "late"
    shapes = {State.OPEN: "waiting", State.ANSWERED: "live", State.SETTLED: "yes", State.UNSETTLED: "no"}
    return str(finding.get_state_display()), shapes[State(finding.state)]


def story(here: Here, finding: Finding, *, kicker: str = "") -> Story:
    word, shape = standing(finding, here.day)
    meta = _("to %(whom)s") % {"whom": whom(finding)}
    until = {"day": say_day(finding.answer_by), "distance": say_distance(here.day, finding.answer_by)}
    return Duty(
        kicker=kicker or finding.label,
        headline=f"{finding.label} {finding.title}" if kicker else finding.title,
        address=_address(here, finding),
        word=word,
        shape=shape,
        meta=meta,
        meta2=_("answer by %(day)s (%(distance)s)") % until if finding.state == State.OPEN else "",
        until=finding.answer_by if finding.state == State.OPEN else None,
    )


def whom(finding: Finding) -> str:
    return f"{finding.office.title}, {finding.body.name}" if finding.office else finding.body.name


def _address(here: Here, finding: Finding) -> str:
    return reverse("finding", args=[here.cooperative.slug, finding.pk])


@require_safe
def findings(request: HttpRequest, coop: str) -> HttpResponse:
    """Everybody reads them; those that run stand first."""
    here = enter(request, coop)
    running = Case(When(state__in=Finding.RUNNING, then=0), default=1)
    look = Look(request)
    found = look.among(access.findings(here), "F {year}-{number} {title} {body__name} {office__title}")
    page = page_of(request, found.order_by(running, "-written_at", "-pk"), PAGE)
    context = {
        "look": look,
        "page": page,
        "rows": [story(here, one) for one in page],
        "audits": here.may(Power.AUDIT),
        "days": here.bylaws.finding_answer_days,
    }
    return render(request, "oversight/findings/findings.html", context)


class AnswerForm(Sheet):
    text = WordsField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Everybody reads it, with your name. What was said is not changed afterwards."
        ),
    )


class RemarkForm(Sheet):
    text = WordsField(
        label=gettext_lazy("Remark"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Stands below the finding, which stays as it was written."),
    )


class CloseForm(Sheet):
    settled = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[
            ("yes", gettext_lazy("Settled: the rule is kept now")),
            ("no", gettext_lazy("Not settled: it goes before the assembly")),
        ],
        widget=forms.RadioSelect,
    )
    text = WordsField(label=gettext_lazy("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _show(request, here, access.finding(here, key))


@require_POST
def answer(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.finding(here, key)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    against = obstacles_to_answering_finding(found, "-", by=acting(here), at=here.at)
    if against:
        return _show(request, here, found, reasons=against, answer=form)
    if not form.is_valid():
        return _show(request, here, found, answer=form)
    try:
        actions.answer_finding(finding=found, text=form.cleaned_data["text"], by=acting(here), at=here.at)
    except Refused as refusal:
        return _show(request, here, access.finding(here, key), reasons=refusal.reasons, answer=form)
    messages.success(request, _("Your answer stands below the finding. The auditor reads it."))
    return redirect("finding", coop, key)


@require_POST
def remark(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    access.audits(here)
    found = access.finding(here, key)
    form = RemarkForm(request.POST, auto_id="remark_%s")
    if not form.is_valid():
        return _show(request, here, found, remark=form)
    try:
        actions.remark(finding=found, text=form.cleaned_data["text"], by=acting(here), at=here.at)
    except Refused as refusal:
        return _show(request, here, found, reasons=refusal.reasons, remark=form)
    messages.success(request, _("Your remark stands below the finding."))
    return redirect("finding", coop, key)


@require_POST
def close(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    access.audits(here)
    found = access.finding(here, key)
    form = CloseForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return _show(request, here, found, close=form)
    settled = form.cleaned_data["settled"] == "yes"
    try:
        actions.close_finding(
            finding=found, settled=settled, text=form.cleaned_data["text"], by=acting(here), at=here.at
        )
    except Refused as refusal:
        return _show(request, here, found, reasons=refusal.reasons, close=form)
    said = _("Closed as settled.") if settled else _("Closed. It is on the next agenda of the assembly.")
    messages.success(request, said)
    return redirect("finding", coop, key)


def _show(
    request: HttpRequest, here: Here, found: Finding, *, reasons: list[Reason] | None = None, **typed: Any
) -> HttpResponse:
    word, shape = standing(found, here.day)
    running, audits = found.state in Finding.RUNNING, here.may(Power.AUDIT)
    against = obstacles_to_answering_finding(found, "-", by=acting(here), at=here.at)
    context = {
        "found": found,
        "word": word,
        "shape": shape,
        "whom": whom(found),
        "rule": rule_of(found),
        "subject": subject_address(here, found),
        "said": found.words.select_related("said_by"),
        "days_left": say_distance(here.day, found.answer_by),
        "running": running,
        "audits": audits and running,
        "answers": not against or "answer" in typed,
        "answer": typed.get("answer") or AnswerForm(auto_id="answer_%s"),
        "remark": typed.get("remark") or RemarkForm(auto_id="remark_%s"),
        "close": typed.get("close") or CloseForm(auto_id="close_%s"),
        "reasons": reasons or [],
    }
    status = 409 if reasons else 422 if typed else 200
    return render(request, "oversight/findings/finding.html", context, status=status)
