"""What the commission does with a whole election: posts the list, makes it final, proclaims, annuls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.ballots.models import Ballot
from coop.elections import actions
from coop.elections.models import Contest, Election
from coop.elections.rules.commission import obstacles_to_making_final, obstacles_to_the_elections_work
from coop.elections.rules.proclaiming import (
    obstacles_to_drawing_again,
    obstacles_to_proclaiming,
    papers_to_draw_again,
)
from coop.elections.winners import outcome_of, seated
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import BecauseForm
from ..recalls.voted import CallForm
from .elections import show

State = Election.State


def commission(request: HttpRequest, coop: str, key: int) -> tuple[Here, Election]:
    here = enter(request, coop)
    found = access.election(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    return here, found


@require_POST
def post(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    try:
        actions.post_candidates(election=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, here, found, reasons=refusal.reasons)
    messages.success(
        request, _("Posted. Hang up the sheet; whoever objects says so on the page of the candidate.")
    )
    return redirect("election", coop, key)


# --- The final list -------------------------------------------------------------------------------------------------


def _secrecies() -> list[tuple[str, str]]:
    return [(code, capfirst(str(words))) for code, words in Ballot.Secrecy.choices]


class FinalForm(CallForm):
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Open or secret"),
        choices=_secrecies,
        widget=forms.RadioSelect,
        initial=Ballot.Secrecy.SECRET,
        help_text=gettext_lazy("Elections are secret unless the bylaws let them be open."),
    )


class AgainForm(FinalForm):
    register = None  # type: ignore[assignment]  # it stays the one of the final list


@require_http_methods(["GET", "POST"])
def final(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Draws up the papers; each is opened by a second person on the day of the vote."""
    here, found = commission(request, coop, key)
    form = FinalForm(
        request.POST if request.method == "POST" else None,
        here=here,
        last_day=found.vote_on,
        closed_since=here.cooperative.day_of(found.called_at),
    )
    reasons: list[Reason] = []
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.make_final(
                election=found,
                register=form.drawn(),
                channels=told["channels"],
                secrecy=told["secrecy"],
                closes_at=told["closes_at"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _final_said(len(made)))
            return redirect("election", coop, key)
    against = [] if reasons else obstacles_to_making_final(found, by=acting(here), at=here.at)
    context = {"election": found, "form": form, "reasons": reasons, "against": against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/final.html", context, status=status)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The papers whose votes were annulled, with the same candidates and the same register."""
    here, found = commission(request, coop, key)
    form = AgainForm(request.POST if request.method == "POST" else None, here=here, last_day=found.vote_on)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.draw_again(election=found, **form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _final_said(len(made)))
            return redirect("election", coop, key)
    context = {
        "election": found,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else obstacles_to_drawing_again(found, by=acting(here), at=here.at),
        "papers": papers_to_draw_again(found),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/again.html", context, status=status)


def _final_said(papers: int) -> str:
    told = {"many": papers}
    return (
        ngettext(
            "Final. %(many)s vote is drawn up; on its day a second person of the commission opens it.",
            "Final. %(many)s votes are drawn up; on their day a second person of the commission opens them.",
            papers,
        )
        % told
    )


# --- Proclaiming ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """Who would be proclaimed: seat, person, whether as an alternate; and for how many seats nobody was found."""

    contest: Contest
    seated: list[tuple[Any, Any, bool]]
    empty: int


@require_http_methods(["GET", "POST"])
def proclaim(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows who would be proclaimed."""
    here, found = commission(request, coop, key)
    reasons: list[Reason] = []
    if request.method == "POST":
        try:
            actions.proclaim(election=found, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proclaimed. The mandates begin on their day by themselves."))
            return redirect("election", coop, key)
    against = reasons or obstacles_to_proclaiming(found, by=acting(here), at=here.at)
    context = {
        "election": found,
        "reasons": reasons,
        "against": [] if reasons else against,
        "outcomes": [] if against else _outcomes(found),
    }
    return render(request, "elections/proclaim.html", context, status=409 if reasons else 200)


def _outcomes(found: Election) -> list[Outcome]:
    """A few questions for each contest: of one election there are a dozen."""
    made = []
    for contest in found.contests.select_related("office__body", "question__tally"):
        contest.election = found
        told = seated(contest, outcome_of(contest))
        full = contest.seats.filter(seat__alternate=False).count()
        made.append(Outcome(contest, told, full - sum(not alternate for _seat, _member, alternate in told)))
    return made


# --- Annulling ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.annul_election(
                election=found, because=form.cleaned_data["because"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Annulled, with its papers. Whoever holds an office stays."))
            return redirect("election", coop, key)
    against = obstacles_to_the_elections_work(found, by=acting(here), at=here.at)
    if found.state in (State.PROCLAIMED, State.ANNULLED):
        against.append(Reason("election-not-there", {"election": found.state}))
    context = {"election": found, "form": form, "reasons": reasons, "against": [] if reasons else against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/annul.html", context, status=status)
