"""Who asks: the account came along with the row of the session, so that nobody asks for it a second time."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from coop.members.models import Account


class SignedIn(AuthenticationMiddleware):
    """`request.user`, found when somebody first asks for it."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _who(request))  # type: ignore[assignment]


def _who(request: HttpRequest) -> Account | AnonymousUser:
    found = _along_with_the_session(request)
    return auth.get_user(request) if found is None else found


def _along_with_the_session(request: HttpRequest) -> Account | None:
    """The account, when everything holds that Django itself would ask; None leaves the asking, and ending, to it."""
    session = request.session
    key, given = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    row = getattr(session, "row", None)
    account: Account | None = row.account if row is not None else None
    if (
        account is None
        or not account.is_active
        or str(account.pk) != key
        or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS
        or not constant_time_compare(given, account.get_session_auth_hash())
    ):
        return None
    return account
