"""That an amendment fell is challenged by whoever votes on the budget, and answered by whoever keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.budget import actions
from coop.budget.models import Amendment
from coop.budget.rules.amendments import obstacles_to_challenging
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField
from .told import Round, told_fall

RIGHT, WRONG = "right", "wrong"


class ChallengeSheet(Sheet):
    because = WordsField(
        label=gettext_lazy("Why it has not fallen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads it beside the amendment, with your name."),
    )


class AnswerSheet(Sheet):
    ruling = forms.ChoiceField(
        label=gettext_lazy("What the commission says"),
        choices=[
            (WRONG, gettext_lazy("It fell as the rules say")),
            (RIGHT, gettext_lazy("It was challenged with reason")),
        ],
        widget=forms.RadioSelect,
    )
    answer = WordsField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads it. The meeting may vote on the amendment either way."),
    )


@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.budget_amendment(here, key)

    def act(because: str) -> None:
        actions.challenge_fall(amendment=found, because=because, by=acting(here), at=here.at)

    against = against_challenging(here, found)
    done = _("It stands beside the amendment. The commission answers.")
    return _answer(request, here, found, ChallengeSheet, act, done, against=against)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """`key`: of the challenge. For whoever keeps the budget."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_BUDGET):
        raise Http404
    asked = access.budget_challenge(here, key)

    def act(ruling: str, answer: str) -> None:
        actions.answer_challenge(
            challenge=asked, is_right=ruling == RIGHT, answer=answer, by=acting(here), at=here.at
        )

    done = _("The answer stands beside the amendment.")
    against = [Reason("budget-challenge-answered")] if asked.answered_at is not None else []
    return _answer(request, here, asked.amendment, AnswerSheet, act, done, against=against, asked=asked)


def against_challenging(here: Here, found: Amendment) -> list[Reason]:
    return obstacles_to_challenging(found, because="?", by=acting(here), at=here.at, bylaws=here.bylaws)


def why_not_now(found: Amendment, round_: Round) -> str:
    """As things are now, why one that fell cannot be voted all the same; empty when it can."""
    if found.state != Amendment.State.FALLEN:
        return ""
    fall = round_.table.fall_if_wanted(found.pk)
    return told_fall(fall, round_) if fall is not None else ""


def _answer(
    request: HttpRequest,
    here: Here,
    found: Amendment,
    kind: type[Sheet],
    act: Callable[..., None],
    done: str,
    **context: Any,
) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, done)
            return redirect("budget-amendment", here.cooperative.slug, found.pk)
    context |= {
        "amendment": found,
        "form": form,
        "reasons": reasons,
        "now": why_not_now(found, Round(found.year)),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "budget/budget_round/challenge.html", context, status=status)
