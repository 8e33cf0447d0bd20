"""Signing, approving and sealing minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.minutes_rules import (
    LAST_NUMBER,
    bylaws_of,
    number_before,
    obstacles_to_approving,
    obstacles_to_sealing,
)
from coop.meetings.models import AgendaItem, Minutes
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..meetings.floor import led
from ..sheets import Sheet
from .entries import circulated
from .sheet import recorded


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Signs the text whose fingerprint the form carries."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    actions.sign_minutes(minutes=minutes, text_hash=request.POST.get("hash", ""), by=acting(here), at=here.at)
    messages.success(request, _("You have signed the minutes."))
    return redirect("minutes", coop, key)


# --- The vote of a later meeting -----------------------------------------------------------------------------------


class ApprovalForm(Sheet):
    carried = forms.ChoiceField(
        label=gettext_lazy("What the meeting said"),
        choices=[("yes", gettext_lazy("Approved")), ("no", gettext_lazy("Not approved"))],
        widget=forms.RadioSelect,
    )
    votes_for = forms.IntegerField(
        label=gettext_lazy("For"), min_value=0, max_value=100_000, required=False,
        help_text=gettext_lazy("Leave both empty where nobody asked for a count."),
    )  # fmt: skip
    votes_against = forms.IntegerField(
        label=gettext_lazy("Against"), min_value=0, max_value=100_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        one, two = told.get("votes_for"), told.get("votes_against")
        if self.errors or (one is None and two is None):
            return told
        if one is None or two is None:
            self.add_error("votes_for", _("Write both figures, or none."))
        elif "carried" in told and (one > two) != (told["carried"] == "yes"):
            self.add_error("carried", _("The figures say otherwise: more for than against approves."))
        return told


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """What a later meeting said to earlier minutes, by raised hands."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    if item.kind != AgendaItem.Kind.MINUTES:
        raise Http404
    if request.method != "POST":
        reasons = obstacles_to_approving(item, by=acting(here), at=here.at)
        return _about_to_approve(request, item, ApprovalForm(), reasons)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _about_to_approve(request, item, form, [], status=422)
    told = form.cleaned_data | {"carried": form.cleaned_data["carried"] == "yes"}
    try:
        actions.approve(item=item, by=acting(here), at=here.at, **told)
    except Refused as refusal:
        return _about_to_approve(request, item, form, refusal.reasons, status=409)
    messages.success(request, _("Written down."))
    return redirect("meeting", coop, key)


def _about_to_approve(
    request: HttpRequest, item: AgendaItem, form: ApprovalForm, reasons: list[Reason], *, status: int = 200
) -> HttpResponse:
    context = {
        "item": item,
        "meeting": item.meeting,
        "earlier": item.minutes.meeting if item.minutes else None,
        "form": form,
        "reasons": reasons,
        "status": status,
    }
    return render(request, "minutes/approve.html", context, status=status)


# --- The seal --------------------------------------------------------------------------------------------------------


class SealForm(Sheet):
    first = forms.IntegerField(
        label=gettext_lazy("Number in the book of minutes"),
        min_value=1,
        max_value=LAST_NUMBER,
        initial=1,
        help_text=gettext_lazy(
            "These are the first minutes of this body that are sealed here. "
            "Where an old book goes before, write the number after its last."
        ),
    )


@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Says what the seal means; then seals."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    recorded(here, minutes.meeting)
    asked = number_before(minutes.meeting.body) is None
    if request.method != "POST":
        return _about_to_seal(request, here, minutes, SealForm() if asked else None)
    form = SealForm(request.POST) if asked else None
    if form is not None and not form.is_valid():
        return _about_to_seal(request, here, minutes, form, status=422)
    first = form.cleaned_data["first"] if form else None
    try:
        sealed = actions.seal(minutes=minutes, first=first, by=acting(here), at=here.at)
    except Refused as refusal:
        return _about_to_seal(request, here, minutes, form, reasons=refusal.reasons, status=409)
    messages.success(
        request, _("The minutes are sealed: number %(number)s in the book.") % {"number": sealed.number}
    )
    return redirect("minutes", coop, key)


def _about_to_seal(
    request: HttpRequest,
    here: Here,
    minutes: Minutes,
    form: SealForm | None,
    *,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    bylaws = bylaws_of(minutes)
    if reasons is None:
        reasons = obstacles_to_sealing(minutes, first=None, by=acting(here), at=here.at, bylaws=bylaws)
    context = {
        "meeting": minutes.meeting,
        "form": form,
        "reasons": reasons,
        "attempted": status == 409,
        "next": (number_before(minutes.meeting.body) or 0) + 1,
    }
    return render(request, "minutes/seal.html", context, status=status)
