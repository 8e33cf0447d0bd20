"""Getting in for the first time, or again, with a printed card: the holder chooses a secret and is inside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.backend import may_enter
from coop.members.models import AccessCard, Member
from coop.members.rules import obstacles_to_using_card
from coop.members.secret_words import obstacles_to_secret
from coop.refusals import Reason, Refused

from . import access
from .door import SecretField
from .reasons import say


class EnrolForm(forms.Form):
    secret = SecretField(
        new=True,
        label=_("Your new secret"),
        help_text=_(
            "Six to twelve digits, or a phrase of at least twelve letters. Nobody will ever ask you for it."
        ),
    )
    secret_again = SecretField(new=True, label=_("The same once more"))

    def __init__(self, *arguments: Any, whose: Member, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.whose = whose

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "secret" in typed:
            for reason in obstacles_to_secret(
                typed["secret"], number=self.whose.number, born=self.whose.born
            ):
                self.add_error("secret", say(reason))
        if "secret" in typed and "secret_again" in typed and typed["secret"] != typed["secret_again"]:
            self.add_error("secret_again", _("The two are not the same. Type both again."))
        return typed


@login_not_required
@sensitive_post_parameters("secret", "secret_again")
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, coop: str, token: str) -> HttpResponse:
    """Looking never uses a card up. What is over, forged or from elsewhere is not told apart; a used one is."""
    here = access.doorstep(request, coop)
    card = _card(here, token)
    reasons = obstacles_to_using_card(card, at=here.at) if card else []
    if card is None or Reason("card-over") in reasons:
        return render(request, "door/no_such_card.html", status=404)
    if reasons:
        return _refused_card(request, reasons)
    if request.method == "GET":
        return _enrolment(request, EnrolForm(whose=card.member))
    form = EnrolForm(request.POST, whose=card.member)
    if not form.is_valid():
        return _enrolment(request, form, status=422)
    try:
        account = actions.enrol(card=card, secret=form.cleaned_data["secret"], by=card.member, at=here.at)
    except Refused as refused:  # somebody was faster with the same card
        return _refused_card(request, refused.reasons)
    login(request, account)
    messages.success(
        request, _("You are in. From now on you sign in with your member number and your secret.")
    )
    return redirect("home", coop)


def _card(here: access.Here, token: str) -> AccessCard | None:
    cards = AccessCard.objects.select_related("member__cooperative__chain", "member__account")
    card = cards.filter(token_hash=AccessCard.hash_of(token), member__cooperative=here.cooperative).first()
    return card if card and may_enter(card.member, here.day) else None


def _enrolment(request: HttpRequest, form: EnrolForm, *, status: int = 200) -> HttpResponse:
    return render(request, "door/enrol.html", {"form": form}, status=status)


def _refused_card(request: HttpRequest, reasons: list[Reason]) -> HttpResponse:
    context = {"reasons": reasons, "used": any(reason.code == "card-used" for reason in reasons)}
    return render(request, "door/card_refused.html", context, status=409)
