"""Where somebody is signed in: the list, the end of each, and that a session stays awake while it is used."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.keys import actions
from coop.keys.models import Session
from coop.keys.rules import obstacles_to_ending_sessions
from coop.members.models import Account
from coop.refusals import refuse_if

from .. import access
from ..access import acting, enter
from .door import sign_out
from .languages import choices

WRITTEN_EVERY = datetime.timedelta(minutes=1)  # a page seldom costs a write
STANDS_ALONE = {"hall"}  # the screen in the hall is left to itself on purpose


class Seen:
    """A session that is used stays awake. What a page asks by itself, every few seconds, is no sign of a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        account = request.user if request.session.session_key else None
        if not isinstance(account, Account) or _by_itself(request):  # asking who it is loads the session
            return None
        row = getattr(request.session, "row", None)
        if row is not None and row.now - row.seen_at >= min(
            WRITTEN_EVERY, (row.expire_date - row.seen_at) / 8
        ):
            actions.seen(session=row, by=account, at=row.now)
        return None


def _by_itself(request: HttpRequest) -> bool:
    """htmx asked for a fragment: nobody pressed anything, as far as can be told."""
    match = request.resolver_match
    asked = bool(getattr(request, "htmx", None)) and request.method == "GET"
    return asked and (match is None or match.url_name not in STANDS_ALONE)


# --- One's own ------------------------------------------------------------------------------------------------------


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # `enter` lets nobody else by
    return request.user


@require_safe
def sessions(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    alive = Session.objects.filter(account=_account(request), expire_date__gt=here.at)
    this = request.session.session_key
    rows = sorted(alive, key=lambda one: one.session_key != this)  # this one first, then the latest
    context = {"sessions": rows, "this": this, "others": len(rows) > 1, "languages": choices()}
    return render(request, "entrance/sessions/sessions.html", context)


@require_POST
def end(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    handle = request.POST.get("session", "")
    if handle == Session(session_key=request.session.session_key or "").handle:
        return sign_out(request, coop)  # the one that asks is signed out as always
    if actions.end_session(handle=handle, by=_account(request), at=here.at):
        messages.success(request, _("Signed out there."))
    else:
        messages.info(request, _("That one was over already."))
    return redirect("me-sessions", coop)


@require_POST
def end_others(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    keep = request.session.session_key or ""
    ended = actions.end_others(keep=keep, by=_account(request), at=here.at)
    words = ngettext("One other sign-in has ended.", "%(count)s other sign-ins have ended.", ended)
    messages.success(request, words % {"count": ended})
    return redirect("me-sessions", coop)


# --- Of a member, by an office ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def end_of(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """A telephone is lost. GET asks once more. Nobody is signed in by this, and the member is told."""
    here = enter(request, coop)
    person = access.member(here, number)
    if request.method == "POST":
        actions.end_sessions_of(member=person, by=acting(here), at=here.at)
        messages.success(
            request, _("Ended. To come back they give their secret again, and read who did this.")
        )
        return redirect("member", coop, number)
    reasons = obstacles_to_ending_sessions(person, by=acting(here), at=here.at)
    refuse_if([reason for reason in reasons if reason.code == "no-mandate"])
    return render(request, "entrance/sessions/end_of.html", {"person": person, "reasons": reasons})
