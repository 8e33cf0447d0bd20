"""Passkeys: adding one while signed in, signing in with it, taking it away. The browser does the rest, by a script."""

from __future__ import annotations

import base64
import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from coop.keys import actions, authenticators
from coop.keys.models import Passkey
from coop.keys.passkey_rules import passkeys_of
from coop.members.backend import may_enter
from coop.members.models import Account, Member
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..sheets import WordsField
from .codes import AgainForm
from .door import way_on
from .guessed import let_in, waiting

ASKED = "passkey"  # in the session: the number that the next answer must carry, once
GOOD_FOR = datetime.timedelta(minutes=5)


class AddForm(AgainForm):
    name = WordsField(
        label=gettext_lazy("What it is on"),
        help_text=gettext_lazy("Such as “my telephone” or “blue stick”, so that you know it again."),
        max_length=60,
    )


# --- One's own ------------------------------------------------------------------------------------------------------


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def passkeys(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if request.method == "GET":
        return _mine(request, here, AddForm())
    form = AddForm(request.POST)
    if not form.is_valid():
        return _mine(request, here, form, status=422)
    if wrong := form.wrong(request, here):
        answer = _mine(request, here, form, status=422)
        return waiting(answer, wrong) if isinstance(wrong, Refused) else answer
    me, account = acting(here), _account(here)
    asked = authenticators.ask_to_register(
        account,
        house=here.cooperative.short_name,
        name=f"{me.number} {me.name}",
        known=[bytes(one.credential) for one in passkeys_of(account)],
    )
    _keep(request, here, asked, name=form.cleaned_data["name"], options=asked.options)
    return redirect("passkey-add", coop)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, coop: str) -> HttpResponse:
    """The secret has been given on the page before; here the device makes the key."""
    here = enter(request, coop)
    if request.method == "GET":
        asked = request.session.get(ASKED, {})
        if "options" not in asked:
            return redirect("passkeys", coop)
        return render(
            request, "entrance/keys/passkey_add.html", {"options": asked["options"], "name": asked["name"]}
        )
    try:
        asked = _asked(request, here)
        found = authenticators.registered(_answer(request), challenge=asked["challenge"])
        actions.add_passkey(registered=found, name=asked["name"], by=acting(here), at=here.at)
    except Refused as refused:
        return _mine(request, here, AddForm(), refused=refused.reasons, status=409)
    messages.success(request, _("Added. Next time you can sign in with it."))
    return redirect("passkeys", coop)


@require_POST
def remove(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    passkey = passkeys_of(_account(here)).filter(pk=key).first()
    if passkey is None:
        raise Http404
    actions.remove_passkey(passkey=passkey, by=acting(here), at=here.at)
    messages.success(request, _("Taken away. It no longer opens the door."))
    return redirect("passkeys", coop)


def _mine(
    request: HttpRequest, here: Here, form: AddForm, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "passkeys": passkeys_of(_account(here)),
        "refused": refused or [],
        **_possible(request),
    }
    return render(request, "entrance/keys/passkeys.html", context, status=status)


def _account(here: Here) -> Account:
    account = acting(here).account
    assert account is not None  # somebody is signed in
    return account


def _possible(request: HttpRequest) -> dict[str, Any]:
    """Whether a browser can make and use passkeys at this address, and if not, at which."""
    here = request.build_absolute_uri("/").rstrip("/")
    return {
        "offered": authenticators.offered(),
        "elsewhere": "" if here == settings.ORIGIN else settings.ORIGIN,
    }


# --- At the door ----------------------------------------------------------------------------------------------------


class OwnForm(forms.Form):
    own = forms.BooleanField(label=gettext_lazy("This is my own telephone or computer"), required=False)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, coop: str) -> HttpResponse:
    """Nobody says who they are: the device offers the passkeys it holds for this house."""
    here = access.doorstep(request, coop)
    onward = way_on(request, coop)
    if request.method == "GET":
        return redirect(onward) if here.member else _door(request, here, OwnForm(), onward)
    form = OwnForm(request.POST)
    try:
        account = _signed(request, here)
    except Refused as refused:
        return _door(request, here, form, onward, refused=refused.reasons, status=409)
    return let_in(request, here, account, own=form.is_valid() and form.cleaned_data["own"], onward=onward)


def _signed(request: HttpRequest, here: Here) -> Account:
    """Whose passkey has signed our number. An unknown one and one of a stranger to this house are the same."""
    asked = _asked(request, here)
    answer = _answer(request)
    credential = authenticators.credential_in(answer)
    passkey = Passkey.objects.select_related("account").filter(credential=credential).first()
    account = passkey.account if passkey else None
    member = Member.objects.filter(cooperative=here.cooperative, account=account).first() if account else None
    if passkey is None or account is None or member is None:
        raise Refused([Reason("passkey-unknown")])
    known = account.is_active and may_enter(member, here.day)
    refuse_if([] if known else [Reason("passkey-unknown")])
    counter = authenticators.signed(
        answer, challenge=asked["challenge"], public_key=bytes(passkey.public_key), account=account
    )
    actions.use_passkey(passkey=passkey, counter=counter, by=account, at=here.at)
    return account


def _door(
    request: HttpRequest,
    here: Here,
    form: OwnForm,
    onward: str,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Every look brings a new number; an older page cannot be answered any more."""
    possible = _possible(request)
    options = ""
    if possible["offered"] and not possible["elsewhere"]:
        asked = authenticators.ask_to_sign()
        _keep(request, here, asked)
        options = asked.options
    context = {"form": form, "onward": onward, "options": options, "refused": refused or [], **possible}
    return render(request, "entrance/door/sign_in_passkey.html", context, status=status)


# --- The number that must come back --------------------------------------------------------------------------------


def _keep(request: HttpRequest, here: Here, asked: authenticators.Asked, **more: str) -> None:
    number = base64.b64encode(asked.challenge).decode()
    request.session[ASKED] = {"number": number, "at": here.at.isoformat(), **more}


def _asked(request: HttpRequest, here: Here) -> dict[str, Any]:
    """What was asked, taken out of the session: it is answered once, within five minutes."""
    asked = request.session.pop(ASKED, None)
    at = parse_datetime(asked["at"]) if asked else None
    if asked is None or at is None or here.at > at + GOOD_FOR:
        raise Refused([Reason("passkey-asked-before")])
    return {"name": "", **asked, "challenge": base64.b64decode(asked["number"])}


def _answer(request: HttpRequest) -> str:
    return request.POST.get("credential", "")
