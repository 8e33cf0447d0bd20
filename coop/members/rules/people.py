"""Who keeps the register, and why somebody cannot be admitted or changed from a day on. No writes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet

from coop.charter.models import Cooperative
from coop.refusals import Reason

from ..models import Member, Power
from ..powers import obstacles_without


def obstacles_to_keeping_the_register(*, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_without(Power.KEEP_REGISTER, by=by, at=at)


def obstacles_to_admitting(cooperative: Cooperative, number: int) -> list[Reason]:
    if Member.objects.filter(cooperative=cooperative, number=number).exists():
        return [Reason("number-taken", {"number": number})]
    return []


def obstacles_to_dated_change(rows: QuerySet[Any], since: datetime.date) -> list[Reason]:
    """`rows` are the standings or postings of one member. They run on from each other: none goes in between."""
    first, later = rows.first(), rows.filter(since__gt=since).first()
    if first is not None and since < first.since:
        return [Reason("change-before-the-first", {"day": first.since.isoformat()})]
    if later is not None:
        return [Reason("later-change-on-record", {"day": later.since.isoformat()})]
    return []
