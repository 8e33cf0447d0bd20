"""The desk while a meeting sits: the item under way, the list of speakers, motions, pauses, results."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.adjourning import adjournment_owed
from coop.meetings.counting_people import count_owed
from coop.meetings.course import announced, call_under_way, pause_of, sitting_under_way
from coop.meetings.models import Meeting, Sitting, Turn
from coop.meetings.speaking import Floor, floor_of
from coop.refusals import Reason, Refused

from .. import access, timetable
from ..access import Here, acting, enter, wants_fragment
from ..agenda import agenda
from ..fields import NumberField, NumbersForm
from ..proposals.amendments_voted import with_reasons
from ..reasons import say
from ..sheets import Sheet, WordsField
from .floor import led, running

LATEST_PAUSE = 12 * 60  # minutes


class AskForm(NumbersForm):
    """Somebody who asks aloud is written down by number."""

    number = NumberField(label=gettext_lazy("Member number"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("what a turn is for", "For"),
        choices=[
            (Turn.Kind.SPEAKER, gettext_lazy("a turn")),
            (Turn.Kind.MOVER, gettext_lazy("putting the item forward")),
            (Turn.Kind.POINT_OF_ORDER, gettext_lazy("a point of order")),
            (Turn.Kind.REPLY, gettext_lazy("the mover's reply")),
        ],
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("For or against"), choices=Turn.Direction.choices, required=False
    )
    interpreted = forms.BooleanField(label=gettext_lazy("With an interpreter"), required=False)
    unnamed = forms.BooleanField(label=gettext_lazy("Without the name in the minutes"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


class PauseForm(Sheet):
    because = WordsField(label=gettext_lazy("Why"), max_length=160)
    minutes = forms.IntegerField(
        label=gettext_lazy("Goes on in so many minutes"),
        help_text=gettext_lazy("The screen in the hall is black and shows only this hour."),
        min_value=1,
        max_value=LATEST_PAUSE,
        required=False,
    )


def sitting_of(meeting: Meeting) -> Sitting:
    """The sitting that is open. Refuses where none is."""
    sitting = sitting_under_way(meeting)
    if sitting is None:
        raise Refused([Reason("no-open-sitting")])
    return sitting


def floor_under_way(meeting: Meeting, here: Here) -> Floor | None:
    """The debate on the item that is called, if one is."""
    sitting = sitting_under_way(meeting)
    call = call_under_way(sitting) if sitting is not None else None
    if sitting is None or call is None:
        return None
    item = meeting.items.select_related("proposal__author").get(pk=call.item_id)
    item.meeting = meeting
    return floor_of(item, sitting, here.bylaws)


# --- The desk -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def in_session(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows the desk; POST puts somebody on the list of speakers by number."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    if request.method != "POST":
        return _desk(request, here, meeting)
    form = AskForm(request.POST, here=here)
    if not form.is_valid():
        return _desk(request, here, meeting, typed=form, status=422)
    asked = {name: form.cleaned_data[name] for name in AskForm.base_fields if name != "number"}
    member = form.cleaned_data["member"]
    try:
        actions.ask_for_floor(
            sitting=sitting_of(meeting), member=member, **asked, by=acting(here), at=here.at
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("number", say(reason))
        return _desk(request, here, meeting, typed=form, status=409)
    messages.success(request, _("%(name)s is on the list.") % {"name": member.name})
    return redirect("in-session", coop, key)


def _desk(
    request: HttpRequest, here: Here, meeting: Meeting, *, typed: AskForm | None = None, status: int = 200
) -> HttpResponse:
    prefetch_related_objects([meeting], "sittings")
    sitting, lines = sitting_under_way(meeting), agenda.lines(meeting)
    floor = floor_under_way(meeting, here)
    told = announced(meeting)
    line = next((one for one in lines if floor is not None and one.item.pk == floor.item.pk), None)
    context: dict[str, Any] = {
        "meeting": meeting,
        "sitting": sitting,
        "floor": floor,
        "line": line,
        "clock": timetable.clock(meeting, here),
        "running": running(lines),
        "voted_on": [one for one in lines if one.live and one is not line],
        "pause": pause_of(sitting) if sitting is not None else None,
        "to_announce": [one for one in lines if one.decided and one.item.decision_id not in told],
        "count_owed": count_owed(sitting) if sitting is not None else None,
        "adjournment_owed": adjournment_owed(sitting) if sitting is not None else None,
    }
    if wants_fragment(request):
        return render(request, "meetings/in_session/desk.html#live", context, status=status)
    context |= {
        "lines": with_reasons(lines, line),
        "next": agenda.next_to_call(lines, line),
        "form": typed or AskForm(here=here),
    }
    return render(request, "meetings/in_session/desk.html", context, status=status)


@require_POST
def call_item(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    actions.call_item(item=item, sitting=sitting_of(item.meeting), by=acting(here), at=here.at)
    messages.success(request, _("Item %(number)s is under way.") % {"number": place})
    return redirect("in-session", coop, key)


@require_POST
def end_item(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    actions.end_item(item=item, sitting=sitting_of(item.meeting), by=acting(here), at=here.at)
    return redirect("in-session", coop, key)


@require_POST
def announce(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """The chair has read the result out; the screen in the hall shows it from now on."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    actions.announce(item=item, by=acting(here), at=here.at)
    messages.success(
        request, _("The screen in the hall shows the result of item %(number)s.") % {"number": place}
    )
    return redirect("in-session", coop, key)


# --- Pauses ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    form = PauseForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"meeting": meeting, "form": form, "reasons": []}
    if not form.is_bound:
        return render(request, "meetings/in_session/pause.html", context)
    if not form.is_valid():
        return render(request, "meetings/in_session/pause.html", context, status=422)
    minutes = form.cleaned_data["minutes"]
    goes_on_at = here.at + datetime.timedelta(minutes=minutes) if minutes else None
    try:
        actions.pause_sitting(
            sitting=sitting_of(meeting),
            because=form.cleaned_data["because"],
            goes_on_at=goes_on_at,
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return render(
            request, "meetings/in_session/pause.html", context | {"reasons": refusal.reasons}, status=409
        )
    messages.success(request, _("The sitting rests. The screen in the hall is black."))
    return redirect("in-session", coop, key)


@require_POST
def go_on(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    actions.go_on(sitting=sitting_of(meeting), by=acting(here), at=here.at)
    messages.success(request, _("The sitting goes on."))
    return redirect("in-session", coop, key)
