"""Somebody asks "count!": how many are in the hall, how many are needed, written down with the hour."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.meetings import actions

from . import access
from .access import acting, enter


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
    count = actions.count_people(sitting=sitting, asked_by=me, by=me, at=here.at)
    words = _("Counted: %(present)s present, %(needed)s needed. It is enough.")
    if not count.reached:
        words = _("Counted: %(present)s present, %(needed)s needed. The quorum is lost.")
    messages.success(request, words % {"present": count.present, "needed": count.needed})
    return redirect("meeting", coop, key)
