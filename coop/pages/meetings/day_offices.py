"""Chair and secretary for the day: who was named for each sitting, and naming another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import Meeting, Sitting, SittingOffice
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..people_found import PeopleForm, PersonField
from .floor import led

OFFICES = (
    (Power.CHAIR.value, gettext_lazy("chairs this sitting")),
    (Power.RECORD_MINUTES.value, gettext_lazy("writes and signs its record, as secretary for the day")),
)


class NamedForm(PeopleForm):
    """Who, for which of the two, at which sitting."""

    sitting = forms.ChoiceField(label=gettext_lazy("Sitting"), widget=forms.RadioSelect)
    power = forms.ChoiceField(label=gettext_lazy("What for"), choices=OFFICES, widget=forms.RadioSelect)
    number = PersonField(label=gettext_lazy("Whom those present have chosen"))

    def __init__(self, *args: Any, sittings: list[Sitting], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(one.number), _("Sitting %(number)s") % {"number": one.number}) for one in sittings]
        self.fields["sitting"].choices = named  # type: ignore[attr-defined]
        if len(named) == 1:
            self.fields["sitting"].initial = named[0][0]
            self.fields["sitting"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@require_http_methods(["GET", "POST"])
def day_offices(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    open_ones = [one for one in meeting.sittings.all() if one.closed_at is None]
    form = NamedForm(request.POST if request.method == "POST" else None, here=here, sittings=open_ones)
    if not form.is_bound:
        return _page(request, meeting, form, open_ones, [], status=200)
    if not form.is_valid():
        return _page(request, meeting, form, open_ones, [], status=422)
    answers = form.cleaned_data
    sitting = next(one for one in open_ones if str(one.number) == answers["sitting"])
    try:
        actions.name_for_the_day(
            sitting=sitting,
            power=answers["power"],
            member=answers["member"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _page(request, meeting, form, open_ones, refusal.reasons, status=409)
    messages.success(request, _say(answers["member"].name, answers["power"]))
    return redirect("meeting-day-offices", coop, key)


def _say(name: str, power: str) -> str:
    words = _("%(name)s chairs from now on.")
    if power == Power.RECORD_MINUTES:
        words = _("%(name)s is secretary for the day from now on.")
    return words % {"name": name}


def _page(
    request: HttpRequest,
    meeting: Meeting,
    form: NamedForm,
    open_ones: list[Sitting],
    reasons: list[Reason],
    *,
    status: int,
) -> HttpResponse:
    named = SittingOffice.objects.filter(sitting__meeting=meeting).select_related("sitting", "member")
    labels = dict(OFFICES)
    context = {
        "meeting": meeting,
        "form": form if open_ones else None,
        "named": [(one, labels[one.power]) for one in named],
        "reasons": reasons,
    }
    return render(request, "meetings/day_offices/day_offices.html", context, status=status)
