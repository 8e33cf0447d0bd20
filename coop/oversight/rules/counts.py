"""What stands in the way of filing a count and of signing it. No writes, no clock."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.models import Member
from coop.refusals import Reason

from ..count_lines import MOST_LINES, Cash, Stock
from ..models import CountSheet
from .findings import obstacles_to_auditing

OLDEST = datetime.timedelta(days=60)  # a count is filed while people remember it


def obstacles_to_filing_count(
    lines: Sequence[Cash] | Sequence[Stock],
    *,
    title: str,
    counted_on: datetime.date,
    witness: Member,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """By who audits, with somebody of the house who was there, of a day not long ago."""
    found = obstacles_to_auditing(by=by, at=at)
    day = by.cooperative.day_of(at)
    if not title.strip():
        found.append(Reason("count-without-title"))
    if witness.cooperative_id != by.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": witness.name}))
    if witness.pk == by.pk:
        found.append(Reason("count-signed-by-another"))
    if not day - OLDEST <= counted_on <= day:
        found.append(
            Reason("count-of-another-day", {"since": (day - OLDEST).isoformat(), "last": day.isoformat()})
        )
    if not lines:
        found.append(Reason("count-without-lines"))
    if len(lines) > MOST_LINES:
        found.append(Reason("count-too-long", {"most": MOST_LINES}))
    return found


def obstacles_to_signing_count(sheet: CountSheet, *, agrees: bool, says: str, by: Member) -> list[Reason]:
    """Whoever was named as having been there, once; who does not agree says why."""
    found = [] if by.pk == sheet.witness_id else [Reason("count-of-others")]
    if sheet.signed_at is not None:
        found.append(Reason("count-signed-already"))
    if not agrees and not says.strip():
        found.append(Reason("contradicted-without-words"))
    return found
