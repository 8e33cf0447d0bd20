"""Somebody asks "count!": how many are in the hall, how many are needed, written down with the hour."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.counting_people import count_now, count_owed
from coop.meetings.course import sitting_under_way
from coop.meetings.models import Meeting, QuorumCount
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..people_found import PeopleForm, PersonField
from .floor import led
from .in_session import sitting_of

SHOWN = 20  # counts of a sitting, the latest first


class AskedForm(PeopleForm):
    number = PersonField(label=gettext_lazy("Who asks for it"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """At the desk: whoever asked aloud, or moved it, is named, and the number is written down."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    if request.method != "POST":
        sitting = sitting_under_way(meeting)
        moved = count_owed(sitting) if sitting is not None else None
        asked = {"number": str(moved.moved_by.number)} if moved is not None else {}
        return _page(request, meeting, AskedForm(here=here, initial=asked), [], status=200)
    form = AskedForm(request.POST, here=here)
    if not form.is_valid():
        return _page(request, meeting, form, [], status=422)
    asked_by = form.cleaned_data["member"]
    try:
        made = actions.count_people(
            sitting=sitting_of(meeting), asked_by=asked_by, by=acting(here), at=here.at
        )
    except Refused as refusal:
        return _page(request, meeting, form, refusal.reasons, status=409)
    messages.success(request, _in_words(made))
    return redirect("in-session", coop, key)


def _page(
    request: HttpRequest, meeting: Meeting, form: AskedForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    sitting = sitting_under_way(meeting)
    context: dict[str, Any] = {"meeting": meeting, "sitting": sitting, "form": form, "reasons": reasons}
    if sitting is not None:
        context["present"], context["needed"], _call = count_now(sitting)
        context["moved"] = count_owed(sitting)
        counted = QuorumCount.objects.filter(sitting=sitting).select_related("item", "asked_by")
        context["counts"] = list(counted.order_by("-counted_at", "-pk")[:SHOWN])
    return render(request, "meetings/head_count/count.html", context, status=status)


@require_POST
def head_count(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """By whoever sits in the hall with a vote; the number stands in the minutes and on the screen."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    me = acting(here)
    opened = [one for one in meeting.sittings.all() if one.is_open]
    mine = meeting.attendances.filter(member=me, left_at=None, stays__went_at=None)
    where = mine.values_list("stays__sitting", flat=True).first()
    sitting = next((one for one in opened if one.pk == where), opened[-1] if opened else None)
    if sitting is None:
        raise Http404
    sitting.meeting = meeting
    messages.success(
        request, _in_words(actions.count_people(sitting=sitting, asked_by=me, by=me, at=here.at))
    )
    return redirect("meeting", coop, key)


def _in_words(made: QuorumCount) -> str:
    words = _("Counted: %(present)s present, %(needed)s needed. It is enough.")
    if not made.reached:
        words = _("Counted: %(present)s present, %(needed)s needed. The quorum is lost.")
    return words % {"present": made.present, "needed": made.needed}
