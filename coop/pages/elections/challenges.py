"""Challenges of what was proclaimed: made, read, decided by the commission, and by the assembly in the end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.elections import actions
from coop.elections.box_again import UPHELD
from coop.elections.models import Challenge
from coop.elections.rules.challenges import (
    may_appeal,
    obstacles_to_appealing_challenge,
    obstacles_to_challenging,
    obstacles_to_deciding_challenge,
    obstacles_to_settling_challenge,
)
from coop.meetings import actions as meetings
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..sheets import Sheet
from ..timetable import say_day
from .challenge_sheets import AppealForm, ChallengeForm, SettleForm, VerdictForm
from .challenges_told import by_its_day, of_what, shape_of, word_of

State = Challenge.State


@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who may not reads why, and has no form."""
    here = enter(request, coop)
    election = access.election(here, key)
    form = ChallengeForm(request.POST if request.method == "POST" else None, election=election)
    reasons: list[Reason] = []
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.challenge(
                election=election,
                contest=form.contests.get(told["contest"]),
                box=form.boxes.get(told["contest"]),
                text=told["text"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request,
                _("The commission decides by %(day)s. You read it here.")
                % {"day": say_day(made.decide_until)},
            )
            return redirect("challenge", coop, made.pk)
    against = [] if reasons else obstacles_to_challenging(election, None, "-", by=acting(here), at=here.at)
    context = {"election": election, "form": form, "reasons": reasons, "against": against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/challenges/challenge.html", context, status=status)


# --- The page of one ------------------------------------------------------------------------------------------------


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.challenge(here, key))


def show(
    request: HttpRequest,
    here: Here,
    found: Challenge,
    *,
    form: Sheet | None = None,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    """`form`: the one that was sent and came back, with what was typed."""
    me, state = acting(here), State(found.state)
    commission = here.may(Power.RUN_ELECTIONS)
    decides = commission and state == State.OPEN
    settles = commission and state == State.APPEALED
    appeals = state in (State.DISMISSED, State.UPHELD) and may_appeal(found, me)
    context: dict[str, Any] = {
        "found": found,
        "what": of_what(found),
        "shape": shape_of(here, found),
        "word": word_of(here, found),
        "by_day": by_its_day(here, found),
        "against": [],
        "reasons": reasons or [],
        "box_again": commission and found.box_id is not None and state in UPHELD,
        "typed": _typed(form) if reasons and form is not None else {},
    }
    if decides:
        context["against"] = obstacles_to_deciding_challenge(found, "-", by=me, at=here.at)
        context["decide"] = form or VerdictForm()
    elif settles:
        context["against"] = obstacles_to_settling_challenge(found, by=me, at=here.at)
        context["settle"] = form or SettleForm(here=here, found=found)
    elif appeals:
        context["against"] = obstacles_to_appealing_challenge(found, "-", by=me, at=here.at)
        context["appeal"] = form or AppealForm()
    status = 409 if reasons else 422 if form is not None and form.errors else 200
    return render(request, "elections/challenges/page.html", context, status=status)


def _typed(form: Sheet) -> dict[str, str]:
    """What was written and refused, in words: the form itself may have gone with the state it belonged to."""
    words = ("reasons", "appeal")
    return {
        str(form.fields[name].label): form.cleaned_data[name] for name in words if name in form.cleaned_data
    }


def commission_of(request: HttpRequest, coop: str, key: int) -> tuple[Here, Challenge]:
    here = enter(request, coop)
    found = access.challenge(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    return here, found


@require_POST
def decide(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission_of(request, coop, key)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return show(request, here, found, form=form)
    told = form.cleaned_data
    try:
        done = actions.decide_challenge(
            challenge=found,
            upheld=told["upheld"] == "yes",
            reasons=told["reasons"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return show(request, here, found, form=form, reasons=refusal.reasons)
    upheld = done.state == State.UPHELD
    if upheld and done.box_id is not None:
        messages.success(
            request, _("Upheld. Nobody holds a seat by it any more; call the vote of that box again.")
        )
        return redirect("challenge", coop, key)
    messages.success(
        request,
        _("Upheld. Nobody holds a seat by it any more; call the repetition.")
        if upheld
        else _("Dismissed. Whoever challenged may go before the assembly."),
    )
    return redirect("challenge", coop, key)


@require_POST
def appeal(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.challenge(here, key)
    if acting(here).pk != found.member_id and not may_appeal(found, acting(here)):
        raise Http404
    form = AppealForm(request.POST)
    if not form.is_valid():
        return show(request, here, found, form=form)
    try:
        meetings.appeal_to_assembly(
            challenge=found, text=form.cleaned_data["appeal"], by=acting(here), at=here.at
        )
    except Refused as refusal:
        return show(request, here, found, form=form, reasons=refusal.reasons)
    messages.success(request, _("It stands on the agenda of the next assembly."))
    return redirect("challenge", coop, key)


@require_POST
def settle(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission_of(request, coop, key)
    if found.appealed_at is None:
        reasons = obstacles_to_settling_challenge(found, by=acting(here), at=here.at)
        return show(request, here, found, reasons=reasons)
    form = SettleForm(request.POST, here=here, found=found)
    if not form.is_valid():
        return show(request, here, found, form=form)
    told = form.cleaned_data
    try:
        meetings.settle_appeal(
            challenge=found,
            decision=form.decisions[told["decision"]],
            upheld=told["for_it"] == "yes",
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return show(request, here, found, form=form, reasons=refusal.reasons)
    messages.success(request, _("Written down, as the assembly decided."))
    return redirect("challenge", coop, key)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The challenge and what was decided, for the board."""
    here = enter(request, coop)
    found = access.challenge(here, key)
    rows = [[_("Why"), found.text]]
    rows.append([_("State"), capfirst(word_of(here, found))])
    if found.reasons:
        rows.append([_("The commission"), found.reasons])
    if found.appeal:
        rows.append([_("The appeal"), found.appeal])
    if found.decision:
        rows.append([_("The assembly"), found.decision])
    told = {"name": found.member.name, "day": say_day(here.cooperative.day_of(found.made_at))}
    sheet = {
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "title": _("Challenge of an election"),
        "under": f"{found.label} · {of_what(found)}"[:160],
        "notes": [_("Challenged by %(name)s on %(day)s.") % told, by_its_day(here, found)],
        "columns": [{"words": "", "width": "auto"}, {"words": "", "width": "wide"}],
        "rows": rows,
        "foot": f"{found.label} · {here.cooperative.legal_name}",
    }
    return to_print(
        "list", sheet, name="_".join([_("Challenge"), found.label.replace(" ", "_").replace("/", "-")])
    )
