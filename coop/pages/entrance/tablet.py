"""A tablet of the plant, on which one member after another does one thing: how it is known, and what it forgets.

On such a browser every sign-in is for one act. After the first form that was taken the member is signed out, also when
a receipt is the answer; after two minutes without anybody too. It works without a script: the page leaves by itself
(`Refresh`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from coop.keys.models import Kind, Kiosk
from coop.keys.models.devices import hash_of
from coop.keys.models.sessions import IDLE

COOKIE = "__Host-kiosk" if settings.HTTPS else "kiosk"
COOKIE_AGE = 365 * 24 * 3600
WAYS_IN = {"kiosk", "sign-in", "sign-in-as", "sign-in-code", "sign-in-passkey", "enrol-by-code", "language"}
# What belongs to one's own device: on a tablet for everybody there are no such pages.
ONES_OWN = {
    "codes",
    "passkeys",
    "passkey-add",
    "passkey-remove",
    "me-sessions",
    "me-session-end",
    "me-sessions-end-others",
}
FORGET = '"cache", "storage"'
RECEIPT_STAYS = 60  # seconds on the screen of a tablet, for somebody to copy the words


def kiosk_of(request: HttpRequest, slug: str) -> Kiosk | None:
    """The tablet this browser is, in that house; None for every other browser, without a question."""
    if COOKIE not in request.COOKIES:
        return None
    token = request.get_signed_cookie(COOKIE, default="", salt="kiosk", max_age=COOKIE_AGE)
    found = Kiosk.objects.filter(token_hash=hash_of(str(token)), cooperative__slug=slug, ended_at=None)
    return found.select_related("cooperative__chain").first() if token else None


def mark(answer: HttpResponse, token: str) -> None:
    answer.set_signed_cookie(
        COOKIE,
        token,
        salt="kiosk",
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


class Tablet:
    """One act, then out. Costs nothing in any other browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        slug = match.kwargs.get("coop") if match else None
        if COOKIE not in request.COOKIES or match is None or slug is None:
            return answer
        start = reverse("kiosk", args=[slug])
        if match.url_name == "sign-out":
            return _forgetting(redirect(f"{start}?done"))
        if request.session.get("kind") != Kind.KIOSK:
            return answer
        taken = 300 <= answer.status_code < 400 or "HX-Redirect" in answer.headers
        if request.method == "POST" and getattr(answer, "is_receipt", False):
            logout(request)  # the sheet stays to be copied; whoever comes next is nobody
            answer["Refresh"] = f"{RECEIPT_STAYS}; url={start}?done"
            return _forgetting(answer)
        if request.method == "POST" and taken and match.url_name not in WAYS_IN:
            logout(request)
            htmx = bool(getattr(request, "htmx", None))
            done = f"{start}?done"
            return _forgetting(HttpResponseClientRedirect(done) if htmx else redirect(done))
        if answer.status_code != 302:
            answer["Refresh"] = f"{int(IDLE[Kind.KIOSK].total_seconds())}; url={start}?over"
        return answer

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """The way in is the form of the tablet, and it remembers no page somebody else wanted."""
        match = request.resolver_match
        if match is None or COOKIE not in request.COOKIES:
            return None
        if match.url_name in ONES_OWN and request.session.get("kind") == Kind.KIOSK:
            raise Http404
        if match.url_name != "sign-in":
            return None
        slug = match.kwargs["coop"]
        return redirect("kiosk", slug) if kiosk_of(request, slug) else None


def _forgetting(answer: HttpResponse) -> HttpResponse:
    answer["Clear-Site-Data"] = FORGET
    return answer
