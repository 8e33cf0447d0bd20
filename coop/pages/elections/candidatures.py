"""Somebody who stands: what they say, who signs, what is objected; signing, stepping back and objecting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.elections import actions
from coop.elections.choices import chooses_if_elected
from coop.elections.models import Candidature, Election, Objection
from coop.elections.rules.candidatures import (
    obstacles_in_days,
    obstacles_to_stepping_back,
    obstacles_to_supporting,
)
from coop.elections.rules.commission import (
    obstacles_to_admitting,
    obstacles_to_deciding,
    obstacles_to_objecting,
)
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..sheets import Sheet, WordsField
from .told import STANDS, Places

Standing = Candidature.State
SIGNED = 50  # names on a page


class ObjectionForm(Sheet):
    text = WordsField(
        label=gettext_lazy("Why this person may not stand"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Name the rule. Everybody reads it, with your name and with what is decided."),
    )


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.candidature(here, key))


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A second tap changes nothing."""
    here = enter(request, coop)
    found = access.candidature(here, key)
    try:
        actions.support_candidature(candidature=found, by=acting(here), at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"signed-already"}:
            return show(request, here, found, reasons=refusal.reasons)
    else:
        messages.success(request, _("You have signed for %(name)s.") % {"name": found.member.name})
    return redirect("candidature", coop, key)


@require_http_methods(["GET", "POST"])
def step_back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks once."""
    here = enter(request, coop)
    found = access.candidature(here, key)
    if found.member_id != acting(here).pk:
        raise Http404
    reasons: list[Reason] = []
    if request.method == "POST":
        try:
            actions.step_back(candidature=found, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("You do not stand any more."))
            return redirect("candidature", coop, key)
    against = [] if reasons else obstacles_to_stepping_back(found, by=acting(here))
    context = {"found": found, "reasons": reasons, "against": against}
    return render(request, "elections/candidatures/step_back.html", context, status=409 if reasons else 200)


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.candidature(here, key)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.object_to(candidature=found, text=form.cleaned_data["text"], by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("It stands there for everybody. The commission decides it with reasons.")
            )
            return redirect("candidature", coop, key)
    against = [] if reasons else obstacles_to_objecting(found, "-", by=acting(here), at=here.at)
    context = {"found": found, "form": form, "reasons": reasons, "against": against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/candidatures/object.html", context, status=status)


# --- The page of one ------------------------------------------------------------------------------------------------


def show(
    request: HttpRequest, here: Here, found: Candidature, *, reasons: list[Reason] | None = None
) -> HttpResponse:
    me, election = acting(here), found.contest.election
    mine = me.pk == found.member_id
    lines = found.signatures.select_related("member").order_by("member__number")
    against = obstacles_to_supporting(found, by=me, at=here.at)
    signed_it = any(one.code == "signed-already" for one in against)
    commission = here.may(Power.RUN_ELECTIONS)
    undecided = found.state in (Standing.NOMINATED, Standing.ACCEPTED)
    look = Look(request)
    shown = page_of(request, look.among(lines, "{member__name} {member__number}"), SIGNED)
    signed = lines.count() if look.words else shown.paginator.count
    context: dict[str, Any] = {
        "found": found,
        "election": election,
        "electors": Places(here).say(found.contest),
        "shape": STANDS[Standing(found.state)],
        "signed": signed,
        "missing": max(0, found.contest.signatures - signed),
        "look": look,
        "signatures": shown,
        "signed_it": signed_it,
        "collects": undecided and not obstacles_in_days(election, here.day),
        "may_sign": not against,
        "against_signing": [] if signed_it else against,
        "mine": mine,
        "chooses": [
            one.seat.office.title
            for one in chooses_if_elected(found.contest, found.member, at=here.at, bylaws=here.bylaws)
        ]
        if election.state not in (Election.State.PROCLAIMED, Election.State.ANNULLED)
        else [],
        "may_accept": mine and found.state == Standing.NOMINATED,
        "may_step_back": mine and not obstacles_to_stepping_back(found, by=me),
        "objections": list(found.objections.select_related("member", "decided_by")),
        "heard": found.state == Standing.ADMITTED
        and election.state == Election.State.OBJECTIONS
        and here.day <= election.objections_until,
        "commission": commission,
        "decides": commission and undecided and election.state == Election.State.CANDIDATURES,
        "open": Objection.Verdict.OPEN,
        "reasons": reasons or [],
    }
    if context["decides"]:
        context["keeps_away"] = obstacles_to_deciding(found, by=me, at=here.at)
        context["against_admitting"] = obstacles_to_admitting(found, by=me, at=here.at)
    return render(request, "elections/candidatures/candidature.html", context, status=409 if reasons else 200)
