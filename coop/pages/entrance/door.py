"""The door: which co-operative, signing in and out, and the language of the pages."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.core.validators import RegexValidator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.charter.models import Cooperative
from coop.keys import authenticators
from coop.members.backend import may_enter
from coop.members.models import Account, Member
from coop.members.secret_words import LONGEST_PHRASE
from coop.refusals import Refused
from coop.safekeeping import guard

from .. import access, errors
from ..reasons import say
from . import languages, personas
from .guessed import guess, let_in, waiting
from .kept_typed import Kept, sent_along

NO_WAY_BACK_TO = {
    "sign-in",
    "sign-in-as",
    "sign-in-code",
    "sign-in-passkey",
    "sign-out",
    "enrol",
    "enrol-by-code",
}


# --- Which house ----------------------------------------------------------------------------------------------------


@login_not_required
@require_safe
def doorstep(request: HttpRequest) -> HttpResponse:
    """The front door of the installation: straight into the only house, or the list of houses."""
    houses = list(Cooperative.objects.order_by("short_name", "slug"))
    if len(houses) == 1:
        return redirect("home", houses[0].slug)
    return render(request, "entrance/door/doorstep.html", {"houses": houses})


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: the application answers, and so does its database.

    A second line names the guards that keep votes on screens from opening here, never what they read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    held = ", ".join(one.guard for one in guard.findings())
    words = f"ok\nno vote on screens opens here: {held}\n" if held else "ok\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return errors.problem(request, 422)
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}) and back.startswith("/")
    answer = redirect(back if own else "doorstep")
    languages.speak(answer, chosen)
    return answer


# --- Signing in and out ---------------------------------------------------------------------------------------------


class SecretField(forms.CharField):
    """A PIN or passphrase. Never shown again; accents count the same whichever keyboard wrote them."""

    def __init__(self, *, new: bool = False, kept: bool = True, **more: Any) -> None:
        """`kept`: the browser may remember it, which is nobody's wish on a device that others use."""
        remembered = "new-password" if new else "current-password" if kept else "off"
        attrs = {"autocomplete": remembered, "autocapitalize": "none"}
        super().__init__(widget=forms.PasswordInput(attrs=attrs), max_length=LONGEST_PHRASE, **more)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "")


class OwnField(forms.BooleanField):
    """Whether the device is one's own: only there somebody stays signed in, and the browser is known next time."""

    def __init__(self) -> None:
        words = _(
            "Leave it empty where others come too: there you are signed out after ten minutes without you."
        )
        super().__init__(label=_("This is my own telephone or computer"), help_text=words, required=False)


class SignInForm(forms.Form):
    number = forms.CharField(
        label=_("Member number"),
        help_text=_("It stands on your card and on your pay slip."),
        max_length=9,
        validators=[RegexValidator(r"\A[0-9]+\Z", _("A member number has only digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
    )
    secret = SecretField(label=_("PIN or passphrase"))
    own = OwnField()


@login_not_required
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, coop: str) -> HttpResponse:
    here = access.doorstep(request, coop)
    onward = way_on(request, coop)
    if request.method == "GET":
        if here.member is not None:
            return redirect(onward)
        return _door(request, here, SignInForm(), onward)
    form = SignInForm(request.POST)
    kept = sent_along(request)
    if form.is_valid():
        try:
            account = guess_secret(request, here, form.cleaned_data["number"], form.cleaned_data["secret"])
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, say(reason))
            return waiting(_door(request, here, form, onward, kept=kept), refused)
        if account is not None and kept is not None:
            return _let_in_again(request, here, account, form, kept)
        if account is not None:
            return let_in(request, here, account, own=form.cleaned_data["own"], onward=onward)
        form.add_error(
            None,
            _(
                "Number and secret do not belong together. More is not told, so that nobody can try numbers out."
            ),
        )
    return _door(request, here, form, onward, kept=kept, status=422)


def asked_again(request: HttpRequest, here: access.Here, kept: Kept, *, onward: str) -> HttpResponse:
    """The page to sign in for somebody who was sending a text when their session had ended; it carries the text."""
    writer = kept.writer(here)
    form = SignInForm(initial={"number": writer.number if writer else ""})
    return _door(request, here, form, onward, kept=kept, status=401)


def _let_in_again(
    request: HttpRequest, here: access.Here, account: Account, form: SignInForm, kept: Kept
) -> HttpResponse:
    """Only its writer takes a text up again; somebody else is told whose it is, and it stays on the page."""
    address = kept.take_up(here, account)
    if not address:
        writer = kept.writer(here)
        words = _("What stands below was typed by member %(number)s. Sign in as them, or begin a new page.")
        form.add_error(None, words % {"number": writer.number if writer else "—"})
        return _door(
            request, here, form, reverse("home", args=[here.cooperative.slug]), kept=kept, status=409
        )
    return let_in(request, here, account, own=form.cleaned_data["own"], onward=address)


@sensitive_variables()
def guess_secret(request: HttpRequest, here: access.Here, number: str, secret: str) -> Account | None:
    """The account that number and secret open here. Raises Refused while the door waits."""
    wanted = int(number)

    def check() -> Account | None:
        found = authenticate(
            request, cooperative=here.cooperative, number=wanted, secret=secret, day=here.day
        )
        return found if isinstance(found, Account) else None

    return guess(request, here, wanted, check)


def _door(
    request: HttpRequest,
    here: access.Here,
    form: SignInForm,
    onward: str,
    *,
    kept: Kept | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "kept": kept,
        "form": form,
        "onward": onward,
        "personas": [] if kept else _personas(here.cooperative),
        "languages": languages.choices(),
        "signed_out": "signed-out" in request.GET,
        "passkeys": authenticators.offered(),
    }
    return render(request, "entrance/door/sign_in.html", context, status=status)


def _personas(cooperative: Cooperative) -> list[dict[str, Any]]:
    """Whom a visitor of the demonstration may be. Empty anywhere else."""
    if not settings.DEMO or cooperative.slug != personas.PLANT:
        return []
    there = Member.objects.filter(cooperative=cooperative, number__in=personas.NUMBERS, account__isnull=False)
    names = dict(there.values_list("number", "name"))
    return [
        {"name": names[persona.number], **persona._asdict()}
        for persona in personas.PERSONAS
        if persona.number in names
    ]


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, coop: str) -> HttpResponse:
    """One tap in a demonstration. Where people are real this address does not exist."""
    here = access.doorstep(request, coop)
    number = request.POST.get("number", "")
    if not settings.DEMO or coop != personas.PLANT or number not in {str(one) for one in personas.NUMBERS}:
        raise Http404
    member = access.member(here, int(number))
    if member.account is None or not may_enter(member, here.day):
        raise Http404
    return let_in(request, here, member.account, own=True, onward=way_on(request, coop))


@login_not_required
@require_POST
def sign_out(request: HttpRequest, coop: str) -> HttpResponse:
    """Ends the session, and asks the browser to forget the pages it has seen."""
    access.cooperative_or_404(coop)
    logout(request)
    answer = redirect(f"{reverse('sign-in', args=[coop])}?signed-out")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def way_on(request: HttpRequest, coop: str) -> str:
    """Where somebody wanted to go before signing in, if that is a page of this house; else its front page."""
    front = reverse("home", args=[coop])
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return front
    try:
        found = resolve(unquote(urlsplit(wanted).path))
    except Resolver404:
        return front
    if found.kwargs.get("coop") != coop or found.url_name in NO_WAY_BACK_TO:
        return front
    return wanted
