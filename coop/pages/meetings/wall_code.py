"""The code on the wall: whoever stands in the hall points a telephone at it, and checks in.

It changes every few minutes and holds for the one before it too, so a photograph sent out of the hall is soon worth
nothing. It says that somebody was near the wall, not who: everybody checks in under their own name.
"""

from __future__ import annotations

import base64
import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.meetings import actions
from coop.meetings.models import Attendance, Meeting
from coop.meetings.rules.door import obstacles_to_check_in, sitting_at_the_door
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter, wants_fragment
from ..squares import picture_of
from .floor import led

HOLDS = 300  # seconds that a code is shown; the one before is taken as well
LENGTH = 8


def code_at(meeting: Meeting, at: datetime.datetime, *, before: int = 0) -> str:
    """The code of a meeting in the five minutes of `at`, or so many periods before it."""
    period = int(at.timestamp()) // HOLDS - before
    made = salted_hmac("coop.pages.wall_code", f"{meeting.pk}:{period}", algorithm="sha256").digest()
    return base64.b32encode(made).decode()[:LENGTH].lower()


def holds(meeting: Meeting, code: str, at: datetime.datetime) -> bool:
    return any(constant_time_compare(code, code_at(meeting, at, before=before)) for before in (0, 1))


def wall_code(request: HttpRequest, here: Here, meeting: Meeting) -> dict[str, str]:
    """What a wall shows: the address as a picture and in letters, and the sitting whose door is open; empty else."""
    if sitting_at_the_door(meeting, here.at) is None:
        return {}
    path = reverse("meeting-here", args=[here.cooperative.slug, meeting.pk, code_at(meeting, here.at)])
    address = request.build_absolute_uri(path)
    return {"address": address, "picture": picture_of(address, large=True)}


@require_safe
def wall(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A page of its own for the door: the code, large, for whoever leads to put on a screen or a tablet."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    part = "#code" if wants_fragment(request) else ""
    context = {"meeting": meeting, "code": wall_code(request, here, meeting), "minutes": HOLDS // 60}
    return render(request, f"meetings/wall_code/wall.html{part}", context)


@require_http_methods(["GET", "POST"])
def here_by_code(request: HttpRequest, coop: str, key: int, code: str) -> HttpResponse:
    """GET shows where one is; POST checks in. A code that is over sends to the wall again."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    if meeting.number is None:
        raise Http404
    me = acting(here)
    good = holds(meeting, code, here.at)
    if request.method == "POST" and good:
        try:
            actions.check_in(meeting=meeting, member=me, by=me, how=Attendance.How.CODE, at=here.at)
        except Refused as refusal:
            if {reason.code for reason in refusal.reasons} != {"checked-in-already"}:
                raise
        messages.success(request, _("You are checked in."))
        return redirect("meeting", coop, key)
    context = {
        "meeting": meeting,
        "code": code,
        "good": good,
        "reasons": obstacles_to_check_in(meeting, me, by=me, at=here.at) if good else [],
    }
    return render(request, "meetings/wall_code/here.html", context, status=200 if good else 409)
