"""Secret votes in a meeting: asked for by those in the hall, and made ready by whoever leads it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.models import AgendaItem
from coop.meetings.rules.sittings import present_voters
from coop.meetings.secrecy import demands_needed
from coop.meetings.voting_rules import obstacles_to_preparing_vote
from coop.meetings.ways import Way
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet
from .floor import led

WITH_A_KEY = [way for way in Way if way.needs_a_key]


class PrepareForm(Sheet):
    way = forms.ChoiceField(
        label=gettext_lazy("How will it be voted?"),
        choices=[(way.value, way.label) for way in WITH_A_KEY],
        initial=Way.SECRET_SCREENS,
        widget=forms.RadioSelect,
    )


@require_POST
def demand(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Somebody in the hall asks that an item be voted in secret. A second tap changes nothing."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    try:
        asking = actions.demand_secrecy(item=item, by=acting(here), at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"secrecy-demanded-already"}:
            raise
    else:
        messages.success(request, _told(item, here, asking))
    return redirect("meeting", coop, key)


def _told(item: AgendaItem, here: Here, asking: int) -> str:
    present = present_voters(item.meeting)
    needed = demands_needed(present, here.bylaws.secret_ballot_demand_percent)
    words = ngettext(
        "You have asked for a secret vote; %(asking)s of %(present)s present asks for it, %(needed)s are needed.",
        "You have asked for a secret vote; %(asking)s of %(present)s present ask for it, %(needed)s are needed.",
        asking,
    )
    return words % {"asking": asking, "present": present, "needed": needed}


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """A secret vote on screens is drawn up before it is called, so that its key can be made and tried."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    form = PrepareForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        reasons = obstacles_to_preparing_vote(item, Way.SECRET_SCREENS, by=acting(here), at=here.at)
        return _sheet(request, item, form, reasons, status=200)
    if not form.is_valid():
        return _sheet(request, item, form, [], status=422)
    try:
        actions.prepare_vote(item=item, way=Way(form.cleaned_data["way"]), by=acting(here), at=here.at)
    except Refused as refusal:
        return _sheet(request, item, form, refusal.reasons, status=409)
    messages.success(request, _("The vote is drawn up. Now its key is made and tried."))
    return redirect("vote-open", coop, key, place)


def _sheet(
    request: HttpRequest, item: AgendaItem, form: PrepareForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    context = {"item": item, "meeting": item.meeting, "form": form, "reasons": reasons, "status": status}
    return render(request, "meetings/records/prepare_vote.html", context, status=status)


@require_POST
def give_up(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """What was made ready is not wanted."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    actions.give_up_vote(item=item, by=acting(here), at=here.at)
    messages.success(request, _("What was made ready is given up; the item waits for its vote."))
    return redirect("vote-open", coop, key, place)
