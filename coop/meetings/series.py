"""Meetings that come back: which days come next, and what stands in the way of beginning and ending a series."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Body, Member
from coop.refusals import Reason

from .calendar import Planned, Turn, turns
from .drafts import FARTHEST, MOST_SITTINGS
from .models import Holiday, Meeting, Series
from .rules.calling import notice_days, obstacles_in_kind, obstacles_to_preparing

LOOKED_AHEAD = 60  # turns: nobody prepares more drafts at once, however often a series comes back


def holidays_of(cooperative: Cooperative) -> frozenset[datetime.date]:
    return frozenset(Holiday.objects.filter(cooperative=cooperative).values_list("day", flat=True))


def turns_of(
    series: Series, holidays: frozenset[datetime.date], *, since: datetime.date | None = None
) -> Iterator[Turn]:
    """Its meetings one after the other, without end, whether they have been prepared or not."""
    kept = holidays if series.skips_holidays else frozenset()
    return turns(series.first_on, every_days=series.every_days, holidays=kept, since=since)


def hours_of(series: Series, turn: Turn) -> list[str]:
    """ "05:30": the hours of this turn of the rotation."""
    hours: list[str] = series.hours[turn.number % len(series.hours)]
    return hours


def sittings_of(series: Series, turn: Turn, zone: datetime.tzinfo) -> list[Planned]:
    """The sittings of one meeting, each at its hour on the clock of the plant."""
    return [
        Planned(datetime.datetime.combine(turn.held_on, datetime.time.fromisoformat(hour), zone))
        for hour in hours_of(series, turn)
    ]


def turns_to_prepare(series: Series, at: datetime.datetime) -> list[Turn]:
    """Those whose draft is due and not there: so many days before, and not once the day has come."""
    if series.ended_at is not None:
        return []
    today = series.body.cooperative.day_of(at)
    until = today + datetime.timedelta(days=series.ahead_days)
    tomorrow = today + datetime.timedelta(days=1)
    coming = turns_of(series, holidays_of(series.body.cooperative), since=tomorrow)
    near = itertools.takewhile(lambda turn: turn.held_on <= until, itertools.islice(coming, LOOKED_AHEAD))
    there = set(Meeting.objects.filter(series=series).values_list("series_on", flat=True))
    return [turn for turn in near if turn.on not in there]


def obstacles_to_beginning_series(
    body: Body,
    kind: str,
    *,
    first_on: datetime.date,
    every_days: int,
    hours: Sequence[Sequence[str]],
    ahead_days: int,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """Who calls the body; early enough that the notice can still go out in time."""
    day = body.cooperative.day_of(at)
    reasons = obstacles_to_preparing(body, by=by, at=at) + obstacles_in_kind(body, kind)
    if first_on <= day:
        reasons.append(Reason("series-begins-later"))
    if first_on > day + FARTHEST:
        reasons.append(Reason("sitting-too-far"))
    if not 1 <= every_days <= 366:
        reasons.append(Reason("series-comes-back-within", {"most": 366}))
    if not hours or any(not 1 <= len(set(one)) == len(one) <= MOST_SITTINGS for one in hours):
        reasons.append(Reason("series-without-hours"))
    least = notice_days(Meeting(kind=kind), bylaws) + 1
    if not reasons and ahead_days < least:
        reasons.append(Reason("series-prepared-too-late", {"days": least}))
    return reasons


def obstacles_to_ending_series(series: Series, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if series.ended_at is not None:
        return [Reason("series-ended-already")]
    return obstacles_to_preparing(series.body, by=by, at=at)
