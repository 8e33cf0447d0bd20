"""Getting in for the first time, or again, with a printed card: the holder chooses a secret and is inside.

The square code carries the address with a token of 128 bits. Whoever has no camera types their number and the short
code of the card, and is sent on to an address that stands for this card for half an hour. Neither uses it up.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from coop.keys.guess import What
from coop.members import actions
from coop.members.backend import may_enter
from coop.members.models import AccessCard, Member
from coop.members.rules import obstacles_to_using_card
from coop.members.secret_words import obstacles_to_secret
from coop.members.typed_codes import read
from coop.refusals import Reason, Refused

from .. import access
from ..reasons import say
from ..sheets import Sheet, WordsField
from .door import OwnField, SecretField
from .guessed import guess, let_in, waiting

TYPED = signing.TimestampSigner(salt="card that was typed")
HALF_AN_HOUR = 30 * 60  # seconds in which a secret is thought of


class EnrolForm(forms.Form):
    secret = SecretField(
        new=True,
        label=_("Your new secret"),
        help_text=_(
            "Six to twelve digits, or a phrase of at least twelve letters. Nobody will ever ask you for it."
        ),
    )
    secret_again = SecretField(new=True, label=_("The same once more"))
    own = OwnField()

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


class NumberField(forms.CharField):
    """A member number, typed by somebody who is not inside yet."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Member number"),
            max_length=9,
            validators=[RegexValidator(r"\A[0-9]+\Z", _("A member number has only digits."))],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
            **more,
        )


class CodeField(WordsField):
    """A code from paper. A slip of the finger is told from the check sign, before anything is looked up."""

    def __init__(self, **more: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **more)

    def clean(self, value: Any) -> str:
        code = read(super().clean(value))
        if code is None:
            raise forms.ValidationError(
                _("No paper of ours carries this code: a sign is missing or wrong. Compare it once more.")
            )
        return code


class CodeForm(Sheet):
    number = NumberField(help_text=_("It stands on your card."))
    code = CodeField(
        label=_("Code on your card"),
        help_text=_(
            "Three groups of four. Small letters, spaces and hyphens do not matter; O is read as zero, I and L as one."
        ),
    )


# --- The pages ------------------------------------------------------------------------------------------------------


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def by_code(request: HttpRequest, coop: str) -> HttpResponse:
    """Number and code instead of the square. A wrong pair, an old card and a strange one are not told apart."""
    here = access.doorstep(request, coop)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _typing(request, form, status=422 if form.is_bound else 200)
    number, code = int(form.cleaned_data["number"]), form.cleaned_data["code"]

    def check() -> AccessCard | None:
        """Only a card that works is right: with a used one somebody could wipe out their wrong tries at the secret."""
        found = _cards(here).filter(member__number=number, code_hash=AccessCard.hash_of_code(code)).first()
        if found is None or obstacles_to_using_card(found, at=here.at):
            return None
        return found if may_enter(found.member, here.day) else None

    try:
        card = guess(request, here, number, check, what=What.CARD)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return waiting(_typing(request, form, status=429), refused)
    if card is None:
        form.add_error(
            None,
            _("No valid card has this number and this code. It may be too old, used or replaced."),
        )
        return _typing(request, form, status=422)
    return redirect("enrol", coop, TYPED.sign(str(card.pk)))


def _typing(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(request, "entrance/door/enrol_by_code.html", {"form": form}, status=status)


@login_not_required
@sensitive_post_parameters("secret", "secret_again")
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, coop: str, token: str) -> HttpResponse:
    """Looking never uses a card up. What is over, forged or from elsewhere is not told apart; a used one is."""
    here = access.doorstep(request, coop)
    card = _card(here, token)
    reasons = obstacles_to_using_card(card, at=here.at) if card else []
    if card is None or Reason("card-over") in reasons:
        return render(request, "entrance/door/no_such_card.html", status=404)
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
    answer = let_in(request, here, account, own=form.cleaned_data["own"], onward=reverse("home", args=[coop]))
    messages.success(
        request, _("You are in. From now on you sign in with your member number and your secret.")
    )
    return answer


def _cards(here: access.Here) -> QuerySet[AccessCard]:
    cards = AccessCard.objects.select_related("member__cooperative__chain", "member__account")
    return cards.filter(member__cooperative=here.cooperative)


def _card(here: access.Here, token: str) -> AccessCard | None:
    """The card behind an address: by its token, or as `by_code` has signed it."""
    try:
        found = _cards(here).filter(pk=TYPED.unsign(token, max_age=HALF_AN_HOUR))
    except signing.BadSignature:
        found = _cards(here).filter(token_hash=AccessCard.hash_of(token))
    card = found.first()
    return card if card and may_enter(card.member, here.day) else None


def _enrolment(request: HttpRequest, form: EnrolForm, *, status: int = 200) -> HttpResponse:
    return render(request, "entrance/door/enrol.html", {"form": form}, status=status)


def _refused_card(request: HttpRequest, reasons: list[Reason]) -> HttpResponse:
    context = {"reasons": reasons, "used": any(reason.code == "card-used" for reason in reasons)}
    return render(request, "entrance/door/card_refused.html", context, status=409)
