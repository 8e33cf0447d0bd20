"""What comes after a decision, beside it: what it ended and what ended it, when it is looked at again, the minority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.charter.models import Bylaws
from coop.decisions import actions
from coop.decisions.afterwards import (
    One,
    ending_of,
    named,
    obstacles_to_reviewing,
    obstacles_to_stating,
    review_of,
    statements_beside,
    statements_until,
    was_put_in_force,
)
from coop.decisions.models import Decision, Ending, Review
from coop.members.models import Power
from coop.members.powers import obstacles_without
from coop.proposals.models import Amendment
from coop.refusals import Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..outcomes.decided import Decided, decided
from ..sheets import DayField, Sheet, WordsField

LONGEST = 1_000


@dataclass(frozen=True)
class Told:
    """An amendment to the text, and the votes on it, each in a line."""

    amendment: Amendment
    votes: list[Decided]


def beside(here: Here, one: One) -> dict[str, Any]:
    """For the page of a decision made here, or of one copied from the book."""
    made = one if isinstance(one, Decision) else None
    ended = ending_of(one)
    lives = was_put_in_force(one) and ended is None
    return {
        "ended": ended,
        "lives": lives,
        "ends": _ends(made) if made else [],
        "review": review_of(one),
        "reviews": lives and here.may(Power.CONVENE, one.body),
        "amendments": _amendments(made) if made else [],
        "statements": statements_beside([made]) if made and made.number else [],
        **(_minority(here, made) if made and made.number else {}),
    }


def _ends(made: Decision) -> list[Ending]:
    """What it has ended; while it is voted, what it would end."""
    if made.amendment_id is not None:
        return []
    found = named(made.proposal)
    if made.outcome == Decision.Outcome.PENDING:
        return list(found)
    return list(found.filter(through=made))


def _amendments(made: Decision) -> list[Told]:
    """Every amendment to its text, voted or not, with its votes: three questions."""
    if made.amendment_id is not None:
        return []
    asked = Amendment.objects.select_related("amends", "proposal").filter(proposal=made.proposal_id)
    found = list(asked.order_by("number", "pk"))
    if not found:
        return []
    votes = Decision.objects.select_related("body").filter(
        proposal=made.proposal_id, amendment__isnull=False, number__isnull=False
    )
    by: dict[int, list[Decided]] = {}
    for one in decided(votes.order_by("number")):
        by.setdefault(one.decision.amendment_id or 0, []).append(one)
    return [Told(one, by.get(one.pk, [])) for one in found]


def _minority(here: Here, made: Decision) -> dict[str, Any]:
    assert made.decided_at is not None  # it has a number
    day = here.cooperative.day_of(made.decided_at)
    until = statements_until(made, Bylaws.in_force(here.cooperative, day))
    open_still = until is not None and here.at < until
    may = open_still and not obstacles_to_stating(made, "—", by=acting(here), at=here.at)
    return {"statements_until": until, "may_state": may}


# --- Looked at again -------------------------------------------------------------------------------------------------


class ReviewForm(Sheet):
    found = WordsField(
        label=gettext_lazy("What was found"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "When it has been looked at: whether it holds, and what is to be done. Everybody reads it."
        ),
    )
    due_on = DayField(
        label=gettext_lazy("On which day it is looked at (again)"),
        required=False,
        help_text=gettext_lazy("Without a day it is not looked at any more."),
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _review(request, here, access.decision(here, key), back="decision")


@require_http_methods(["GET", "POST"])
def review_old(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The same for a decision that was copied from the book."""
    here = enter(request, coop)
    return _review(request, here, access.carried_decision(here, key), back="old-decision")


def _review(request: HttpRequest, here: Here, one: One, *, back: str) -> HttpResponse:
    me = acting(here)
    refuse_if(obstacles_without(Power.CONVENE, by=me, at=here.at, body=one.body))
    last: Review | None = review_of(one)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"decision": one, "form": form, "last": last, "back": back}
    if request.method == "GET":
        context["obstacles"] = obstacles_to_reviewing(one, due_on=None, found="—", by=me, at=here.at)
        return render(request, "decisions/after_the_decision/review.html", context)
    if not form.is_valid():
        return render(request, "decisions/after_the_decision/review.html", context, status=422)
    try:
        actions.review(decision=one, **form.cleaned_data, by=me, at=here.at)
    except Refused as refusal:
        return render(
            request,
            "decisions/after_the_decision/review.html",
            context | {"refused": refusal.reasons},
            status=409,
        )
    messages.success(request, _("It is written down."))
    return redirect(back, here.cooperative.slug, one.pk)


# --- The minority ----------------------------------------------------------------------------------------------------


class StatementForm(Sheet):
    text = WordsField(
        label=gettext_lazy("What you say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Short: at most 1,000 letters. It stands beside the decision, with your name."
        ),
        error_messages={"required": gettext_lazy("Write what you say.")},
    )


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.decision(here, key), acting(here)
    form = StatementForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"decision": found, "form": form}
    if request.method == "GET":
        context["obstacles"] = obstacles_to_stating(found, "—", by=me, at=here.at)
        return render(request, "decisions/after_the_decision/state.html", context)
    if not form.is_valid():
        return render(request, "decisions/after_the_decision/state.html", context, status=422)
    try:
        actions.state_minority(decision=found, text=form.cleaned_data["text"], by=me, at=here.at)
    except Refused as refusal:
        return render(
            request,
            "decisions/after_the_decision/state.html",
            context | {"refused": refusal.reasons},
            status=409,
        )
    messages.success(request, _("Your statement stands beside the decision."))
    return redirect("decision", coop, key)
