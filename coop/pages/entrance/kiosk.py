"""The pages of a tablet at the gate: number and secret, one act, signed out; and its beginning and end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coop.keys import actions
from coop.keys.models import Kiosk
from coop.keys.rules import obstacles_to_starting_kiosk
from coop.members.models import Account, Member
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..reasons import say
from ..sheets import Sheet, WordsField
from . import tablet
from .door import SecretField, guess_secret
from .guessed import DEVICE_COOKIE, let_in, waiting

AFTER_A_MISTAKE = 60  # seconds; then the number that was typed is gone as well


class KioskForm(Sheet):
    """Nothing of it is offered to the next person."""

    number = forms.CharField(
        label=gettext_lazy("Member number"),
        max_length=9,
        validators=[RegexValidator(r"\A[0-9]+\Z", gettext_lazy("A member number has only digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    secret = SecretField(label=gettext_lazy("PIN or passphrase"), kept=False)


class StartForm(Sheet):
    place = WordsField(
        label=gettext_lazy("Where the tablet stands"),
        help_text=gettext_lazy("Such as: gate, canteen, ovens."),
        max_length=60,
    )


# --- For everybody ----------------------------------------------------------------------------------------------------


@login_not_required
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest, coop: str) -> HttpResponse:
    """Looking at the form signs out whoever was in: the next person must never find the one before."""
    found = tablet.kiosk_of(request, access.cooperative_or_404(coop).slug)
    was_in = found is not None and request.user.is_authenticated
    if was_in:
        logout(request)
    here = access.doorstep(request, coop)
    if found is None:
        return _not_here(request)
    if request.method == "GET":
        answer = _form(request, found, KioskForm())
        if was_in or request.GET:
            answer["Clear-Site-Data"] = tablet.FORGET
        return answer
    form, account, refused = _guessed(request, here)
    if account is None:
        return _wrong(_form(request, found, form, status=422), here, refused)
    return let_in(request, here, account, own=False, onward=reverse("home", args=[coop]))


def _guessed(request: HttpRequest, here: Here) -> tuple[KioskForm, Account | None, Refused | None]:
    """The form with what is wrong about it, or the account that number and secret open."""
    form = KioskForm(request.POST)
    if not form.is_valid():
        return form, None, None
    try:
        account = guess_secret(request, here, form.cleaned_data["number"], form.cleaned_data["secret"])
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return form, None, refused
    if account is None:
        form.add_error(None, _("Number and secret do not belong together."))
    return form, account, None


def _wrong(answer: HttpResponse, here: Here, refused: Refused | None) -> HttpResponse:
    answer["Refresh"] = f"{AFTER_A_MISTAKE}; url={reverse('kiosk', args=[here.cooperative.slug])}"
    return waiting(answer, refused) if refused else answer


def _form(request: HttpRequest, found: Kiosk, form: KioskForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"kiosk": found, "form": form}
    context |= {"done": "done" in request.GET, "over": "over" in request.GET}
    return render(request, "entrance/kiosk/kiosk.html", context, status=status)


def _not_here(request: HttpRequest) -> HttpResponse:
    return render(request, "entrance/kiosk/not_here.html", status=200 if request.method == "GET" else 409)


# --- For whoever looks after it ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, coop: str) -> HttpResponse:
    """From now on this browser is a tablet for everybody; whoever starts it is signed out."""
    here = enter(request, coop)
    reasons = obstacles_to_starting_kiosk("here", by=acting(here), at=here.at)
    refuse_if(reasons)
    form = StartForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        running = Kiosk.objects.filter(cooperative=here.cooperative, ended_at=None).select_related(
            "started_by"
        )
        status = 422 if form.is_bound else 200
        return render(request, "entrance/kiosk/start.html", {"form": form, "running": running}, status=status)
    place = form.cleaned_data["place"]
    _kiosk, token = actions.start_kiosk(place=place, by=acting(here), at=here.at)
    logout(request)
    answer = redirect("kiosk", coop)
    tablet.mark(answer, token)
    answer.delete_cookie(DEVICE_COOKIE, samesite="Lax")
    answer["Clear-Site-Data"] = tablet.FORGET
    return answer


@login_not_required
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, coop: str) -> HttpResponse:
    """On the tablet itself, with the secret of somebody who may: it becomes an ordinary browser again."""
    here = access.doorstep(request, coop)
    found = tablet.kiosk_of(request, coop)
    if found is None:
        return _not_here(request)
    if request.method == "GET":
        return _ending(request, found, KioskForm())
    form, account, refused = _guessed(request, here)
    if account is None:
        return _wrong(_ending(request, found, form, status=422), here, refused)
    keeper = Member.objects.select_related("cooperative__chain").get(
        cooperative=here.cooperative, account=account
    )
    try:
        actions.end_kiosk(kiosk=found, by=keeper, at=here.at)
    except Refused as refusal:
        return _ending(request, found, form, reasons=refusal.reasons, status=409)
    logout(request)
    answer = redirect("sign-in", coop)
    answer.delete_cookie(tablet.COOKIE, samesite="Lax")
    return answer


def _ending(
    request: HttpRequest,
    found: Kiosk,
    form: KioskForm,
    *,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"kiosk": found, "form": form, "reasons": reasons or []}
    return render(request, "entrance/kiosk/end.html", context, status=status)
