"""A proposal that its mover gave up is taken over; one that does not belong before the assembly is refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.members.models import Power
from coop.members.powers import obstacles_without
from coop.proposals import actions
from coop.proposals.models import Proposal
from coop.proposals.rules import assembly_of, obstacles_to_refusing, obstacles_to_taking_over
from coop.refusals import Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from .amendments_ended import Because
from .brought_back import comes_after, may_return

State = Proposal.State


def beside(here: Here, found: Proposal) -> dict[str, Any]:
    """What the page of a proposal shows of this: each question is asked only where it can have an answer."""
    given_up = found.state == State.WITHDRAWN and found.published_at is not None
    waits = found.state in (State.OPEN, State.ADMITTED)
    returns = may_return(here, found)
    return {
        "to_take_over": _to_take_over(here, found) if given_up else None,
        "refuses": waits
        and here.may(Power.CONVENE)
        and here.may(Power.CONVENE, assembly_of(found.cooperative_id)),
        "returns": returns,
        "came_back": comes_after(found) if returns else [],
    }


def _to_take_over(here: Here, found: Proposal) -> list[Any]:
    return obstacles_to_taking_over(found, by=acting(here), at=here.at, bylaws=here.bylaws)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.proposal(here, key)
    if request.method == "GET":
        context = {"proposal": found, "obstacles": _to_take_over(here, found)}
        return render(request, "proposals/life_of_proposals/take_over.html", context)
    try:
        actions.take_over(proposal=found, by=acting(here), at=here.at)
    except Refused as refusal:
        context = {"proposal": access.proposal(here, key), "obstacles": refusal.reasons, "refused": True}
        return render(request, "proposals/life_of_proposals/take_over.html", context, status=409)
    messages.success(request, _("You speak for it from now on."))
    return redirect("proposal", coop, key)


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.proposal(here, key), acting(here)
    body = assembly_of(here.cooperative.pk)
    refuse_if(obstacles_without(Power.CONVENE, by=me, at=here.at, body=body))
    context: dict[str, Any] = {"proposal": found, "months": here.bylaws.rejected_returns_months}
    if request.method == "GET":
        context |= {"form": Because(), "obstacles": obstacles_to_refusing(found, "—", by=me, at=here.at)}
        return render(request, "proposals/life_of_proposals/refuse.html", context)
    form = context["form"] = Because(request.POST)
    if not form.is_valid():
        return render(request, "proposals/life_of_proposals/refuse.html", context, status=422)
    try:
        actions.refuse_admission(proposal=found, because=form.cleaned_data["because"], by=me, at=here.at)
    except Refused as refusal:
        return render(
            request,
            "proposals/life_of_proposals/refuse.html",
            context | {"refused": refusal.reasons},
            status=409,
        )
    messages.success(request, _("It is refused; the reason stands beside it and is read by everybody."))
    return redirect("proposal", coop, key)
