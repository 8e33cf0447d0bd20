"""What happens to a vote on its way: somebody steps back, it is closed, a lot is drawn, another round follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.boxes import Stage, boxes_of
from coop.ballots.models import Ballot, Option, Tally
from coop.ballots.rules.running import (
    obstacles_to_drawing_lot,
    obstacles_to_ending,
    obstacles_to_next_round,
    obstacles_to_withdrawing,
)
from coop.elections import actions as elections
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..fields import HourField
from ..outcomes.results import words_of
from ..people_found import PeopleForm, PersonField
from ..sheets import Sheet, WordsField

PASSED_OVER = (Option.BLANK, Option.KEEP)
NOBODY = Reason("nobody-to-withdraw")


class WithdrawForm(Sheet):
    option: forms.ModelChoiceField[Option] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who steps back"), empty_label=None, widget=forms.RadioSelect
    )
    because = WordsField(
        label=gettext_lazy("In their own words"),
        max_length=300,
        help_text=gettext_lazy("As it was said to you; whoever leads votes reads it."),
    )

    def __init__(self, *args: Any, ballot: Ballot, **more: Any) -> None:
        super().__init__(*args, **more)
        standing = Option.objects.filter(question__ballot=ballot, withdrawal=None)
        standing = standing.exclude(question__method="motion").exclude(code__in=PASSED_OVER)
        self.fields["option"].queryset = standing.select_related("question__ballot").order_by(  # type: ignore[attr-defined]
            "question__number", "number"
        )


class LotForm(PeopleForm):
    seed = WordsField(
        label=gettext_lazy("What fell"),
        max_length=200,
        help_text=gettext_lazy(
            "The dice, or the numbers out of the bowl, as they were read out: 4 2 6 6 1 3"
        ),
    )
    how = WordsField(
        label=gettext_lazy("How it was drawn"),
        max_length=300,
        help_text=gettext_lazy(
            "Where, with what, by whom: so that somebody who was not there can picture it."
        ),
    )
    witness_1 = PersonField(label=gettext_lazy("First witness"))
    witness_2 = PersonField(label=gettext_lazy("Second witness"), help_text="")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {name: self.member(name) for name in ("witness_1", "witness_2")}


class RoundForm(Sheet):
    title = WordsField(label=gettext_lazy("Title"), max_length=200)
    closes_at = HourField(
        label=gettext_lazy("Closes at"), help_text=gettext_lazy("On the clock of the plant.")
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks once, and says what is still open; POST closes for good, and answers the same until it is counted."""
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    against: list[Reason] = []
    if request.method == "POST":
        try:
            actions.end(ballot=found, by=acting(here), at=here.at)
        except Refused as refusal:
            against = refusal.reasons
        else:
            messages.success(request, _("The vote is closed. Nothing enters it any more."))
            return redirect("vote-office", coop, key)
    context = {
        "ballot": found,
        "reasons": against,
        "against": against or obstacles_to_ending(found, by=acting(here), at=here.at),
        "open_boxes": [box for box in boxes_of(found) if box.stage in (Stage.SEALED, Stage.VOTING)],
        "waiting": found.roll.filter(channel=None).count(),
    }
    return render(request, "votes/vote_office/end.html", context, status=409 if against else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    form = WithdrawForm(request.POST if request.method == "POST" else None, ballot=found)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.withdraw(**form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written down. The paper stays; the count passes the name over."))
            return redirect("vote-office", coop, key)
    first = form.fields["option"].queryset.first()  # type: ignore[attr-defined]
    against = obstacles_to_withdrawing(first, by=acting(here), at=here.at) if first else [NOBODY]
    return _sheet(request, found, form, reasons, "votes/vote_office/withdraw.html", against=against)


@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    form = LotForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.record_lot(
                ballot=found,
                seed=told["seed"],
                how=told["how"],
                witnesses=[told["witness_1"], told["witness_2"]],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The lot is on record; the count goes by it."))
            return redirect("vote-office", coop, key)
    alone = obstacles_to_drawing_lot(found, (), by=acting(here), at=here.at)
    against = [reason for reason in alone if reason.code != "lot-two-witnesses"]  # those are asked for below
    return _sheet(request, found, form, reasons, "votes/vote_office/lot.html", against=against)


@require_http_methods(["GET", "POST"])
def next_round(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    title = _("%(title)s, round %(round)s") % {"title": found.title[:180], "round": found.round + 1}
    form = RoundForm(request.POST if request.method == "POST" else None, initial={"title": title})
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = elections.next_round(ballot=found, **form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Drawn up. Somebody else reads it once more and opens it."))
            return redirect("vote-office", coop, made.pk)
    against = obstacles_to_next_round(found, None, by=acting(here), at=here.at)
    return _sheet(
        request,
        found,
        form,
        reasons,
        "votes/vote_office/next_round.html",
        counts=_counts(found),
        against=against,
    )


def _counts(found: Ballot) -> list[dict[str, Any]]:
    """The votes of the round before, option by option, where they were counted that way."""
    tallies = Tally.objects.filter(question__ballot=found).select_related("question")
    return [
        {
            "wording": tally.question.wording,
            "outcome": tally.get_outcome_display(),
            "votes": _votes(tally),
        }
        for tally in tallies.prefetch_related("lines__option").order_by("question__number")
    ]


def _votes(tally: Tally) -> list[tuple[str, int]]:
    votes: dict[str, int] = {}
    for line in tally.lines.all():
        if line.option.code not in PASSED_OVER:
            votes[words_of(line.option)] = votes.get(words_of(line.option), 0) + line.votes
    return sorted(votes.items(), key=lambda told: -told[1])


def _sheet(
    request: HttpRequest,
    found: Ballot,
    form: forms.Form,
    reasons: list[Reason],
    template: str,
    **more: Any,
) -> HttpResponse:
    status = 409 if reasons else 422 if form.errors else 200
    return render(
        request, template, {"ballot": found, "form": form, "reasons": reasons, **more}, status=status
    )
