"""The secretary's desk: the book of attendance, the opening, the signers; and the register of voters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.meetings.rules.door import sitting_at_the_door
from coop.meetings.rules.sittings import (
    awaited,
    found_no_quorum,
    obstacles_to_closing_sitting,
    obstacles_to_opening_sitting,
)
from coop.refusals import Reason, Refused

from .. import access, timetable
from ..access import Here, acting, enter, page_of, wants_fragment
from ..agenda import agenda
from ..fields import NumberField, NumbersForm
from ..looking import Look
from .floor import led, running
from .parts import left_out

PAGE = 50


class SignersForm(NumbersForm):
    first = NumberField(label=gettext_lazy("Number of the first"))
    second = NumberField(label=gettext_lazy("Number of the second"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["members"] = [member for name in ("first", "second") if (member := self.member(name))]
        return answers


# --- The desk -------------------------------------------------------------------------------------------------------


@require_safe
def attendance(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _desk(request, here, led(here, access.meeting(here, key)))


def _desk(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    *,
    signers_typed: SignersForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    prefetch_related_objects([meeting], "sittings")
    items = agenda.lines(meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "clock": timetable.clock(meeting, here),
        "running": running(items),
    }
    if wants_fragment(request):
        return render(request, "meetings/records/attendance.html#live", context, status=status)
    by, at = acting(here), here.at
    inside = meeting.attendances.filter(left_at=None).select_related("member").order_by("-arrived_at", "-pk")
    next_sitting, look = _next_sitting(meeting, here), Look(request)
    wants_signers = any(line.item.kind == AgendaItem.Kind.SIGNERS for line in items)
    context |= {
        "lines": items,
        "look": look,
        "page": page_of(request, look.among(inside, "{member__name} {member__number}"), PAGE),
        "voices": meeting.attendances.filter(left_at=None, votes=False).count(),
        "next_sitting": next_sitting,
        "against_opening": obstacles_to_opening_sitting(next_sitting, by=by, at=at) if next_sitting else [],
        "ending": _ending(meeting, here),
        "without_quorum": found_no_quorum(meeting),
        "in_session": meeting.state == Meeting.State.IN_SESSION,
        "book_open": meeting.state in (Meeting.State.CONVENED, Meeting.State.IN_SESSION),
        "signers": list(meeting.signers.select_related("member")),
        "wants_signers": wants_signers,
        "alone": signers_typed is not None,  # the box of the door does not take the focus from what was typed
        "signers_form": signers_typed or SignersForm(here=here),
        "reasons": reasons or [],
    }
    return render(request, "meetings/records/attendance.html", context, status=status)


def _next_sitting(meeting: Meeting, here: Here) -> Sitting | None:
    """The one to open: at the door now, else the first that is still awaited, else the first that was not given up."""
    door = sitting_at_the_door(meeting, here.at)
    if door is not None and door.opened_at is None:
        return door
    left = [one for one in meeting.sittings.all() if one.opened_at is None and one.closed_at is None]
    return next((one for one in left if awaited(one, here.at)), left[0] if left else None)


def _ending(meeting: Meeting, here: Here) -> list[tuple[Sitting, list[Reason], str]]:
    """Of several sittings those to close or give up, and what stands in the way. A lone one ends with the meeting."""
    sittings = list(meeting.sittings.all())
    if len(sittings) < 2:
        return []
    return [
        (one, obstacles_to_closing_sitting(one, by=acting(here), at=here.at), left_out(one))
        for one in sittings
        if one.closed_at is None and not awaited(one, here.at)
    ]


@require_POST
def close_sitting(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    here = enter(request, coop)
    sitting = access.sitting(here, key, number)
    led(here, sitting.meeting)
    sitting = actions.close_sitting(sitting=sitting, by=acting(here), at=here.at)
    words = _("Sitting %(number)s is closed.")
    if sitting.opened_at is None:
        words = _("Sitting %(number)s was not held; so it stands in the minutes.")
    messages.success(request, words % {"number": sitting.number})
    return redirect("attendance", coop, key)


@require_POST
def open_sitting(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    here = enter(request, coop)
    sitting = access.sitting(here, key, number)
    led(here, sitting.meeting)
    sitting = actions.open_sitting(sitting=sitting, by=acting(here), at=here.at)
    words = _("Opened with %(present)s present.")
    messages.success(request, words % {"present": sitting.present_at_opening})
    return redirect("attendance", coop, key)


@require_POST
def signers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    form = SignersForm(request.POST, here=here)
    if not form.is_valid():
        return _desk(request, here, meeting, signers_typed=form, status=422)
    chosen = form.cleaned_data["members"]
    try:
        actions.name_signers(meeting=meeting, members=chosen, by=acting(here), at=here.at)
    except Refused as refusal:
        return _desk(request, here, meeting, signers_typed=form, reasons=refusal.reasons, status=409)
    words = _("%(first)s and %(second)s sign the minutes.")
    messages.success(request, words % {"first": chosen[0].name, "second": chosen[1].name})
    return redirect("attendance", coop, key)


# --- The register ---------------------------------------------------------------------------------------------------


@require_safe
def register(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Where the register of voters of this meeting hangs; before it is drawn, when that will be."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    if meeting.register_id is not None:
        return redirect("register", coop, meeting.register_id)
    closes_on = timetable.register_closes_on(meeting, here.bylaws)
    return render(request, "meetings/records/register.html", {"meeting": meeting, "closes_on": closes_on})
