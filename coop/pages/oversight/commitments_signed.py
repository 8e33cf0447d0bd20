"""Signing for the house: the first sheet, the second signature, and turning it down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.budget.money import read
from coop.decisions.models import Decision
from coop.in_office import actions
from coop.in_office.models import Commitment
from coop.in_office.rules import commitments as rules
from coop.members.models import Office
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..reasons import say
from ..sheets import Sheet, WordsField
from .commitments import context_of, money

DECISIONS = 100  # the last that were carried, to choose from


class CommitmentSheet(Sheet):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=Commitment.Kind.choices, widget=forms.RadioSelect
    )
    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(
        None, label=gettext_lazy("In which office you sign")
    )
    title = WordsField(label=gettext_lazy("What for"), max_length=140)
    party = WordsField(label=gettext_lazy("To whom, or with whom"), max_length=140)
    amount = WordsField(
        label=gettext_lazy("Amount"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("Of a contract: all that it will cost."),
    )
    because = WordsField(label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    decision: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("The decision it rests on"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        office: Any = self.fields["office"]
        office.queryset = rules.offices_that_sign(acting(here), here.at)
        if len(office.queryset) == 1:
            office.initial = office.queryset[0]
        carried = Decision.objects.filter(
            cooperative=here.cooperative, outcome=Decision.Outcome.CARRIED, number__isnull=False
        )
        decision: Any = self.fields["decision"]
        last = carried.order_by("-decided_at", "-pk").values("pk")[:DECISIONS]
        decision.queryset = carried.filter(pk__in=last).select_related("body").order_by("-decided_at", "-pk")
        decision.label_from_instance = lambda one: f"{one.label} {one.title}"

    def clean_amount(self) -> Decimal:
        found = read(self.cleaned_data["amount"], decimals=rules.DECIMALS)
        if isinstance(found, Reason):
            raise forms.ValidationError(say(found))
        return found


class SecondSheet(Sheet):
    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(
        None, label=gettext_lazy("In which office you sign")
    )

    def __init__(self, *args: Any, here: Here, found: Commitment, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["office"]
        field.queryset = rules.offices_that_sign(acting(here), here.at).exclude(pk=found.office_id)
        if len(field.queryset) == 1:
            field.initial = field.queryset[0]


class RefuseSheet(Sheet):
    because = WordsField(label=gettext_lazy("Why it is turned down"), max_length=300)


@require_http_methods(["GET", "POST"])
def enter_one(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not rules.offices_that_sign(acting(here), here.at).exists():
        raise Http404
    form = CommitmentSheet(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.enter_commitment(by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            told = {"label": made.label, "amount": money(here, made.amount)}
            if made.needs_two:
                words = _("%(label)s over %(amount)s waits: it binds nobody until another office has signed.")
            else:
                words = _("%(label)s over %(amount)s is signed; one signature is enough.")
            messages.success(request, words % told)
            return redirect("commitment", coop, made.pk)
    over = here.bylaws.two_signatures_over
    context = {"form": form, "reasons": reasons, "over": money(here, over) if over else ""}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "oversight/commitments/enter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def second(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Another person, in another office, reads it once more and signs."""
    here = enter(request, coop)
    found = access.commitment(here, key)
    if not rules.offices_that_sign(acting(here), here.at).exists():
        raise Http404
    form = SecondSheet(request.POST if request.method == "POST" else None, here=here, found=found)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            office = form.cleaned_data["office"]
            actions.sign_second(commitment=found, office=office, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Signed. From now on it binds the house."))
            return redirect("commitment", coop, key)
    return _beside(request, here, found, form, reasons, _("Sign as the second"), _("Sign it"))


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.commitment(here, key)
    signs = rules.offices_that_sign(acting(here), here.at).exists()
    if not signs and found.signed_by_id != acting(here).pk:
        raise Http404
    form = RefuseSheet(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            because = form.cleaned_data["because"]
            actions.turn_down_commitment(commitment=found, because=because, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Turned down. It stays here with the reason, and binds nobody."))
            return redirect("commitment", coop, key)
    return _beside(request, here, found, form, reasons, _("Turn it down"), _("Turn it down"))


def _beside(
    request: HttpRequest,
    here: Here,
    found: Commitment,
    form: Sheet,
    reasons: list[Reason],
    headline: str,
    button: str,
) -> HttpResponse:
    if request.method == "GET" and found.state != Commitment.State.WAITING:
        reasons = [Reason("commitment-settled", {"commitment": found.state})]
    context = context_of(here, found) | {
        "form": form,
        "reasons": reasons,
        "headline": headline,
        "button": button,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "oversight/commitments/sign.html", context, status=status)
