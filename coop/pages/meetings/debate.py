"""The floor: my place on the list, on a telephone; who speaks next, at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.course import sitting_under_way
from coop.meetings.models import Meeting, Turn
from coop.meetings.speaking import in_the_hall, obstacles_to_asking
from coop.refusals import Reason, Refused

from .. import access, polled
from ..access import Here, acting, enter, wants_fragment
from ..agenda.course import say_place
from ..sheets import Sheet
from .floor import led
from .in_session import floor_under_way, sitting_of


class FloorForm(Sheet):
    """What somebody asks for on their own telephone."""

    kind = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Turn.Kind if one != Turn.Kind.MOVER], required=False
    )
    unnamed = forms.BooleanField(label=gettext_lazy("Leave my name out of the minutes"), required=False)
    interpreted = forms.BooleanField(label=gettext_lazy("I speak with an interpreter"), required=False)


# --- On a telephone -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def the_floor(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows who speaks and my place; POST asks for the floor for oneself."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    if wants_fragment(request):
        content = render(request, "meetings/debate/floor.html#live", _live(meeting, here)).content
        return polled.answer(request, *polled.tagged(content))
    if request.method != "POST":
        return _page(request, here, meeting, FloorForm(), [])
    form = FloorForm(request.POST)
    if not form.is_valid():
        return _page(request, here, meeting, form, [], status=422)
    asked = form.cleaned_data | {"kind": form.cleaned_data["kind"] or Turn.Kind.SPEAKER}
    me = acting(here)
    try:
        actions.ask_for_floor(sitting=sitting_of(meeting), member=me, **asked, by=me, at=here.at)
    except Refused as refusal:
        return _page(request, here, meeting, form, refusal.reasons, status=409)
    messages.success(request, _("You are on the list of speakers."))
    return redirect("the-floor", coop, key)


def _live(meeting: Meeting, here: Here) -> dict[str, Any]:
    """What everybody is told is asked once for all of them; my own place is found in it."""
    prefetch_related_objects([meeting], "sittings")
    key = ("floor", meeting.pk, get_language())
    floor = polled.kept(key, here.at, lambda: floor_under_way(meeting, here))
    me = acting(here).pk
    place = (
        next((at for at, turn in enumerate(floor.waiting) if turn.member_id == me), None) if floor else None
    )
    return {
        "meeting": meeting,
        "floor": floor,
        "speaking": floor.speaking if floor else None,
        "i_speak": floor is not None and floor.speaking is not None and floor.speaking.member_id == me,
        "place": say_place(place) if place is not None else "",
    }


def _page(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    form: FloorForm,
    reasons: list[Reason],
    *,
    status: int = 200,
) -> HttpResponse:
    context = _live(meeting, here)
    me = acting(here)
    sitting, floor = sitting_under_way(meeting), floor_under_way(meeting, here)
    context |= {"form": form, "reasons": reasons, "sitting": sitting, "floor": floor}
    if sitting is not None:
        context["inside"] = in_the_hall(sitting, me)
    if floor is not None:
        context |= {
            "mine": floor.waits(me.pk),
            "against": obstacles_to_asking(floor, me, Turn.Kind.SPEAKER, by=me, at=here.at),
            "may_reply": not obstacles_to_asking(floor, me, Turn.Kind.REPLY, by=me, at=here.at),
        }
    return render(request, "meetings/debate/floor.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, coop: str, key: int, turn: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.turn(here, key, turn)
    if found.member_id != acting(here).pk:
        led(here, found.sitting.meeting)
    actions.withdraw_wish(turn=found, by=acting(here), at=here.at)
    messages.success(request, _("%(name)s is off the list.") % {"name": found.member.name})
    return _back(found, here, coop, key)


@require_POST
def end_turn(request: HttpRequest, coop: str, key: int, turn: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.turn(here, key, turn)
    if found.member_id != acting(here).pk:
        led(here, found.sitting.meeting)
    actions.end_turn(turn=found, by=acting(here), at=here.at)
    return _back(found, here, coop, key)


def _back(turn: Turn, here: Here, coop: str, key: int) -> HttpResponse:
    return redirect("the-floor" if turn.member_id == acting(here).pk else "in-session", coop, key)


# --- At the desk ----------------------------------------------------------------------------------------------------


@require_POST
def give_floor(request: HttpRequest, coop: str, key: int, turn: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.turn(here, key, turn)
    led(here, found.sitting.meeting)
    actions.give_floor(turn=found, by=acting(here), at=here.at)
    return redirect("in-session", coop, key)
