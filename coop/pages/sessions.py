"""Where somebody is signed in: the list, the end of each, and that a session stays awake while it is used."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from coop.keys import actions
from coop.members.models import Account

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
        row = getattr(request.session, "row", None)
        if not isinstance(account, Account) or row is None or _by_itself(request):
            return None
        if row.now - row.seen_at >= min(WRITTEN_EVERY, (row.expire_date - row.seen_at) / 8):
            actions.seen(session=row, by=account, at=row.now)
        return None


def _by_itself(request: HttpRequest) -> bool:
    """htmx asked for a fragment: nobody pressed anything, as far as can be told."""
    match = request.resolver_match
    asked = bool(getattr(request, "htmx", None)) and request.method == "GET"
    return asked and (match is None or match.url_name not in STANDS_ALONE)
