"""The desk of whoever leads a vote: what is missing, what comes next, and the way to every table of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.ballots.models import Ballot, Lot, Tally
from coop.ballots.office import RUNNING, obstacles_to_serving
from coop.ballots.printed import questions_of
from coop.ballots.rules.running import (
    obstacles_outside,
    obstacles_to_calling_off,
    obstacles_to_counting_up,
    obstacles_to_ending,
    obstacles_to_starting,
)
from coop.decisions import actions as decisions
from coop.elections import actions as elections
from coop.elections.rules.votes import obstacles_to_starting_paper
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import BecauseForm
from ..outcomes.at_hand import SHAPES, latched
from ..stories import Story
from ..timetable import say_day
from . import voting_paper
from .tables import tables_of

State = Ballot.State


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    when: str = ""


@require_safe
def office(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _desk(request, here, access.ballot_to_lead(here, key))


def _desk(
    request: HttpRequest, here: Here, found: Ballot, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    found = latched(here, found) if found.state == State.OPEN else found
    found.cooperative = found.register.cooperative = here.cooperative
    me = acting(here)
    asked = questions_of(found)
    tallied = found.state == State.COUNTED
    context = {
        "ballot": found,
        "shape": SHAPES.get(found.state, "draft"),
        "steps": _steps(here, found),
        "tables": [] if obstacles_to_serving(found, me) else tables_of(here, found),
        "questions": voting_paper.to_show(found, asked, QueryDict()),
        "withdrawn": voting_paper.withdrawn_from(asked),
        "refused": refused,
        "outside": not obstacles_outside(found, by=me, at=here.at),
        "missing": _missing(here, found),
        "lot": Lot.objects.select_related("witness_1", "witness_2").filter(ballot=found).first(),
        "again": tallied and Tally.objects.filter(question__ballot=found, outcome="second_round").exists(),
        "later": Ballot.objects.filter(parent=found).exclude(state=State.ANNULLED).first()
        if tallied
        else None,
        "sealed": found.is_secret and found.on_screens,
    }
    return render(request, "votes/vote_office/office.html", context, status=status)


def _missing(here: Here, found: Ballot) -> list[Reason]:
    """What stands in the way of the next step."""
    rule = {
        State.DRAFT: obstacles_to_starting,
        State.OPEN: obstacles_to_ending,
        State.CLOSED: obstacles_to_counting_up,
    }.get(State(found.state))
    early = obstacles_to_starting_paper(found, here.at) if found.state == State.DRAFT else []
    return early + rule(found, by=acting(here), at=here.at) if rule else []


def _steps(here: Here, found: Ballot) -> list[Step]:
    """Drawn up, open, closed, counted: where it stands."""
    ways = [
        (State.DRAFT, _("Drawn up"), None),
        (State.OPEN, _("Open"), found.opened_at),
        (State.CLOSED, _("Closed, to be counted"), found.closed_at),
        (State.COUNTED, _("Counted"), found.counted_at),
    ]
    if found.state == State.ANNULLED:
        return []
    place = [state for state, _words, _when in ways].index(State(found.state))
    return [
        Step(words, "done" if n < place else "now" if n == place else "next", _when(here, when))
        for n, (_state, words, when) in enumerate(ways)
    ]


def _when(here: Here, moment: Any) -> str:
    return say_day(here.cooperative.day_of(moment)) if moment else ""


# --- What is done here ----------------------------------------------------------------------------------------------


@require_POST
def start(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    try:
        elections.start(ballot=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _desk(request, here, access.ballot_to_lead(here, key), refused=refusal.reasons, status=409)
    messages.success(request, _("The vote is open."))
    return redirect("vote-office", coop, key)


@require_POST
def count(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    try:
        decisions.count_up(ballot=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _desk(request, here, access.ballot_to_lead(here, key), refused=refusal.reasons, status=409)
    return redirect("ballot-result", coop, key)


@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks for the reason; POST annuls."""
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            elections.call_off(
                ballot=found, because=form.cleaned_data["because"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Annulled. Its papers stay on record and count for nothing."))
            return redirect("vote-office", coop, key)
    status = 409 if reasons else 422 if form.errors else 200
    against = obstacles_to_calling_off(found, "-", by=acting(here), at=here.at)
    context = {"ballot": found, "form": form, "reasons": reasons, "against": against}
    return render(request, "votes/vote_office/annul.html", context, status=status)


def duties(here: Here) -> list[Story]:
    """Votes outside of a meeting that wait for whoever leads them: to be opened by a second person, or counted."""
    over = {where for power, where in here.powers.held if power in RUNNING}
    if not over:
        return []
    waiting = Ballot.objects.filter(
        cooperative=here.cooperative, needs_presence=False, state__in=[State.DRAFT, State.CLOSED]
    )
    if None not in over:
        waiting = waiting.filter(body__in=over)
    waiting = waiting.exclude(questions__options__member=acting(here))  # whoever stands keeps away from it
    found = waiting.select_related("body").order_by(F("closes_at").asc(nulls_last=True), "pk")
    return [_duty(here, ballot) for ballot in found]


def _duty(here: Here, ballot: Ballot) -> Story:
    own = ballot.state == State.DRAFT and ballot.drawn_up_by_id == acting(here).pk
    return Story(
        kicker=_("Vote to open") if ballot.state == State.DRAFT else _("Vote to count"),
        headline=ballot.title,
        address=reverse("vote-office", args=[here.cooperative.slug, ballot.pk]),
        word=_("waits for a second person") if own else ballot.get_state_display(),
        shape="waiting",
        meta=ballot.body.name,
    )
