"""How often somebody has held an office without a rest (practice C08, rotation)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import F

from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Mandate, Member, Office
from coop.members.terms import months_later

BRIDGED = datetime.timedelta(days=31)  # the pause between two terms that follow each other
NOT_A_TERM = (
    Mandate.Begun.MOVED_UP,
    Mandate.Begun.NAMED,
    Mandate.Begun.COUNTED_BACK,
)  # the rest of somebody else's
NEVER_COUNTED = (Mandate.Ended.REFUSED, Mandate.Ended.ANNULLED)


def in_a_row(terms: Iterable[tuple[datetime.datetime, datetime.datetime | None]]) -> int:
    """The last terms that followed each other. `terms`: beginning and end of each, the earliest first.

    >>> day = lambda year: datetime.datetime(year, 3, 1, tzinfo=datetime.UTC)
    >>> in_a_row([(day(2020), day(2021)), (day(2023), day(2024)), (day(2024), day(2025))])
    2
    >>> in_a_row([])
    0
    """
    count, before = 0, None
    for since, until in terms:
        count = count + 1 if before is not None and since - before <= BRIDGED else 1
        before = until or since
    return count


def free_from(member: Member, office: Office, begins: datetime.date, bylaws: Bylaws) -> datetime.date | None:
    """From which day the member may hold the office again; None where nothing stands in the way of `begins`."""
    if not bylaws.consecutive_terms:
        return None
    held = Mandate.objects.filter(member=member, seat__office=office, seat__alternate=False).exclude(
        begun__in=NOT_A_TERM
    )
    held = held.exclude(ended__in=NEVER_COUNTED).exclude(until=F("since"))
    terms = [(one.since, one.until) for one in held.order_by("since")]
    free = rest_ends(terms, member.cooperative, bylaws)
    return free if free is not None and begins < free else None


def rest_ends(
    terms: Sequence[tuple[datetime.datetime, datetime.datetime | None]],
    cooperative: Cooperative,
    bylaws: Bylaws,
) -> datetime.date | None:
    """The first day after the rest that follows `terms`, the earliest first; None where there is no rest to take."""
    if not bylaws.consecutive_terms or in_a_row(terms) < bylaws.consecutive_terms:
        return None
    last = terms[-1][1]
    if last is None:
        return None  # a term without an end: nothing can follow it
    return months_later(cooperative.day_of(last), bylaws.rest_months)
