"""The numbers of meetings: which comes next, and what stands in the way of going on from the old book."""

from __future__ import annotations

import datetime

from django.db.models import Max

from coop.members.models import Body, Member
from coop.members.rules.second_person import obstacles_to_confirming, obstacles_to_keeping_the_archive
from coop.refusals import Reason

from .models import LastInBook, Meeting

HIGHEST = 999  # a body that meets more often in a year has slipped with the pen


def next_number(body: Body, year: int) -> int:
    """One more than the last called here, or than the last in the book; the caller has locked the body."""
    last = Meeting.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"]
    if last is None:
        confirmed = LastInBook.objects.filter(body=body, year=year, confirmed_at__isnull=False)
        last = confirmed.order_by("-confirmed_at", "-pk").values_list("last", flat=True).first()
    return (last or 0) + 1


def obstacles_to_going_on(
    body: Body, *, year: int, last: int, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Of this year or an earlier one, and before the first meeting of it was called here."""
    reasons = obstacles_to_keeping_the_archive(body.cooperative, by=by, at=at)
    if year > body.cooperative.day_of(at).year:
        reasons.append(Reason("still-to-come"))
    if not 1 <= last <= HIGHEST:
        reasons.append(Reason("meeting-number-out-of-range", {"most": HIGHEST}))
    return reasons + _obstacles_of_the_year(body, year)


def obstacles_to_confirming_last(entry: LastInBook, *, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_to_confirming(entry, by=by, at=at) + _obstacles_of_the_year(entry.body, entry.year)


def _obstacles_of_the_year(body: Body, year: int) -> list[Reason]:
    first = Meeting.objects.filter(body=body, year=year, number__isnull=False).order_by("number").first()
    if first is None:
        return []
    return [Reason("numbers-begun-here", {"label": f"{body.code} {year}-{first.number}"})]
