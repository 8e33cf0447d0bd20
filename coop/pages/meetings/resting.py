"""A vote over several sittings: this sitting has voted, and the vote rests until the next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.meetings import actions
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from .floor import led


@require_POST
def rest(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """This sitting has voted."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    asked = request.POST.get("sitting", "")
    sittings = [one for one in item.meeting.sittings.all() if asked in ("", str(one.number))]
    sitting = next((one for one in sittings if one.is_open), None)
    if sitting is None:
        raise Refused([Reason("no-open-sitting")])
    actions.rest_vote(item=item, sitting=sitting, by=acting(here), at=here.at)
    words = _("Sitting %(sitting)s has voted on item %(item)s. It is counted after the last sitting.")
    messages.success(request, words % {"sitting": sitting.number, "item": place})
    return redirect("attendance", coop, key)
