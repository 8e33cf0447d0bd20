"""Entering gifts, contracts with kin, promises of buyers and refusals; no entry is mended afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.production import actions
from coop.production.models import BuyerKind
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..budget.amounts import AmountField
from ..people_found import PeopleForm, PersonField
from ..sheets import DayField, Sheet, WordsField
from .open_books import BARS, GIFTS, KIN, PLEDGES, REFUSALS, Book
from .told import decision_field


class GiftForm(PeopleForm):
    who = PersonField(label=gettext_lazy("Who was given it"))
    what = WordsField(label=gettext_lazy("What"), max_length=200)
    giver = WordsField(label=gettext_lazy("From whom"), max_length=160)
    value = AmountField(label=gettext_lazy("What it may be worth"))
    handed_in = forms.BooleanField(label=gettext_lazy("It was handed in"), required=False)
    received_on = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        self.fields["who"].initial = acting(here).number

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("who")
        return answers


class KinForm(PeopleForm):
    who = PersonField(label=gettext_lazy("The office-holder or member"))
    party = WordsField(label=gettext_lazy("With whom the contract is"), max_length=160)
    relation = WordsField(
        label=gettext_lazy("What they are to the member"),
        max_length=80,
        help_text=gettext_lazy("Such as own firm, sister, the member themselves."),
    )
    what = WordsField(label=gettext_lazy("About what"), max_length=300)
    amount = AmountField(label=gettext_lazy("Amount"))
    decision = decision_field()
    agreed_on = DayField(label=gettext_lazy("Agreed on"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("who")
        return answers


class PledgeForm(PeopleForm):
    buyer = WordsField(label=gettext_lazy("Buyer"), max_length=160)
    kind = forms.ChoiceField(
        label=gettext_lazy("At which price"),
        choices=[
            (BuyerKind.SUPPORT, gettext_lazy("support price")),
            (BuyerKind.MARKET, gettext_lazy("market price")),
            (BuyerKind.PEER, gettext_lazy("peer price")),
        ],
        widget=forms.RadioSelect,
    )
    what = WordsField(label=gettext_lazy("What they will buy"), max_length=300)
    amount = AmountField(label=gettext_lazy("For how much, in the year"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    due_on = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: the end of the year. What is not bought by then is late."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        self.fields["year"].initial = here.day.year


class RefusalForm(PeopleForm):
    ours = forms.ChoiceField(
        label=gettext_lazy("Who refused"),
        choices=[
            ("no", gettext_lazy("they: they would not buy, lend or supply")),
            ("yes", gettext_lazy("we: an order that goes against a principle of ours")),
        ],
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )
    refuser = WordsField(label=gettext_lazy("Name of the other side"), max_length=160)
    what = WordsField(label=gettext_lazy("What was asked for"), max_length=200)
    because = WordsField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("In the words they used. Where we refuse: which principle."),
    )
    refused_on = DayField(label=gettext_lazy("Day"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"ours": answers.get("ours") == "yes"}


class BarForm(PeopleForm):
    buyer = WordsField(label=gettext_lazy("Buyer"), max_length=160)
    because = WordsField(
        label=gettext_lazy("What was sold on, to whom, and how that is known"), max_length=300
    )


class LiftForm(Sheet):
    because = WordsField(label=gettext_lazy("Why it is lifted"), max_length=300)


def _entered(
    request: HttpRequest, coop: str, book: Book, form_of: type[PeopleForm], act: Callable[..., Any]
) -> HttpResponse:
    """`act` takes what the form gives; `here.cooperative` besides where nobody of the house is named."""
    here = enter(request, coop)
    if not book.everybody_enters and not here.powers.signs:
        raise Http404
    form = form_of(request.POST if request.method == "POST" else None, here=here)
    for field in form.fields.values():
        if isinstance(field, AmountField):
            field.decimals = here.cooperative.currency_decimals
    context: dict[str, Any] = {"form": form, "book": book, "title": str(book.title)}
    context["up"] = reverse(book.name, args=[coop])
    if request.method == "GET":
        return render(request, "selling/open_books/enter.html", context)
    if not form.is_valid():
        return render(request, "selling/open_books/enter.html", context, status=422)
    answers = {name: value for name, value in form.cleaned_data.items() if name != "who"}
    if "member" not in answers:
        answers["cooperative"] = here.cooperative
    try:
        act(**answers, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/open_books/enter.html", context, status=409)
    messages.success(request, _("Entered. Everybody can read it."))
    return redirect(book.name, coop)


@require_http_methods(["GET", "POST"])
def enter_gift(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, coop, GIFTS, GiftForm, actions.enter_gift)


@require_http_methods(["GET", "POST"])
def enter_kin_contract(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, coop, KIN, KinForm, actions.enter_kin_contract)


@require_http_methods(["GET", "POST"])
def enter_pledge(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, coop, PLEDGES, PledgeForm, actions.enter_pledge)


@require_http_methods(["GET", "POST"])
def bar_buyer(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, coop, BARS, BarForm, actions.bar_buyer)


@require_http_methods(["GET", "POST"])
def lift_bar(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """By somebody else than who set it."""
    here = enter(request, coop)
    if not here.powers.signs:
        raise Http404
    bar = access.buyer_bar(here, key)
    form = LiftForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "bar": bar}
    if request.method == "GET":
        return render(request, "selling/open_books/lift.html", context)
    if not form.is_valid():
        return render(request, "selling/open_books/lift.html", context, status=422)
    try:
        actions.lift_bar(bar=bar, because=form.cleaned_data["because"], by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/open_books/lift.html", context, status=409)
    messages.success(request, _("Lifted. The entry stays, with both reasons."))
    return redirect("buyer-bars", coop)


@require_http_methods(["GET", "POST"])
def enter_refusal(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, coop, REFUSALS, RefusalForm, actions.enter_refusal)
