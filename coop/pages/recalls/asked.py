"""The sheet on which an elector asks for a recall, and the one on which the holder answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections import actions
from coop.elections.constituencies import constituency_of, electors
from coop.elections.models import Petition
from coop.elections.rules.recalls import (
    LONGEST,
    obstacles_to_answering,
    obstacles_to_filing,
    signatures_needed,
)
from coop.elections.wording import title_of
from coop.members.models import Mandate
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField


class AskForm(Sheet):
    reasons = WordsField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Everybody reads it, with your name. It stands on the sheets and on the paper of the vote."
        ),
    )


class AnswerForm(Sheet):
    text = WordsField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "It is printed with the reasons. Until the vote is drawn up you may write it anew."
        ),
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who may not ask reads why, and has no form."""
    here = enter(request, coop)
    mandate = access.mandate(here, key)
    form = AskForm(request.POST if request.method == "POST" else None)
    against = obstacles_to_filing(mandate, "-", by=acting(here), at=here.at, bylaws=here.bylaws)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.file_petition(
                mandate=mandate, reasons=form.cleaned_data["reasons"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            return _filed(request, here, made)
    status = 409 if reasons else 422 if form.errors else 200
    context = {
        "mandate": mandate,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "closed": bool(against),
        "running": Petition.objects.filter(mandate=mandate, state__in=Petition.PENDING).first(),
        **_numbers(here, mandate),
    }
    return render(request, "recalls/ask.html", context, status=status)


def _filed(request: HttpRequest, here: Here, made: Petition) -> HttpResponse:
    if made.joined_to is not None:
        told = {"label": made.joined_to.label}
        messages.success(
            request,
            _(
                "A recall is being asked for already: %(label)s. Your reasons stand there now, beside the others."
            )
            % told,
        )
        return redirect("recall", here.cooperative.slug, made.joined_to_id)
    messages.success(
        request, _("Begun, with your own signature. Show the others this page, or print a sheet.")
    )
    return redirect("recall", here.cooperative.slug, made.pk)


def _numbers(here: Here, mandate: Mandate) -> dict[str, Any]:
    """How many sign and how long, by the bylaws of today."""
    people = electors(here.cooperative, constituency_of(mandate.seat), here.day, here.bylaws).count()
    return {
        "electors": people,
        "needed": signatures_needed(people, here.bylaws.recall_petition_percent),
        "bylaws": here.bylaws,
    }


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.petition(here, key)
    if acting(here).pk != found.mandate.member_id:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"text": found.answer})
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.answer(petition=found, text=form.cleaned_data["text"], by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Your answer stands beside the reasons."))
            return redirect("recall", coop, key)
    context = {
        "found": found,
        "title": title_of(found),
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else obstacles_to_answering(found, "-", by=acting(here)),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "recalls/answer.html", context, status=status)
