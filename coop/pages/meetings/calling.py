"""Preparing a meeting, putting the draft right, the notice that closes its agenda, cancelling, and calling it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import Meeting
from coop.meetings.requests import not_held
from coop.meetings.rules.calling import last_day_for_notice, obstacles_to_cancelling, obstacles_to_convening
from coop.refusals import Reason, Refused

from .. import access, timetable
from ..access import Here, acting, enter
from ..agenda import agenda
from ..sheets import Sheet, WordsField
from .calling_forms import CopyForm, CorrectForm, PrepareForm, first_typed


class CancelForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Everybody reads it. Nothing about the illness of anybody."),
    )


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, coop: str) -> HttpResponse:
    """An empty draft. `?request=` names what members asked for; `?body=`, `?kind=` and `?day=` what was planned."""
    here = enter(request, coop)
    asked = access.request_to_answer(here, request.GET.get("request", ""))
    if asked is None and not access.bodies_to_call(here).exists():
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = PrepareForm(data, here=here, asked=asked, initial=first_typed(request.GET, here, asked))
    reasons: list[Reason] = []
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("body", "kind", "title", "place")}
        try:
            made = actions.prepare(
                **given, sittings=form.sittings, request=asked, by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Saved as a draft. Put the items on its agenda, then convene it."))
            return redirect("meeting", coop, made.pk)
    context = {"form": form, "reasons": reasons, "kinds": timetable.notice_table(here), "asked": asked}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/prepare.html", context, status=status)


def called(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who may call it; for everybody else there is nothing to press."""
    if not access.calls(here, meeting):
        raise Http404
    return meeting


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everything that the notice will say, except the agenda."""
    here = enter(request, coop)
    meeting = called(here, access.meeting(here, key))
    form = CorrectForm(request.POST if request.method == "POST" else None, here=here, meeting=meeting)
    if request.method == "POST" and "more" in request.POST:
        form.quiet()
    elif form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "title", "place")}
        try:
            actions.correct_draft(
                meeting=meeting, **given, sittings=form.sittings, by=acting(here), at=here.at
            )
        except Refused as refusal:
            return _sheet(request, meeting, form, refusal.reasons)
        messages.success(request, _("The draft is put right."))
        return redirect("meeting", coop, key)
    return _sheet(request, meeting, form)


def _sheet(
    request: HttpRequest, meeting: Meeting, form: Any, reasons: list[Reason] | None = None
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "reasons": reasons or []}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/correct.html", context, status=status)


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The same meeting on another day: once more, or the second date of one that was not held."""
    here = enter(request, coop)
    meeting = called(here, access.meeting(here, key))
    form = CopyForm(request.POST if request.method == "POST" else None, here=here, meeting=meeting)
    reasons: list[Reason] = []
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "place")}
        try:
            made = actions.copy_meeting(
                meeting=meeting, **given, sittings=form.sittings, by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Saved as a draft, with what comes every time and what still waits."))
            return redirect("meeting", coop, made.pk)
    whole = not_held().filter(pk=meeting.pk).exists()
    context = {"meeting": meeting, "form": form, "reasons": reasons, "not_held": whole}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/copy.html", context, status=status)


@require_http_methods(["GET", "POST"])
def convene(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET says what the notice closes; POST posts it. `universal`: too late, so it opens only with everybody there."""
    here = enter(request, coop)
    meeting = called(here, access.meeting(here, key))
    universal = "universal" in (request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        meeting = actions.convene(meeting=meeting, universal=universal, by=acting(here), at=here.at)
        words = _("Convened: %(label)s. Print this notice and put it on the boards today.")
        messages.success(request, words % {"label": meeting.label})
        return redirect("meeting-notice", coop, key)
    prefetch_related_objects([meeting], "sittings")
    act = {"by": acting(here), "at": here.at, "bylaws": here.bylaws}
    context = {
        "meeting": meeting,
        "lines": agenda.lines(meeting),
        "last_day": last_day_for_notice(meeting, here.bylaws),
        "closes_on": timetable.register_closes_on(meeting, here.bylaws),
        "universal": universal,
        "reasons": obstacles_to_convening(meeting, **act, universal=universal),  # type: ignore[arg-type]
    }
    return render(request, "meetings/convene.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks once more, and why; POST cancels."""
    here = enter(request, coop)
    meeting = called(here, access.meeting(here, key))
    form = CancelForm(request.POST if request.method == "POST" else None)
    form.fields["because"].required = meeting.state == Meeting.State.CONVENED
    reasons = obstacles_to_cancelling(meeting, by=acting(here), at=here.at)
    if request.method == "POST" and (reasons or form.is_valid()):
        actions.cancel(meeting=meeting, because=form["because"].value() or "", by=acting(here), at=here.at)
        messages.success(request, _("Cancelled. What stood on its agenda waits for another meeting."))
        return redirect("meeting", coop, key)
    context = {"meeting": meeting, "form": form, "reasons": reasons}
    return render(request, "meetings/cancel.html", context, status=422 if form.errors else 200)
