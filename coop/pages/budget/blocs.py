"""Amendments of a budget that are voted in one question: put together by whoever chairs, taken out by anybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.meetings import actions
from coop.refusals import Refused

from .. import access
from ..access import acting, enter
from .vote import chaired, laid, page_of

MOST = 2_000  # boxes of one form; the page offers what waits


@require_POST
def form(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    chaired(here, year)
    ticked = {
        int(one) for one in request.POST.getlist("together")[:MOST] if one.isdecimal() and len(one) < 16
    }
    parts = list(year.amendments.filter(pk__in=ticked, number__isnull=False).order_by("number"))
    try:
        actions.vote_in_bloc(year=year, parts=parts, by=acting(here), at=here.at)
    except Refused as refusal:
        return page_of(request, here, year, refused=refusal.reasons, ticked=ticked)
    messages.success(request, _("They are voted in one question, when it is the turn of the first."))
    return redirect("budget-vote", coop, key)


@require_POST
def leave(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    laid(found.year)
    try:
        actions.vote_singly(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page_of(request, here, found.year, refused=refusal.reasons)
    messages.success(request, _("%(label)s will be voted by itself.") % {"label": found.label})
    return redirect("budget-vote", coop, found.year_id)
