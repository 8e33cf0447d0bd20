"""The commission's work on candidates: sheets of signatures, admitting, refusing, deciding objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.elections import actions
from coop.elections.models import Candidature, Objection, PetitionSignature
from coop.elections.rules.commission import (
    obstacles_to_deciding,
    obstacles_to_entering_signatures,
    obstacles_to_ruling,
)
from coop.elections.signatures import judged_for
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..recalls.office import NumbersForm
from ..sheets import Sheet, WordsField
from .candidatures import show

Verdict = PetitionSignature.Verdict


class RefuseForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Name the rule. Everybody reads it."),
    )


class RulingForm(Sheet):
    upheld = forms.ChoiceField(
        label=gettext_lazy("What is decided"),
        choices=[
            ("yes", gettext_lazy("It is upheld: off the list")),
            ("no", gettext_lazy("It is dismissed: stays on the list")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = WordsField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Name the rule. Everybody reads it."),
    )


def commission(request: HttpRequest, coop: str, key: int) -> tuple[Here, Candidature]:
    here = enter(request, coop)
    found = access.candidature(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    return here, found


@require_http_methods(["GET", "POST"])
def enter_sheet(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The first button only looks: what each line is worth is shown before anything is entered."""
    here, found = commission(request, coop, key)
    form = NumbersForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    looked: list[dict[str, Any]] = []
    against = obstacles_to_entering_signatures(found, by=acting(here), at=here.at)
    if form.is_valid():
        numbers = form.cleaned_data["numbers"]
        if "look" in request.POST:
            looked = _looked_at(judged_for(found, numbers, here.at))
        else:
            try:
                lines = actions.enter_signatures(
                    candidature=found, numbers=numbers, by=acting(here), at=here.at
                )
            except Refused as refusal:
                reasons = refusal.reasons
            else:
                counts = sum(one["counts"] for one in _looked_at(lines))
                told = {"lines": len(lines), "counts": counts}
                messages.success(
                    request,
                    ngettext(
                        "%(lines)s line entered, of which %(counts)s counts.",
                        "%(lines)s lines entered, of which %(counts)s count.",
                        len(lines),
                    )
                    % told,
                )
                return redirect("candidature", coop, key)
    context = {
        "found": found,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "looked": looked,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/candidatures/enter.html", context, status=status)


def _looked_at(lines: list[tuple[int, Any, str]]) -> list[dict[str, Any]]:
    labels = dict(Verdict.choices)
    return [
        {"number": number, "member": member, "worth": labels[verdict], "counts": verdict == Verdict.COUNTS}
        for number, member, verdict in lines
    ]


@require_POST
def admit(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    try:
        actions.admit_candidature(candidature=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, here, found, reasons=refusal.reasons)
    messages.success(request, _("%(name)s is on the list.") % {"name": found.member.name})
    return redirect("candidature", coop, key)


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.refuse_candidature(
                candidature=found, because=form.cleaned_data["because"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("%(name)s is not on the list.") % {"name": found.member.name})
            return redirect("candidature", coop, key)
    against = [] if reasons else obstacles_to_deciding(found, by=acting(here), at=here.at)
    context = {"found": found, "form": form, "reasons": reasons, "against": against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/candidatures/refuse.html", context, status=status)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    objection = access.objection(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    form = RulingForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.rule_on(
                objection=objection,
                upheld=told["upheld"] == "yes",
                reasons=told["reasons"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Decided. Everybody reads it on this page."))
            return redirect("candidature", coop, objection.candidature_id)
    against = [] if reasons else obstacles_to_ruling(objection, "-", by=acting(here), at=here.at)
    context: dict[str, Any] = {
        "objection": objection,
        "found": objection.candidature,
        "decided": objection.verdict != Objection.Verdict.OPEN,
        "form": form,
        "reasons": reasons,
        "against": against,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/candidatures/rule.html", context, status=status)
