"""What one shift tells the next: the sheets that nobody has read yet, the places, a sheet, giving and taking one."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.members.models import Posting
from coop.production import actions
from coop.production.models import Area, Handover, Stop
from coop.production.rules.handovers import lines_of
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..asked_here import asked
from ..looking import Look
from ..stories import Story
from ..timetable import say_day
from .forms import GivenSheet, TakenSheet

PAGE = 30
FEW = 3  # on the front page
UNREAD = 20  # so many are shown at once; more is a house in which nobody reads any


# --- Lists ----------------------------------------------------------------------------------------------------------


@require_safe
def sheets(request: HttpRequest, coop: str) -> HttpResponse:
    """What nobody has read stands first; then the places, those of one's own department before the others."""
    here = enter(request, coop)
    found = access.handovers(here)
    look = Look(request)
    told = "{area__name} {shift__name} {day} {words} {taken_words} {given_by__name} {taken_by__name}"
    page = page_of(request, look.among(found.filter(taken_at__isnull=False), told), PAGE)
    standing = Q(handover_lines__dropped_at=None, handover_lines__isnull=False)
    areas = access.handover_areas(here).filter(standing).annotate(last=Max("handovers__day")).distinct()
    mine = set(my_departments(here))
    context = {
        "unread": found.filter(taken_at=None).order_by("day", "given_at")[:UNREAD],
        "mine": [area for area in areas if area.department_id in mine],
        "others": [area for area in areas if area.department_id not in mine],
        "without": access.handover_areas(here).exclude(standing),
        "look": look,
        "page": page,
    }
    return render(request, "shifts/shift_sheets/sheets.html", context)


def my_departments(here: Here) -> QuerySet[Posting, Any]:
    """The departments in which somebody works today, by id."""
    return Posting.objects.filter(Posting.on(here.day), member=acting(here)).values_list(
        "department", flat=True
    )


@require_safe
def sheet(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _sheet(request, here, access.handover(here, key), TakenSheet(), [])


def _sheet(
    request: HttpRequest,
    here: Here,
    found: Handover,
    form: TakenSheet,
    reasons: list[Reason],
    status: int = 200,
) -> HttpResponse:
    context = {
        "sheet": found,
        "answers": found.answers.select_related("line"),
        "form": form,
        "reasons": reasons,
        "may_take": found.unread and found.given_by_id != acting(here).pk,
        "gave_it": found.given_by_id == acting(here).pk,
    }
    return render(request, "shifts/shift_sheets/sheet.html", context, status=status)


# --- Both sides sign ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, coop: str, area: int) -> HttpResponse:
    """Every line is answered; the same tap signs. With `nobody` it is on record that nobody came."""
    here = enter(request, coop)
    place = access.handover_area(here, area)
    lines = list(lines_of(place, here.at))
    form = GivenSheet(request.POST if request.method == "POST" else None, lines=lines, here=here)
    if request.method != "POST":
        return _give(request, here, place, form, [])
    if not form.is_valid():
        return _give(request, here, place, form, [], status=422)
    typed = form.cleaned_data
    nobody = request.POST.get("nobody") == "1"
    try:
        made = actions.hand_over(
            area=place,
            day=datetime.date.fromisoformat(typed["day"]),
            shift=typed["shift"],
            answers=typed["answers"],
            words=typed["words"],
            nobody_there=nobody,
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _give(request, here, place, form, refusal.reasons, status=409)
    told = _("Signed. It stays red until somebody of the next shift has read it.")
    messages.success(request, _("It is on record that nobody came.") if nobody else told)
    return redirect("shift-sheet", coop, made.pk)


def _give(
    request: HttpRequest,
    here: Here,
    area: Area,
    form: GivenSheet,
    reasons: list[Reason],
    status: int = 200,
) -> HttpResponse:
    stopped = Stop.objects.filter(problem__area=area, lifted_at=None).select_related("problem")
    before = access.handovers(here).filter(area=area, taken_at=None).first()
    context = {
        "area": area,
        "form": form,
        "reasons": reasons,
        "stopped": stopped.exclude(problem__state="conduct"),
        "before": before,
    }
    return render(request, "shifts/shift_sheets/give.html", context, status=status)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Read and signed by the other side, with one tap; what they see otherwise stands beside it."""
    here = enter(request, coop)
    found = access.handover(here, key)
    form = TakenSheet(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _sheet(request, here, found, form, [])
    if not form.is_valid():
        return _sheet(request, here, found, form, [], status=422)
    try:
        actions.take_over(sheet=found, words=form.cleaned_data["words"], by=acting(here), at=here.at)
    except Refused as refusal:
        return _sheet(request, here, found, form, refusal.reasons, status=409)
    messages.success(request, _("You have taken over."))
    return redirect("shift-sheet", coop, key)


# --- On the front page ----------------------------------------------------------------------------------------------


def unread_here(here: Here) -> QuerySet[Handover]:
    """Sheets of one's own department that others gave and nobody has read."""
    found = access.handovers(here).filter(taken_at=None, area__department__in=my_departments(here))
    return found.exclude(given_by=acting(here)).order_by("day", "given_at")


def to_read(here: Here) -> list[Story]:
    return [_story(here, one) for one in asked(here, _next_to_read)]


def _next_to_read(here: Here) -> QuerySet[Handover]:
    return unread_here(here)[:FEW]


def _story(here: Here, one: Handover) -> Story:
    told = {"shift": one.shift.name, "day": say_day(one.day)}
    return Story(
        kicker=_("Handed over, and read by nobody"),
        headline=one.area.name,
        address=reverse("shift-sheet", args=[here.cooperative.slug, one.pk]),
        word=_("nobody came") if one.nobody_there else _("unread"),
        shape="late",
        meta=_("%(shift)s of %(day)s") % told,
        meta2=one.given_by.name,
    )
