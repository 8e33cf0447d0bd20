"""Adjourning an open sitting to another day, hour and place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.adjourning import adjournment_owed, last_day_of, obstacles_in_votes
from coop.meetings.models import Sitting
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import HourField
from ..sheets import Sheet, WordsField
from ..timetable import say_day
from .floor import led


class AdjournForm(Sheet):
    starts_at = HourField(label=gettext_lazy("It goes on at"))
    place = WordsField(
        label=gettext_lazy("Where"),
        help_text=gettext_lazy("Only if it is somewhere else."),
        max_length=160,
        required=False,
    )
    because = WordsField(
        label=gettext_lazy("Why it is adjourned"),
        help_text=gettext_lazy("Such as: the hour is late; the alarm at gate 2."),
        max_length=200,
    )


@require_http_methods(["GET", "POST"])
def adjourn(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    here = enter(request, coop)
    sitting = access.sitting(here, key, number)
    led(here, sitting.meeting)
    form = AdjournForm(request.POST if request.method == "POST" else None, initial=_as_moved(sitting))
    if not form.is_bound:
        unfinished = obstacles_in_votes(sitting) if sitting.is_open else [Reason("no-open-sitting")]
        return _page(request, here, sitting, form, unfinished, status=200)
    if not form.is_valid():
        return _page(request, here, sitting, form, [], status=422)
    try:
        after = actions.adjourn(sitting=sitting, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, sitting, form, refusal.reasons, status=409)
    words = _("Adjourned. It goes on as sitting %(number)s; everybody checks in again then.")
    messages.success(request, words % {"number": after.number})
    return redirect("attendance", coop, key)


def _as_moved(sitting: Sitting) -> dict[str, str]:
    """Why, where those present have decided it; whoever writes may say it better."""
    moved = adjournment_owed(sitting)
    if moved is None:
        return {}
    return {"because": _("those present decided so, as %(name)s had moved") % {"name": moved.moved_by.name}}


def _page(
    request: HttpRequest,
    here: Here,
    sitting: Sitting,
    form: AdjournForm,
    reasons: list[Reason],
    *,
    status: int,
) -> HttpResponse:
    last = last_day_of(sitting.meeting, here.bylaws)
    context = {
        "meeting": sitting.meeting,
        "sitting": sitting,
        "form": form,
        "reasons": reasons,
        "status": status,
        "last": say_day(last) if last and here.bylaws.adjournment_days else "",
    }
    return render(request, "meetings/adjourning/adjourn.html", context, status=status)
