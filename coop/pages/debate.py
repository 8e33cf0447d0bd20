"""The floor: my place on the list, on a telephone; who speaks next and motions of order, at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coop.ballots.acta.sentences import say_rule
from coop.meetings import actions
from coop.meetings.course import sitting_under_way
from coop.meetings.models import Meeting, ProceduralMotion, Turn
from coop.meetings.speaking import Moved, in_the_hall, obstacles_to_asking
from coop.refusals import Reason, Refused

from . import access, polled
from .access import Here, acting, enter, wants_fragment
from .course import say_place
from .floor import led
from .in_session import floor_under_way, sitting_of
from .records import NumberField, NumbersForm
from .sheets import Sheet, WordsField


class FloorForm(Sheet):
    """What somebody asks for on their own telephone."""

    kind = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Turn.Kind if one != Turn.Kind.MOVER], required=False
    )
    unnamed = forms.BooleanField(label=gettext_lazy("Leave my name out of the minutes"), required=False)
    interpreted = forms.BooleanField(label=gettext_lazy("I speak with an interpreter"), required=False)


class MotionForm(NumbersForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is moved"),
        choices=[(one.value, capfirst(one.label)) for one in ProceduralMotion.Kind],
        widget=forms.RadioSelect,
    )
    words = WordsField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("For another motion of order; of an amendment its number, as A3."),
        max_length=200,
        required=False,
    )
    mover = NumberField(label=gettext_lazy("Moved by number"))
    votes_for = forms.IntegerField(
        label=gettext_lazy("Hands for"), min_value=0, max_value=99_999, required=False
    )
    votes_against = forms.IntegerField(
        label=gettext_lazy("Hands against"), min_value=0, max_value=99_999, required=False
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Without a count: what the chair saw"),
        choices=[
            ("", gettext_lazy("The figures decide")),
            *((one.value, capfirst(one.label)) for one in ProceduralMotion.Outcome),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["moved_by"] = self.member("mover")
        return answers


# --- On a telephone -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def the_floor(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows who speaks and my place; POST asks for the floor for oneself."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    if wants_fragment(request):
        content = render(request, "debate/floor.html#live", _live(meeting, here)).content
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
    return render(request, "debate/floor.html", context, status=status)


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


@require_http_methods(["GET", "POST"])
def move_order(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A motion of order, moved and decided at once; closing the debate by the majority of the bylaws."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    form = MotionForm(request.POST if request.method == "POST" else None, here=here)
    if not form.is_bound:
        return _motion(request, here, meeting, form, [])
    if not form.is_valid():
        return _motion(request, here, meeting, form, [], status=422)
    given = form.cleaned_data
    moved = Moved(
        given["kind"],
        given["moved_by"],
        given["words"],
        given["votes_for"],
        given["votes_against"],
        given["outcome"],
    )
    try:
        made = actions.move_order(sitting=sitting_of(meeting), moved=moved, by=acting(here), at=here.at)
    except Refused as refusal:
        return _motion(request, here, meeting, form, refusal.reasons, status=409)
    words = {"motion": made.get_kind_display(), "outcome": made.get_outcome_display()}
    messages.success(request, _("Motion of order, %(motion)s: %(outcome)s.") % words)
    if made.outcome != ProceduralMotion.Outcome.CARRIED:
        return redirect("in-session", coop, key)
    if made.kind == ProceduralMotion.Kind.COUNT:
        return redirect("session-count", coop, key)
    if made.kind == ProceduralMotion.Kind.ADJOURN:
        return redirect("sitting-adjourn", coop, key, made.sitting.number)
    return redirect("in-session", coop, key)


def _motion(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    form: MotionForm,
    reasons: list[Reason],
    *,
    status: int = 200,
) -> HttpResponse:
    rule = say_rule(here.bylaws.majority_closure, here.bylaws.base_closure)
    context = {"meeting": meeting, "form": form, "reasons": reasons, "rule": rule}
    return render(request, "debate/motion.html", context, status=status)
