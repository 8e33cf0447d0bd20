"""Working tables: begun by a council with a task, a measure and a last day; ended with a report."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.meetings import actions
from coop.meetings.models import Meeting
from coop.meetings.tables import may_have_tables, obstacles_to_ending, sits_at
from coop.members.models import Mandate, Member, Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..people_found import PeopleForm
from ..sheets import DayField, Sheet, WordsField


class TableSheet(PeopleForm):
    name = WordsField(label=gettext_lazy("Name of the table"), max_length=120)
    task = WordsField(
        label=gettext_lazy("What it is to work out"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    measure = WordsField(
        label=gettext_lazy("By what one sees that it helped"),
        max_length=200,
        help_text=gettext_lazy("A figure, such as “scrap of die 14, percent”."),
    )
    before = WordsField(label=gettext_lazy("That figure today"), max_length=60, required=False)
    ends_on = DayField(label=gettext_lazy("Last day"))
    numbers = WordsField(
        label=gettext_lazy("Who sits at it"),
        max_length=300,
        help_text=gettext_lazy(
            "Member numbers with a space between them, one of each team. The first calls the table."
        ),
    )
    document = WordsField(
        label=gettext_lazy("Where it was decided"),
        max_length=200,
        help_text=gettext_lazy("Such as “D C-POT 2026-4” or “meeting of the council, 13 May”."),
    )

    def clean_numbers(self) -> list[Member]:
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["numbers"]) if word]
        if not all(re.fullmatch("[0-9]{1,9}", word, re.ASCII) for word in words):
            raise forms.ValidationError(_("Write member numbers, with a space between them."))
        found = Member.objects.filter(
            cooperative=self.here.cooperative, number__in=[int(word) for word in words]
        )
        people = {one.number: one for one in found}
        if missing := [word for word in words if int(word) not in people]:
            raise forms.ValidationError(_("Nobody here has the number %(number)s.") % {"number": missing[0]})
        return list({int(word): people[int(word)] for word in words}.values())


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, coop: str, code: str) -> HttpResponse:
    here = enter(request, coop)
    body = access.body(here, code)
    if not may_have_tables(body) or not here.may(Power.CONVENE, body):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TableSheet(data, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        answers: dict[str, Any] = dict(form.cleaned_data)
        answers["people"] = answers.pop("numbers")
        try:
            made = actions.begin_table(parent=body, by=acting(here), at=here.at, **answers)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            words = _("The table is set up. A second office-holder confirms that %(name)s calls it.")
            messages.success(request, words % {"name": answers["people"][0].name})
            return redirect("working-table", coop, made.pk)
    context = {"body": body, "form": form, "reasons": reasons}
    status = 200 if data is None else 409 if reasons else 422
    return render(request, "councils/begin_table.html", context, status=status)


@require_safe
def table(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.working_table(here, key)
    people: dict[int, list[Mandate]] = {}
    for mandate in sits_at(found, here.at):
        people.setdefault(mandate.member_id, []).append(mandate)
    context = {
        "table": found,
        "late": found.ended_at is None and found.ends_on < here.day,
        "people": list(people.values()),
        "meetings": Meeting.objects.filter(body=found.body, number__isnull=False).select_related("body")[:20],
        "may_end": not obstacles_to_ending(found, report="-", by=acting(here), at=here.at),
        "calls": here.may(Power.CONVENE, found.body),
    }
    return render(request, "councils/table.html", context)


class EndSheet(Sheet):
    after = WordsField(label=gettext_lazy("The figure now"), max_length=60, required=False)
    report = WordsField(
        label=gettext_lazy("What it found, and what it asks the council to do"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.working_table(here, key)
    data = request.POST if request.method == "POST" else None
    reasons = obstacles_to_ending(found, report="-", by=acting(here), at=here.at)
    if any(reason.code == "no-mandate" for reason in reasons):
        raise Http404
    form = EndSheet(data)
    if form.is_valid():
        try:
            actions.end_table(table=found, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The table has ended with its report."))
            return redirect("working-table", coop, key)
    context = {"table": found, "form": form, "reasons": reasons, "attempted": data is not None}
    status = 200 if data is None else 409 if reasons else 422
    return render(request, "councils/end_table.html", context, status=status)
