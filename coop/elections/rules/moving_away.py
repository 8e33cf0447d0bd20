"""When a seat falls empty because its holder works elsewhere (practice C07). No writes, no clock."""

from __future__ import annotations

import datetime

from coop.members.models import Mandate, Posting
from coop.members.terms import months_later
from coop.refusals import Reason

from ..constituencies import constituency_of, works_at


def seat_empty_from(mandate: Mandate, day: datetime.date) -> datetime.date | None:
    """The first of the month after the holder left those who elected them; None where they work there on `day`.

    Only what changed while they held it counts: whoever was elected as they are now is not sent away.
    """
    constituency = constituency_of(mandate.seat)
    if not any(constituency.place.values()):
        return None
    rows = Posting.objects.filter(member=mandate.member_id, struck_at=None, since__lte=day).order_by(
        "-since", "-pk"
    )
    left = None
    for row in rows.select_related("department", "crew"):
        if constituency.includes(**works_at(row).place):
            break
        left = row.since
    else:
        return None  # never worked there: elected all the same
    if left is None or left <= mandate.member.cooperative.day_of(mandate.since):
        return None
    return months_later(left.replace(day=1), 1)


def obstacles_to_moving_away(mandate: Mandate, *, at: datetime.datetime) -> list[Reason]:
    """Held, and the month in which they moved is over."""
    if not Mandate.objects.filter(Mandate.in_force(at) & Mandate.not_over(at), pk=mandate.pk).exists():
        return [Reason("mandate-not-held")]
    day = mandate.member.cooperative.day_of(at)
    empty = seat_empty_from(mandate, day)
    return [] if empty is not None and empty <= day else [Reason("works-with-the-electors")]
