"""Days of the law: the last lawful day of each step on the way to a meeting and after it, and meetings that come
back. Pure."""

import datetime
import itertools
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

ONE_DAY = datetime.timedelta(days=1)


class Planned(NamedTuple):
    """One sitting as it is planned: when, for whom, and where, if not where the meeting is."""

    starts_at: datetime.datetime
    for_whom: str = ""
    place: str = ""


def last_notice_day(meeting_day: datetime.date, *, notice_days: int, ends_counted: bool) -> datetime.date:
    """The last lawful day to post the notice.

    Where neither the day of posting nor the day of the meeting counts (Spain, Ley 27/1999 art. 24), `notice_days`
    whole days lie between them:

    >>> last_notice_day(datetime.date(2026, 11, 28), notice_days=15, ends_counted=False)
    datetime.date(2026, 11, 12)
    >>> last_notice_day(datetime.date(2026, 11, 28), notice_days=15, ends_counted=True)
    datetime.date(2026, 11, 13)
    """
    return meeting_day - datetime.timedelta(days=notice_days if ends_counted else notice_days + 1)


def first_meeting_day(posted: datetime.date, *, notice_days: int, ends_counted: bool) -> datetime.date:
    """The first day on which a meeting is lawful whose notice goes out on `posted`.

    >>> first_meeting_day(datetime.date(2026, 11, 12), notice_days=15, ends_counted=False)
    datetime.date(2026, 11, 28)
    """
    return posted + datetime.timedelta(days=notice_days if ends_counted else notice_days + 1)


def register_closing_day(meeting_day: datetime.date, *, days_before: int) -> datetime.date:
    """
    >>> register_closing_day(datetime.date(2026, 11, 28), days_before=15)
    datetime.date(2026, 11, 13)
    """
    return meeting_day - datetime.timedelta(days=days_before)


def amendments_until(
    first: datetime.datetime, *, days_before: int, zone: datetime.tzinfo
) -> datetime.datetime:
    """From which moment amendments need the leave of the meeting: the first sitting, or the end of a day before it.

    >>> amendments_until(datetime.datetime(2026, 11, 28, 6, 30, tzinfo=datetime.UTC), days_before=3, zone=datetime.UTC)
    datetime.datetime(2026, 11, 26, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if days_before == 0:
        return first
    day = first.astimezone(zone).date() - datetime.timedelta(days=days_before - 1)
    return datetime.datetime.combine(day, datetime.time(), zone)


# --- The timetable --------------------------------------------------------------------------------------------------


class Step(StrEnum):
    """What has its last day, in the order in which it happens where days are equal."""

    REQUESTS = "requests"  # items that members ask for
    NOTICE = "notice"
    PAPERS = "papers"  # what will be voted lies open
    REGISTER = "register"
    CLAIMS = "claims"  # against the register of voters
    LATE_ITEMS = "late-items"
    NEW_AGENDA = "new-agenda"
    MEETING = "meeting"
    LAST_SITTING = "last-sitting"
    SITTING_MINUTES = "sitting-minutes"
    MINUTES = "minutes"
    OBJECTIONS = "objections"
    AUTHORITY = "authority"  # minutes sent to the public authority
    CHALLENGE = "challenge"


class Days(NamedTuple):
    """The numbers of the bylaws that a timetable is counted from, all in days."""

    notice: int
    ends_counted: bool
    register_closing: int
    claims: int
    late_items_until: int | None  # after the notice; None where nothing comes in any more
    new_agenda: int
    sitting_minutes: int
    minutes: int
    objections: int
    authority: int  # 0: the minutes are not sent
    challenge: int


class LastDay(NamedTuple):
    step: Step
    day: datetime.date


def timetable(
    first: datetime.date, last: datetime.date, days: Days, *, posted: datetime.date | None = None
) -> list[LastDay]:
    """The last lawful day of each step, of a meeting whose sittings lie on the days from `first` to `last`.

    What comes before is counted back from the first sitting, what comes after from the last one. `posted`: the day the
    notice went out; without it the last lawful day stands for it. Claims end at the latest on the day of the meeting.
    """
    notice = last_notice_day(first, notice_days=days.notice, ends_counted=days.ends_counted)
    closing = register_closing_day(first, days_before=days.register_closing)
    found = [
        LastDay(Step.REQUESTS, posted or notice),
        LastDay(Step.NOTICE, notice),
        LastDay(Step.PAPERS, notice),
        LastDay(Step.REGISTER, closing),
        # The list is posted on the day after; that day does not count, as with a notice.
        LastDay(Step.CLAIMS, min(closing + datetime.timedelta(days=1 + days.claims), first)),
        LastDay(Step.MEETING, first),
    ]
    if days.late_items_until is not None:
        agenda = last_notice_day(first, notice_days=days.new_agenda, ends_counted=days.ends_counted)
        late = (posted or notice) + datetime.timedelta(days=days.late_items_until)
        found += [LastDay(Step.LATE_ITEMS, min(late, agenda)), LastDay(Step.NEW_AGENDA, agenda)]
    if last > first:
        found.append(LastDay(Step.LAST_SITTING, last))
        found.append(LastDay(Step.SITTING_MINUTES, last + datetime.timedelta(days=days.sitting_minutes)))
    ready = last + datetime.timedelta(days=days.minutes)
    found += [
        LastDay(Step.MINUTES, ready),
        LastDay(Step.OBJECTIONS, ready + datetime.timedelta(days=days.objections)),
        LastDay(Step.CHALLENGE, last + datetime.timedelta(days=days.challenge)),
    ]
    if days.authority:
        found.append(LastDay(Step.AUTHORITY, last + datetime.timedelta(days=days.authority)))
    order = list(Step)
    return sorted(found, key=lambda one: (one.day, order.index(one.step)))


# --- Meetings that come back ----------------------------------------------------------------------------------------


class Turn(NamedTuple):
    """One meeting of a series: its number from 0, the day the rhythm gives it, and the day it is held on."""

    number: int
    on: datetime.date
    held_on: datetime.date


def turns(
    first_on: datetime.date,
    *,
    every_days: int,
    holidays: Collection[datetime.date] = (),
    since: datetime.date | None = None,
) -> Iterator[Turn]:
    """Every so many days, without end; those held on `since` or later.

    One that falls on a holiday is held on the next day that is none, and the rhythm goes on as if nothing had been.
    Where the next meeting of the series has that day or an earlier one, the two are one.

    >>> day = datetime.date
    >>> found = turns(day(2026, 12, 11), every_days=14, holidays=[day(2026, 12, 25)])
    >>> [turn.held_on.day for turn in itertools.islice(found, 3)]
    [11, 26, 8]
    """
    skipped = 0
    if since is not None and since > first_on:
        # From a little before, so that one that was put off to `since` or beyond is seen.
        skipped = max(0, (since - first_on).days - len(holidays)) // every_days
    for number in itertools.count(skipped):
        on = first_on + datetime.timedelta(days=number * every_days)
        held_on = on
        while held_on in holidays:
            held_on += ONE_DAY
        if held_on > on and held_on >= on + datetime.timedelta(days=every_days):
            continue
        if since is None or held_on >= since:
            yield Turn(number, on, held_on)
