"""Ten printed codes: making them, and signing in with one instead of the secret."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from coop.keys import actions
from coop.keys.actions.codes import ON_A_SHEET
from coop.keys.guess import What
from coop.keys.passkey_rules import codes_of
from coop.members.backend import may_enter
from coop.members.models import Account, Member
from coop.members.typed_codes import in_groups
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..reasons import say
from ..sheets import Sheet
from .door import SecretField, way_on
from .enrolment import CodeField, NumberField
from .guessed import guess, guess_again, let_in, waiting


class AgainForm(Sheet):
    """The secret once more, from somebody who is signed in: a telephone left on a table makes no keys."""

    secret = SecretField(label=gettext_lazy("Your PIN or passphrase, once more"))

    def wrong(self, request: HttpRequest, here: Here) -> Refused | bool:
        """True when the secret is wrong, a refusal while the door waits, else False; the form says so."""
        try:
            if guess_again(request, here, self.cleaned_data["secret"]):
                return False
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error("secret", say(reason))
            return refused
        self.add_error("secret", _("That is not your secret."))
        return True


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, coop: str) -> HttpResponse:
    """The answer to the form is the only place where new codes stand: as a page, or as a sheet to print."""
    here = enter(request, coop)
    if request.method == "GET":
        return _making(request, here, AgainForm())
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _making(request, here, form, status=422)
    if wrong := form.wrong(request, here):
        answer = _making(request, here, form, status=422)
        return waiting(answer, wrong) if isinstance(wrong, Refused) else answer
    made = [in_groups(code) for code in actions.print_codes(by=acting(here), at=here.at)]
    if request.POST.get("as") == "paper":
        return to_print("codes", _sheet(here, made), name=_("codes"))
    return render(request, "entrance/keys/new_codes.html", {"codes": made})


def _making(request: HttpRequest, here: Here, form: AgainForm, *, status: int = 200) -> HttpResponse:
    account = acting(here).account
    left = list(codes_of(account).values_list("printed_at", flat=True)) if account else []
    context = {"form": form, "left": len(left), "printed_at": left[0] if left else None, "all": ON_A_SHEET}
    return render(request, "entrance/keys/codes.html", context, status=status)


def _sheet(here: Here, made: list[str]) -> dict[str, Any]:
    me = acting(here)
    return {
        "title": _("Ten codes to sign in with"),
        "under": f"{me.name} · {_('member number')} {me.number} · {date_format(here.day, 'DATE_FORMAT')}",
        "house": here.cooperative.short_name,
        "date": here.day.isoformat(),
        "whose": f"{here.cooperative.short_name} · {_('member number')} {me.number}",
        "codes": made,
        "notes": [
            _(
                "Each code opens the door once, with your member number, instead of your secret. Cross it out then."
            ),
            _("Keep the sheet like a key. Lost it? Print new ones; these stop working with that."),
        ],
    }


# --- At the door ----------------------------------------------------------------------------------------------------


class CodeSignInForm(Sheet):
    number = NumberField()
    code = CodeField(
        label=gettext_lazy("One of your codes on paper"),
        help_text=gettext_lazy("Three groups of four. Small letters, spaces and hyphens do not matter."),
    )
    own = forms.BooleanField(label=gettext_lazy("This is my own telephone or computer"), required=False)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, coop: str) -> HttpResponse:
    here = access.doorstep(request, coop)
    onward = way_on(request, coop)
    if request.method == "GET":
        return redirect(onward) if here.member else _door(request, CodeSignInForm(), onward)
    form = CodeSignInForm(request.POST)
    if form.is_valid():
        try:
            account = _guessed(request, here, int(form.cleaned_data["number"]), form.cleaned_data["code"])
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, say(reason))
            return waiting(_door(request, form, onward), refused)
        if account is not None:
            return let_in(request, here, account, own=form.cleaned_data["own"], onward=onward)
        form.add_error(
            None, _("Number and code do not belong together, or the code has been used. More is not told.")
        )
    return _door(request, form, onward, status=422)


@sensitive_variables()
def _guessed(request: HttpRequest, here: Here, number: int, code: str) -> Account | None:
    """Counted like a guess at the secret, for itself. Refused while the door waits; then no code is used up."""

    def check() -> Account | None:
        found = Member.objects.select_related("account").filter(cooperative=here.cooperative, number=number)
        member = found.first()
        account = member.account if member else None
        if member is None or account is None or not account.is_active or not may_enter(member, here.day):
            return None
        return account if actions.use_code(code=code, by=account, at=here.at) else None

    return guess(request, here, number, check, what=What.CODE)


def _door(request: HttpRequest, form: CodeSignInForm, onward: str, *, status: int = 200) -> HttpResponse:
    return render(request, "entrance/door/sign_in_code.html", {"form": form, "onward": onward}, status=status)
