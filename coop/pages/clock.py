"""A page reads the clock of the house once and hands it on as `at` (ruling 2)."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from coop.clock import now as now


def of(request: HttpRequest) -> datetime.datetime:
    """The hour of this request. PostgreSQL said it along with the session; without one it is asked."""
    known = not isinstance(request.user, AnonymousUser)  # asking who it is loads the session
    row = getattr(request.session, "row", None) if known else None
    said: datetime.datetime = now() if row is None else row.now
    return said
