"""Preparing a meeting: its hours, its agenda, and the notice that closes it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.rules import (
    last_day_for_notice,
    obstacles_in_kind,
    obstacles_to_cancelling,
    obstacles_to_convening,
)
from coop.members.models import Body, Power
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused

from . import access, agenda, timetable
from .access import Here, acting, enter
from .errors import refused
from .reasons import say
from .sheets import Sheet, WordsField

FARTHEST = datetime.timedelta(days=2 * 366)


class HourField(forms.DateTimeField):
    """Day and hour on the clock of the plant. Old telephones show a line to type on."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "placeholder": "2026-11-28 14:30"}
    )

    def __init__(self, **more: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M"]
        wrong = {"invalid": gettext_lazy("Write day and hour like 2026-11-28 14:30.")}
        super().__init__(input_formats=formats, error_messages=wrong, **more)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in Meeting.Kind]


class PrepareForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who meets"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind of meeting"), choices=_kinds)
    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("As it will stand on the notice, such as “Assembly on the budget”."),
    )
    place = WordsField(label=gettext_lazy("Place"), max_length=160)
    sitting_1 = HourField(
        label=gettext_lazy("Day and hour"), help_text=gettext_lazy("On the clock of the plant.")
    )
    sitting_2 = HourField(
        label=gettext_lazy("Second sitting"),
        required=False,
        help_text=gettext_lazy("The same agenda again, for another shift."),
    )
    sitting_3 = HourField(label=gettext_lazy("Third sitting"), required=False)

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        self.fields["body"].queryset = access.bodies_to_call(here)  # type: ignore[attr-defined]

    @property
    def hours(self) -> list[datetime.datetime]:
        return [hour for name in SITTINGS if (hour := self.cleaned_data.get(name))]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for name in SITTINGS:
            hour = answers.get(name)
            if hour and hour <= self.here.at:
                self.add_error(name, _("That hour is over."))
            elif hour and hour > self.here.at + FARTHEST:
                self.add_error(name, _("That is more than two years away. Look at the year again."))
        if len(set(self.hours)) < len(self.hours):
            self.add_error("sitting_2", _("Two sittings cannot begin at the same moment."))
        if answers.get("body") and answers.get("kind"):
            for reason in obstacles_in_kind(answers["body"], answers["kind"]):
                self.add_error("kind", say(reason))
        return answers


SITTINGS = ("sitting_1", "sitting_2", "sitting_3")


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not access.bodies_to_call(here).exists():
        raise Http404
    form = PrepareForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("body", "kind", "title", "place")}
        try:
            made = actions.prepare(**given, sittings=form.hours, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Saved as a draft. Put the items on its agenda, then convene it."))
            return redirect("meeting", coop, made.pk)
    context = {"form": form, "reasons": reasons, "kinds": timetable.notice_table(here)}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/prepare.html", context, status=status)


# --- The draft ------------------------------------------------------------------------------------------------------


class ItemForm(Sheet):
    """One item for the end of the agenda; which fields stand on it depends on its kind."""

    kind = forms.ChoiceField(choices=AgendaItem.Kind.choices, widget=forms.HiddenInput)
    title = WordsField(label=gettext_lazy("What will be reported"), max_length=200, required=False)
    proposal: forms.ModelChoiceField[Proposal] = forms.ModelChoiceField(
        None, label=gettext_lazy("Admitted proposal"), required=False, empty_label=None
    )
    planned_minutes = forms.IntegerField(
        label=gettext_lazy("Planned minutes"), min_value=1, max_value=480, initial=10
    )

    def __init__(self, data: Any = None, *, here: Here, kind: str) -> None:
        super().__init__(data, initial={"kind": kind}, auto_id=f"{kind}_%s")
        wanted = {"report": "title", "proposal": "proposal"}.get(kind)
        for name in {"title", "proposal"} - {wanted}:
            del self.fields[name]
        if wanted:
            self.fields[wanted].required = True
        if wanted == "proposal":
            self.fields["proposal"].queryset = access.admitted(here)  # type: ignore[attr-defined]


def draft(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    *,
    typed: ItemForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a meeting that is being prepared."""
    prefetch_related_objects([meeting], "sittings")
    items = agenda.lines(meeting)
    kinds = ["report", "proposal"] if any(line.item.kind == "signers" for line in items) else list(ITEM_KINDS)
    item_forms = {
        kind: typed if typed and typed["kind"].value() == kind else ItemForm(here=here, kind=kind)
        for kind in kinds
    }
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": items,
        "ends_at": agenda.ends_at(items),
        "forms": item_forms,
        "admitted": access.admitted(here).exists(),
        "last_day": last_day_for_notice(meeting, here.bylaws),
        "steps": timetable.steps(meeting, here),
        "against_convening": obstacles_to_convening(meeting, by=acting(here), at=here.at, bylaws=here.bylaws),
        "reasons": reasons or [],
    }
    return render(request, "meetings/draft.html", context, status=status)


ITEM_KINDS = ("signers", "proposal", "report")


def _called(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who may call it; for everybody else there is nothing to press."""
    if not here.may(Power.CONVENE, meeting.body):
        raise Http404
    return meeting


@require_POST
def add_item(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = _called(here, access.meeting(here, key))
    kind = request.POST.get("kind", "")
    form = ItemForm(request.POST, here=here, kind=kind if kind in ITEM_KINDS else "report")
    if not form.is_valid():
        if meeting.state != Meeting.State.DRAFT:
            return refused(request, [Reason("agenda-closed", {"state": meeting.state})])
        return draft(request, here, meeting, typed=form, status=422)
    try:
        actions.add_item(meeting=meeting, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        if meeting.state != Meeting.State.DRAFT:
            raise
        return draft(request, here, meeting, typed=form, reasons=refusal.reasons, status=409)
    return redirect("meeting", coop, key)


@require_POST
def remove_item(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, number)
    _called(here, item.meeting)
    actions.remove_item(item=item, by=acting(here), at=here.at)
    messages.success(request, _("Taken off the agenda: %(title)s") % {"title": item.title})
    return redirect("meeting", coop, key)


@require_http_methods(["GET", "POST"])
def convene(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET says what the notice closes; POST posts it."""
    here = enter(request, coop)
    meeting = _called(here, access.meeting(here, key))
    if request.method == "POST":
        meeting = actions.convene(meeting=meeting, by=acting(here), at=here.at)
        words = _("Convened: %(label)s. Print this notice and put it on the boards today.")
        messages.success(request, words % {"label": meeting.label})
        return redirect("meeting-notice", coop, key)
    prefetch_related_objects([meeting], "sittings")
    context = {
        "meeting": meeting,
        "lines": agenda.lines(meeting),
        "last_day": last_day_for_notice(meeting, here.bylaws),
        "closes_on": timetable.register_closes_on(meeting, here.bylaws),
        "reasons": obstacles_to_convening(meeting, by=acting(here), at=here.at, bylaws=here.bylaws),
    }
    return render(request, "meetings/convene.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks once more; POST cancels."""
    here = enter(request, coop)
    meeting = _called(here, access.meeting(here, key))
    if request.method == "POST":
        actions.cancel(meeting=meeting, by=acting(here), at=here.at)
        messages.success(request, _("Cancelled. What stood on its agenda waits for another meeting."))
        return redirect("meeting", coop, key)
    reasons = obstacles_to_cancelling(meeting, by=acting(here), at=here.at)
    return render(request, "meetings/cancel.html", {"meeting": meeting, "reasons": reasons})
