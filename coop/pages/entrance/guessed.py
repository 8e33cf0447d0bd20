"""Through the door: a guess at a secret is counted and checked, and whoever was right is let in.

Every way in (secret, printed code, card) comes through here: `guess` before, `let_in` after.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.keys import actions
from coop.keys.addresses import client_address
from coop.keys.browsers import browser_and_device
from coop.keys.guess import Guess, What
from coop.keys.models import Device, Kind
from coop.keys.models.devices import hash_of
from coop.members.models import AccessCard, Account, Member
from coop.refusals import Refused

from ..access import Here
from .languages import speak_as_registered
from .tablet import kiosk_of

DEVICE_COOKIE = "__Host-device" if settings.HTTPS else "device"
DEVICE_COOKIE_AGE = 365 * 24 * 3600

WAITS = ("too-many-tries", "too-many-wrong-cards", "too-many-wrong-codes")

Found = TypeVar("Found", Account, AccessCard)


def guess(
    request: HttpRequest,
    here: Here,
    number: int,
    check: Callable[[], Found | None],
    *,
    what: What = What.PIN,
) -> Found | None:
    """What `check` finds when the secret of that number is right. Counted first, checked outside any lock.

    Raises Refused (one of WAITS) while the door waits; then nothing is checked at all, right or wrong.
    """
    device = _known_device(request, here, number)
    tried = Guess(here.cooperative.pk, number, _address(request), device, what=what)
    actions.begin_guess(by=tried, at=here.at)
    found = check()
    if found is None:
        actions.guessed_wrong(by=tried, at=here.at)
    else:
        actions.guessed_right(by=tried, at=here.at)
    return found


def guess_again(request: HttpRequest, here: Here, secret: str) -> bool:
    """Whether somebody who is signed in knows their secret. Counted for this session alone."""
    account = request.user
    assert isinstance(account, Account)
    assert here.member is not None
    session = request.session.session_key or ""
    tried = Guess(here.cooperative.pk, here.member.number, _address(request), session=session)
    actions.begin_guess(by=tried, at=here.at)
    right = check_password(secret, account.password)  # a hash made anew would end the session it is asked in
    if right:
        actions.guessed_right(by=tried, at=here.at)
    return right


def let_in(request: HttpRequest, here: Here, account: Account, *, own: bool, onward: str) -> HttpResponse:
    """Signs in under a new session key. On one's own device the browser is known from now on."""
    login(request, account)
    gate = kiosk_of(request, here.cooperative.slug)
    own = own and gate is None
    request.session["kind"] = Kind.KIOSK if gate else Kind.OWN if own else Kind.BORROWED
    request.session["browser"] = " / ".join(filter(None, browser_and_device(_agent(request))))
    request.session.set_expiry(None if own else 0)  # elsewhere the cookie goes with the window
    member = Member.objects.get(cooperative=here.cooperative, account=account)
    _tell_endings(request, here, member)
    answer = redirect(onward)
    if gate is None:
        speak_as_registered(request, answer, member.language, own=own)
    if own:
        token = _device_token(request) or secrets.token_urlsafe(16)
        actions.remember_device(token=token, by=account, at=here.at)
        answer.set_signed_cookie(
            DEVICE_COOKIE,
            token,
            salt="device",
            max_age=DEVICE_COOKIE_AGE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return answer


def waiting(answer: HttpResponse, refused: Refused) -> HttpResponse:
    """429 and after how many seconds it makes sense to come back, if the door waits; else the answer as it is."""
    minutes = [int(str(one.params["minutes"])) for one in refused.reasons if one.code in WAITS]
    if minutes:
        answer.status_code = 429
        answer["Retry-After"] = str(max(minutes) * 60)
    return answer


def _tell_endings(request: HttpRequest, here: Here, member: Member) -> None:
    """What an office ended in the meantime is told to whom it happened."""
    for ending in actions.tell_endings(by=member, at=here.at):
        day = date_format(ending.at.astimezone(here.cooperative.zone), "DATETIME_FORMAT")
        words = _(
            "On %(day)s %(who)s ended everything you were signed in on. If you had not asked for it, ask why."
        )
        messages.warning(request, words % {"day": day, "who": ending.by.name})


def _known_device(request: HttpRequest, here: Here, number: int) -> int | None:
    """Whether this browser is known as the own one of the member with that number."""
    token = _device_token(request)
    if not token:
        return None
    known = Device.objects.filter(
        token_hash=hash_of(token),
        account__members__cooperative=here.cooperative,
        account__members__number=number,
    )
    return known.values_list("pk", flat=True).first()


def _device_token(request: HttpRequest) -> str:
    token = request.get_signed_cookie(DEVICE_COOKIE, default="", salt="device", max_age=DEVICE_COOKIE_AGE)
    return str(token)


def _address(request: HttpRequest) -> str:
    forwarded = request.headers.get("X-Forwarded-For", "")
    return client_address(request.META.get("REMOTE_ADDR", ""), forwarded, settings.PROXIES)


def _agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")[:500]
