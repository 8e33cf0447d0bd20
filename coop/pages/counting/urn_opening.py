"""The urn after the vote: opened and counted in one act, saved for a second table, its key destroyed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from coop.ballots import actions
from coop.ballots.rules.counting import obstacles_to_counting
from coop.ballots.rules.urn import obstacles_to_destroying
from coop.ballots.sealed.export import file_of
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.meetings.actions import settle_vote
from coop.refusals import Reason, Refused

from ..access import acting, enter
from ..entrance.guessed import waiting
from ..outcomes.at_hand import SHAPES, chairs, latched
from ..sheets import ChoiceByCaseField, Sheet, WordsField
from .urn_codes import AtTheUrn, CodesForm, at_the_urn

CHAIR = "casting-vote-needed"


class OpeningForm(CodesForm):
    chair = ChoiceByCaseField(
        label=gettext_lazy("At a tie the chair decides"),
        choices=[
            ("", gettext_lazy("no tie to decide")),
            ("for", gettext_lazy("for")),
            ("against", gettext_lazy("against")),
        ],
    )


class DestroyForm(Sheet):
    note = WordsField(
        label=gettext_lazy("Where, how, and before whom"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def open_urn(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = _after_the_vote(at_the_urn(here, key))
    if request.method == "GET":
        return _page(request, found)
    form = OpeningForm(request.POST, trustees=found.trustees, need=found.urn.need if found.urn else 0)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    may_decide = chairs(here, found.ballot)  # the word of anybody else is passed over
    try:
        decisions.open_urn(
            ballot=found.ballot,
            codes=form.codes,
            chair=form.cleaned_data["chair"] if may_decide else "",
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        wrong = refusal.reasons[0].code == "codes-do-not-open"
        if wrong:
            actions.note_wrong_codes(ballot=found.ballot, by=acting(here), at=here.at)
        asks = may_decide and any(reason.code == CHAIR for reason in refusal.reasons)
        answer = _page(request, found, refused=refusal.reasons, chair=asks, status=422 if wrong else 409)
        return waiting(answer, refusal)
    decision = Decision.objects.filter(ballot=found.ballot).first()
    if (
        decision is not None
    ):  # counted by the same codes; now it has its number, and does not wait for the clock
        settle_vote(decision=decision, by=acting(here).actor, at=here.at)
    messages.success(request, _("The urn is open and everything is counted."))
    return redirect("ballot-result", coop, key)


@require_safe
def export(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Envelopes, rules and pieces of the key: for a second table, on a machine that hangs on no network."""
    here = enter(request, coop)
    found = _after_the_vote(at_the_urn(here, key))
    if found.urn is None or found.urn.root is None:
        raise Http404
    answer = HttpResponse(file_of(found.ballot), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"urn-{found.ballot.pk}.json"
    )
    return answer


@require_http_methods(["GET", "POST"])
def destroy(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """In public, when nobody contests the vote any more."""
    here = enter(request, coop)
    found = _after_the_vote(at_the_urn(here, key))
    form = DestroyForm(request.POST) if request.method == "POST" else DestroyForm()
    refused: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.destroy_key(
                ballot=found.ballot, note=form.cleaned_data["note"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            refused = refusal.reasons
        else:
            messages.success(request, _("It is on record that codes and key are destroyed."))
            return redirect("urn-destroy", coop, key)
    obstacles = obstacles_to_destroying(found.ballot, found.urn, "said", by=acting(here), at=here.at)
    context = {
        "ballot": found.ballot,
        "urn": found.urn,
        "form": form,
        "refused": refused,
        "obstacles": [] if refused else obstacles,
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "counting/urns/destroy.html", context, status=status)


def _after_the_vote(found: AtTheUrn) -> AtTheUrn:
    """A vote whose hour is over is shut by whoever looks first; one that was never opened has nothing to open."""
    if found.ballot.state == found.ballot.State.DRAFT:
        raise Http404
    cooperative = found.ballot.cooperative
    found.ballot = latched(found.here, found.ballot)
    found.ballot.cooperative = cooperative
    return found


def _page(
    request: HttpRequest,
    found: AtTheUrn,
    *,
    form: OpeningForm | None = None,
    refused: list[Reason] | None = None,
    chair: bool = False,
    status: int = 200,
) -> HttpResponse:
    ballot, urn = found.ballot, found.urn
    if chair:
        refused = [reason for reason in refused or [] if reason.code == CHAIR]
    context: dict[str, Any] = {
        "ballot": ballot,
        "urn": urn,
        "shape": SHAPES[ballot.state],
        "trustees": found.trustees,
        "may_open": ballot.state == ballot.State.CLOSED and urn is not None,
        "form": form or OpeningForm(trustees=found.trustees, need=urn.need if urn else 0),
        "chair": chair or bool(form and form.data.get("chair")),
        "refused": refused,
        "lot": any(reason.code == "lot-needed" for reason in refused or []),
        "obstacles": [] if refused else _not_ready(found),
    }
    return render(request, "counting/urns/open.html", context, status=status)


def _not_ready(found: AtTheUrn) -> list[Reason]:
    """What else the count waits for: boxes and blocks that are not agreed yet."""
    if found.ballot.state != found.ballot.State.CLOSED:
        return []
    return [
        reason
        for reason in obstacles_to_counting(found.ballot)
        if reason.code not in ("urn-not-opened", "urn-holds-others")
    ]
