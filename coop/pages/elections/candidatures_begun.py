"""Coming forward: standing oneself, putting somebody forward, accepting. Whether one may is said before the form."""

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
from coop.elections.constituencies import assembly_of
from coop.elections.models import Candidature, Contest
from coop.elections.rules.candidatures import (
    obstacles_in_days,
    obstacles_to_accepting,
    obstacles_to_nominating,
)
from coop.members.electorate import SENIORITY, Facts
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField
from ..sheets import Sheet, WordsField
from .told import Places


class StandForm(Sheet):
    statement = WordsField(
        label=gettext_lazy("What I stand for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Stands on your page and on the page of the vote. It cannot be changed afterwards."
        ),
    )
    kin = WordsField(
        label=gettext_lazy("Kin of mine who hold an office, or stand for one"),
        max_length=300,
        help_text=gettext_lazy(
            "Name and office of each, to the second degree: parents, children, grandparents, brothers and sisters, and"
            " those of whom you live with. Write “none” if there are none. Everybody reads it."
        ),
    )


class NominateForm(PeopleForm):
    person = PersonField(label=gettext_lazy("Whom"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"person": self.member("person")}


@require_http_methods(["GET", "POST"])
def stand(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who may not stand reads why, and has no form."""
    here = enter(request, coop)
    contest = access.contest(here, key)
    me = acting(here)
    form = StandForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.nominate(contest=contest, member=me, **form.cleaned_data, by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("You stand. Show the others this page, or print the sheet to sign."))
            return redirect("candidature", coop, made.pk)
    against = [] if reasons else obstacles_to_nominating(contest, me, by=me, at=here.at)
    return _sheet(request, here, contest, form, reasons, "elections/candidatures/stand.html", against=against)


@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Whether that person may stand they read when they accept: it may rest on what is told to nobody else."""
    here = enter(request, coop)
    contest = access.contest(here, key)
    me = acting(here)
    form = NominateForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        person = form.cleaned_data["person"]
        if person.pk == me.pk:
            return redirect("contest-stand", coop, key)
        try:
            made = actions.nominate(contest=contest, member=person, by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("%(name)s reads it now, and accepts or not.") % {"name": person.name})
            return redirect("candidature", coop, made.pk)
    against = [] if reasons else obstacles_in_days(contest.election, here.day)
    if not reasons:
        against += Facts(me, here.day, here.bylaws).against_voting(assembly_of(here.cooperative))
    return _sheet(
        request, here, contest, form, reasons, "elections/candidatures/nominate.html", against=against
    )


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.candidature(here, key)
    me = acting(here)
    if found.member_id != me.pk:
        raise Http404
    form = StandForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.accept(candidature=found, **form.cleaned_data, by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("You have accepted, and stand."))
            return redirect("candidature", coop, key)
    against = [] if reasons else obstacles_to_accepting(found, by=me, at=here.at)
    return _sheet(
        request,
        here,
        found.contest,
        form,
        reasons,
        "elections/candidatures/accept.html",
        against=against,
        found=found,
    )


def _sheet(
    request: HttpRequest,
    here: Here,
    contest: Contest,
    form: forms.Form,
    reasons: list[Reason],
    template: str,
    *,
    against: list[Reason],
    found: Candidature | None = None,
) -> HttpResponse:
    kind = contest.office.body.kind
    context = {
        "contest": contest,
        "election": contest.election,
        "found": found,
        "form": form,
        "reasons": reasons,
        "against": against,
        "electors": Places(here).say(contest),
        "months": getattr(here.bylaws, SENIORITY[kind]) if kind in SENIORITY else 0,
        "bylaws": here.bylaws,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, template, context, status=status)
