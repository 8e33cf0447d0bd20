"""The sheet on which somebody begins to collect signatures."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import Request
from coop.meetings.requests import COLLECTS_AT_MOST, days_to_answer, kinds_for, needed_for
from coop.members.electorate import voters
from coop.members.models import Body
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import DayField, Sheet, WordsField

COLLECTING = datetime.timedelta(days=30)  # what a new sheet proposes
NOT_ASKED = (Body.Kind.REGISTER,)


class AskForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Whom you ask"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=lambda: [
            (kind.value, capfirst(str(kind.label))) for kind in Request.Kind if kind != Request.Kind.OWED
        ],
        widget=forms.RadioSelect,
    )
    title = WordsField(label=gettext_lazy("Title"), max_length=160)
    text = WordsField(
        label=gettext_lazy("What should be dealt with, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    collects_until = DayField(
        label=gettext_lazy("Signatures until"),
        help_text=gettext_lazy("At most ninety days from today."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        field: Any = self.fields["body"]
        found = Body.objects.filter(cooperative=here.cooperative).exclude(kind__in=NOT_ASKED)
        field.queryset = found.select_related("cooperative__chain").order_by("name")
        field.initial = found.filter(kind=Body.Kind.ASSEMBLY).values_list("code", flat=True).first()
        self.fields["collects_until"].initial = here.day + COLLECTING

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        until = answers.get("collects_until")
        if until and not _soon(until, self.here.day):
            words = _("Give a day from today on, at most %(days)s days away.")
            self.add_error("collects_until", words % {"days": COLLECTS_AT_MOST})
        body = answers.get("body")
        if body and answers.get("kind") and answers["kind"] not in kinds_for(body):
            self.add_error("kind", _("That is not asked of %(body)s.") % {"body": body.name})
        return answers


def _soon(day: datetime.date, today: datetime.date) -> bool:
    return today <= day <= today + datetime.timedelta(days=COLLECTS_AT_MOST)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    form = AskForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.ask(**form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Begun, with your own signature. Show others this page."))
            return redirect("request", coop, made.pk)
    context = {"form": form, "reasons": reasons, "numbers": _numbers(here)}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/requests/ask.html", context, status=status)


def _numbers(here: Here) -> dict[str, Any]:
    """How many the assembly's requests need today."""
    body = Body.objects.filter(cooperative=here.cooperative, kind=Body.Kind.ASSEMBLY).first()
    if body is None:
        return {}
    body.cooperative = here.cooperative
    many = voters(body, here.day, here.bylaws).count()
    kinds = Request.Kind
    return {
        "voters": many,
        "assembly": needed_for(kinds.ASSEMBLY, voters=many, bylaws=here.bylaws),
        "assembly_days": days_to_answer(kinds.ASSEMBLY, here.bylaws),
        "item": needed_for(kinds.ITEM, voters=many, bylaws=here.bylaws),
        "council_days": days_to_answer(kinds.COUNCIL, here.bylaws),
    }
