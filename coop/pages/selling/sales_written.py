"""Writing down a sale: the first signature. Under list it asks for the reason, far under it for a decision."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members.models import Member
from coop.production import actions
from coop.production.models import BuyerKind, Product
from coop.production.rules.moves import listed_on
from coop.production.rules.selling import price_on
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField
from ..sheets import AskedByCaseField, DayField, WordsField
from .told import PriceField, UnitsField, decision_field, price


class SlipForm(PeopleForm):
    form = forms.CharField(
        validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")],
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Load the page anew.")},
    )
    product: forms.ModelChoiceField[Product] = forms.ModelChoiceField(None, label=gettext_lazy("Product"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Who buys"),
        choices=[
            (BuyerKind.PEER, gettext_lazy("another plant of workers, at the peer price")),
            (BuyerKind.MARKET, gettext_lazy("anybody, at the market price")),
            (BuyerKind.SUPPORT, gettext_lazy("a supporter, at the support price")),
        ],
        widget=forms.RadioSelect,
    )
    buyer = WordsField(label=gettext_lazy("Name of the buyer"), max_length=160)
    quantity = UnitsField(label=gettext_lazy("How many units"))
    unit_price = PriceField(
        label=gettext_lazy("Price of one unit"),
        required=False,
        help_text=gettext_lazy("Empty: the price of the list."),
    )
    sold_on = DayField(label=gettext_lazy("Day of the sale"))
    reason = AskedByCaseField(
        label=gettext_lazy("Why it is sold under list"),
        max_length=300,
        help_text=gettext_lazy("Only where the price is under that of the list. Everybody reads it."),
    )
    decision = decision_field(label=gettext_lazy("Decision that allows it"), required=False)
    kin = PersonField(label=gettext_lazy("Member whose own firm buys"), required=False)

    field_order = (
        "product",
        "kind",
        "buyer",
        "quantity",
        "unit_price",
        "reason",
        "sold_on",
        "decision",
        "kin",
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, initial={"form": secrets.token_hex(16)}, **more)
        field: Any = self.fields["product"]
        field.queryset = access.products(here).filter(prices__since__lte=here.day).distinct()
        field.label_from_instance = lambda one: f"{one.code} · {one.name} ({one.unit})"
        self.fields["sold_on"].initial = here.day
        self.fields["reason"].help_text = _(
            "Only where the price is under that of the list. More than %(percent)s per cent under it needs a"
            " decision too."
        ) % {"percent": here.bylaws.discount_percent}

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["kin"] = self.member("kin") if answers.get("kin") else None
        if self.errors or answers["unit_price"] is not None:
            return answers
        held = price_on(answers["product"], answers["sold_on"])
        if held is None:
            self.add_error(
                "unit_price", _("The product had no price on that day. Write one, or another day.")
            )
        else:
            answers["unit_price"] = listed_on(held, answers["kind"], answers["sold_on"])
        return answers


@require_http_methods(["GET", "POST"])
def write_slip(request: HttpRequest, coop: str) -> HttpResponse:
    """For whoever holds an office that signs; the sale counts with the second signature."""
    here = enter(request, coop)
    if not here.powers.signs:
        raise Http404
    form = SlipForm(request.POST if request.method == "POST" else None, here=here)
    context: dict[str, Any] = {"form": form, "prices": _prices(here)}
    if request.method == "GET":
        return render(request, "selling/sales/write.html", context)
    if not form.is_valid():
        return render(request, "selling/sales/write.html", context, status=422)
    answers = form.cleaned_data
    product: Product = answers.pop("product")
    product.cooperative = here.cooperative
    kin: Member | None = answers.pop("kin")
    try:
        made = actions.write_slip(product=product, kin=kin, **answers, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/sales/write.html", context, status=409)
    messages.success(request, _("Written down. It counts when somebody else of an office has signed it too."))
    return redirect("sale-slip", coop, made.pk)


def _prices(here: Here) -> list[tuple[Any, list[str]]]:
    """What the list says today, beside the form."""
    held = access.prices_on(here, here.day)
    moved = {one.price_id: one for one in access.price_moves_now(here) if one.confirmed_at is not None}
    told = []
    for one in held:
        now = moved.get(one.pk, one)
        told.append((one, [price(here, amount) for amount in (now.peer, now.market, now.support)]))
    return told
