"""What is said to circulated minutes: objections and dissent, findings, corrections, and where the sheet went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.minutes_rules import (
    AFTERWARDS,
    Kind,
    bylaws_of,
    obstacles_to_correcting,
    obstacles_to_entering_afterwards,
    obstacles_to_finding,
    obstacles_to_speaking_up,
)
from coop.meetings.models import Minutes, MinutesEntry
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import DayField, Sheet, WordsField
from .sheet import recorded

LONGEST = 4000
SPOKEN = (Kind.OBJECTION, Kind.DISSENT)
UPHELD, REJECTED = "upheld", "rejected"


class ItemChoice(Sheet):
    """A form about one item of the agenda, or about the minutes as a whole."""

    item = forms.TypedChoiceField(
        label=gettext_lazy("Which item it is about"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, minutes: Minutes, **more: Any) -> None:
        super().__init__(*args, **more)
        items = minutes.meeting.items.filter(part=0)  # amendments belong to the item they are voted under
        about = [(str(one.number), f"{one.number}. {one.heading}") for one in items]
        self.fields["item"].depends = True  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", _("the minutes as a whole")), *about]  # type: ignore[attr-defined]


def _words(label: Any, **more: Any) -> WordsField:
    return WordsField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}), **more)


class SayForm(ItemChoice):
    kind = forms.ChoiceField(
        label=gettext_lazy("What you enter"),
        choices=[(kind.value, capfirst(str(kind.label))) for kind in SPOKEN],
        widget=forms.RadioSelect,
    )
    text = _words(
        gettext_lazy("In your words"),
        help_text=gettext_lazy(
            "It stands under the minutes for ever, with your name. Nobody can take it back."
        ),
    )
    field_order = ["kind", "item", "text"]


class FindingForm(Sheet):
    upheld = forms.ChoiceField(
        label=gettext_lazy("What the commission found"),
        choices=[
            (UPHELD, gettext_lazy("Upheld: the record is wrong; the secretary enters a correction")),
            (REJECTED, gettext_lazy("Not upheld: the record is right")),
        ],
        widget=forms.RadioSelect,
    )
    text = _words(
        gettext_lazy("What it was compared with, and why"),
        help_text=gettext_lazy("Tally sheets, the book of attendance, what the tellers say."),
    )


class CorrectionForm(ItemChoice):
    text = _words(gettext_lazy("What the record should say"))


class AfterForm(Sheet):
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[(kind.value, capfirst(str(kind.label))) for kind in AFTERWARDS],
        widget=forms.RadioSelect,
    )
    happened_on = DayField(label=gettext_lazy("On which day"))
    document = WordsField(
        label=gettext_lazy("Where it stands, or the proof"),
        max_length=200,
        help_text=gettext_lazy("Book 4, pages 31 to 38; or: receipt 2291/26; or: file 118, Civil Court 2."),
    )
    text = _words(gettext_lazy("More about it"), required=False)


def circulated(here: Here, key: int) -> Minutes:
    """The minutes that were circulated, with their meeting; before that there is nothing to say something to."""
    meeting = access.meeting(here, key)
    found = access.minutes_of(meeting)
    if found is None:
        raise Http404
    found.meeting = meeting
    return found


@require_http_methods(["GET", "POST"])
def say_to(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """An objection to the record, or dissent with what was decided."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    by, at, bylaws = acting(here), here.at, bylaws_of(minutes)
    if request.method != "POST":
        against = {
            kind: obstacles_to_speaking_up(minutes, kind, by=by, at=at, bylaws=bylaws) for kind in SPOKEN
        }
        reasons = [] if not all(against.values()) else against[Kind.OBJECTION]
        return _sheet(request, minutes, SayForm(minutes=minutes), "say", reasons)
    form = SayForm(request.POST, minutes=minutes)
    if not form.is_valid():
        return _sheet(request, minutes, form, "say", status=422)
    told = form.cleaned_data
    try:
        actions.speak_up(
            minutes=minutes, kind=told["kind"], item_number=told["item"], text=told["text"], by=by, at=at
        )
    except Refused as refusal:
        return _sheet(request, minutes, form, "say", refusal.reasons, status=409)
    messages.success(request, _("It stands under the minutes."))
    return redirect("minutes", coop, key)


@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """The commission answers an objection."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    if not here.may(Power.RUN_ELECTIONS, minutes.meeting.body):
        raise Http404
    entry = minutes.entries.select_related("by").filter(number=number).first()
    if entry is None:
        raise Http404
    entry.minutes = minutes
    if request.method != "POST":
        reasons = obstacles_to_finding(entry, by=acting(here), at=here.at)
        return _sheet(request, minutes, FindingForm(), "finding", reasons, entry=entry)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _sheet(request, minutes, form, "finding", entry=entry, status=422)
    upheld = form.cleaned_data["upheld"] == UPHELD
    try:
        actions.find(entry=entry, upheld=upheld, text=form.cleaned_data["text"], by=acting(here), at=here.at)
    except Refused as refusal:
        return _sheet(request, minutes, form, "finding", refusal.reasons, entry=entry, status=409)
    messages.success(request, _("The finding stands under the minutes."))
    return redirect("minutes", coop, key)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The secretary puts something right, beside the text."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    recorded(here, minutes.meeting)
    if request.method != "POST":
        reasons = obstacles_to_correcting(minutes, by=acting(here), at=here.at)
        return _sheet(request, minutes, CorrectionForm(minutes=minutes), "correct", reasons)
    form = CorrectionForm(request.POST, minutes=minutes)
    if not form.is_valid():
        return _sheet(request, minutes, form, "correct", status=422)
    told = form.cleaned_data
    actions.correct(minutes=minutes, item_number=told["item"], text=told["text"], by=acting(here), at=here.at)
    messages.success(request, _("The correction stands under the minutes."))
    return redirect("minutes", coop, key)


@require_http_methods(["GET", "POST"])
def afterwards(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Copied into the stamped book, sent to the authority, challenged."""
    here = enter(request, coop)
    minutes = circulated(here, key)
    recorded(here, minutes.meeting)
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        form = AfterForm(initial={"happened_on": here.day, "kind": kind if kind in AFTERWARDS else None})
        reasons = obstacles_to_entering_afterwards(minutes, here.day, by=acting(here), at=here.at)
        return _sheet(request, minutes, form, "after", reasons)
    form = AfterForm(request.POST)
    if not form.is_valid():
        return _sheet(request, minutes, form, "after", status=422)
    try:
        actions.enter_afterwards(minutes=minutes, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        return _sheet(request, minutes, form, "after", refusal.reasons, status=409)
    messages.success(request, _("It stands under the minutes."))
    return redirect("minutes", coop, key)


def _sheet(
    request: HttpRequest,
    minutes: Minutes,
    form: Sheet,
    what: str,
    reasons: list[Reason] | None = None,
    *,
    entry: MinutesEntry | None = None,
    status: int = 200,
) -> HttpResponse:
    """One page for all of them; `what` chooses its words. Without a form when the state of things forbids it."""
    context: dict[str, Any] = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "form": form,
        "what": what,
        "reasons": reasons or [],
        "attempted": status == 409,
        "entry": entry,
        "shown": status != 200 or not reasons,
    }
    return render(request, "minutes/entry.html", context, status=status)
