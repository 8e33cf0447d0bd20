"""Raised from the floor and not on the agenda: written down, and put on a later one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.models import Meeting
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..fields import NumberField, NumbersForm
from ..sheets import WordsField
from .floor import led


class OffAgendaForm(NumbersForm):
    title = WordsField(label=gettext_lazy("What was raised"), max_length=160)
    text = WordsField(
        label=gettext_lazy("More, if it needs it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    number = NumberField(label=gettext_lazy("Raised by member number"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["raised_by"] = self.member("number")
        return answers


@require_http_methods(["GET", "POST"])
def off_agenda(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    form = OffAgendaForm(request.POST if request.method == "POST" else None, here=here)
    if not form.is_bound:
        return _sheet(request, meeting, form, [])
    if not form.is_valid():
        return _sheet(request, meeting, form, [], status=422)
    noted = {name: form.cleaned_data[name] for name in ("title", "text", "raised_by")}
    try:
        actions.note_off_agenda(meeting=meeting, **noted, by=acting(here), at=here.at)
    except Refused as refusal:
        return _sheet(request, meeting, form, refusal.reasons, status=409)
    messages.success(request, _("Written down. It is offered when the next agenda is prepared."))
    return redirect("off-agenda", coop, key)


def _sheet(
    request: HttpRequest, meeting: Meeting, form: OffAgendaForm, reasons: list[Reason], *, status: int = 200
) -> HttpResponse:
    entries = meeting.off_agenda.select_related("raised_by", "item__meeting__body")
    context = {"meeting": meeting, "form": form, "reasons": reasons, "entries": entries}
    return render(request, "meetings/in_session/off_agenda.html", context, status=status)


@require_POST
def take_up(request: HttpRequest, coop: str, key: int, entry: int) -> HttpResponse:
    """Puts what an earlier meeting wrote down on this draft agenda."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    item = actions.take_up(
        entry=access.off_agenda_entry(here, meeting, entry), meeting=meeting, by=acting(here), at=here.at
    )
    messages.success(request, _("It is item %(number)s of this agenda.") % {"number": item.place})
    return redirect("meeting", coop, key)
