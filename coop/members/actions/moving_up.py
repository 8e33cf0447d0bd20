"""An alternate takes a seat that has fallen empty."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.models import Actor

from ..alternates import next_alternate
from ..models import Mandate, Seat
from .offices import begin_mandate, end_mandate


@transaction.atomic
def move_up(
    *,
    seat: Seat,
    until: datetime.datetime | None,
    document: str,
    since: datetime.datetime | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Mandate | None:
    """The next alternate holds the seat from now on, or `since` a moment to come, for the rest of its term; none where
    there is no alternate."""
    moment = max(since or at, at)
    waiting = next_alternate(seat, moment)
    if waiting is None:
        return None
    end_mandate(mandate=waiting, ended=Mandate.Ended.MOVED_UP, document=document, until=moment, by=by, at=at)
    return begin_mandate(
        seat=seat,
        member=waiting.member,
        since=moment,
        until=until,
        begun=Mandate.Begun.MOVED_UP,
        document=document,
        by=by,
        at=at,
    )
