"""From which day somebody may hold an office who may not today: rest after terms, bar after a recall, time as a member.

A fixed number of questions, however many people are told.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Min

from coop.charter.models import Bylaws
from coop.members.electorate import SENIORITY
from coop.members.models import Mandate, Member, Office, Standing
from coop.members.terms import months_later

from .terms_in_a_row import NEVER_COUNTED, NOT_A_TERM, rest_ends

REST, BAR, TIME = "rest", "bar", "time"


@dataclass(frozen=True)
class Free:
    """`why` is what keeps them longest."""

    member: Member
    day: datetime.date
    why: str


def who_becomes_free(office: Office, day: datetime.date, bylaws: Bylaws) -> list[Free]:
    """The soonest first. Who may hold it on `day`, as far as days are concerned, is not told."""
    found: dict[int, tuple[datetime.date, str]] = {}
    for why, days in (
        (REST, _rests(office, bylaws)),
        (BAR, _bars(office, bylaws)),
        (TIME, _times(office, bylaws, day)),
    ):
        for key, free in days:
            if free > day and (key not in found or free > found[key][0]):
                found[key] = (free, why)
    people = Member.objects.in_bulk(list(found))
    told = [Free(people[key], free, why) for key, (free, why) in found.items()]
    return sorted(told, key=lambda one: (one.day, one.member.number))


def _rests(office: Office, bylaws: Bylaws) -> Iterable[tuple[int, datetime.date]]:
    held = (
        Mandate.objects.filter(seat__office=office, seat__alternate=False, confirmed_at__isnull=False)
        .exclude(begun__in=NOT_A_TERM)
        .exclude(ended__in=NEVER_COUNTED)
        .exclude(until=F("since"))
    )
    terms: dict[int, list[tuple[datetime.datetime, datetime.datetime | None]]] = {}
    for one in held.order_by("since"):
        terms.setdefault(one.member_id, []).append((one.since, one.until))
    for key, those in terms.items():
        free = rest_ends(those, office.body.cooperative, bylaws)
        if free is not None:
            yield key, free


def _bars(office: Office, bylaws: Bylaws) -> Iterable[tuple[int, datetime.date]]:
    times = {"none": 0, "rest_of_term": 1, "next_term": 2}[bylaws.recall_bar]
    ended = (Mandate.Ended.RECALLED, Mandate.Ended.RESIGNED_RECALL)
    recalled = Mandate.objects.filter(
        seat__office__body=office.body_id, ended__in=ended, until__gt=F("since")
    )
    for one in recalled.select_related("seat__office"):
        if times and one.seat.office.term_months:
            begun = office.body.cooperative.day_of(one.since)
            yield one.member_id, months_later(begun, times * one.seat.office.term_months)


def _times(office: Office, bylaws: Bylaws, day: datetime.date) -> Iterable[tuple[int, datetime.date]]:
    """Members of today alone: whoever has gone waits for nothing."""
    kind = office.body.kind
    months = getattr(bylaws, SENIORITY[kind]) if kind in SENIORITY else 0
    if not months:
        return
    here = Standing.objects.filter(
        Standing.on(day), member__cooperative=office.body.cooperative_id, kind=Standing.Kind.MEMBER
    ).exclude(status__in=Standing.GONE)
    first = Standing.objects.filter(
        member__in=here.values("member"), kind=Standing.Kind.MEMBER, struck_at=None
    ).order_by()
    for row in first.values("member").annotate(first=Min("since")):
        yield row["member"], months_later(row["first"], months)
