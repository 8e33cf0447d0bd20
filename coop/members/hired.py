"""Hired work against the bylaws: shares of hours, exact, and how long somebody has been here on which contracts.

Replacements and trainees stand in `hired` as well as in `outside`: their hours are hours worked, but do not count
against the limit. Whoever is on trial or hired may ask for membership from the sixth month on.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .terms import months_later

ASK_AFTER_MONTHS = 6  # house rule: the time of the longest usual trial
BREAK = datetime.timedelta(days=31)  # house rule: work that stops for less than this goes on


class Hours(NamedTuple):
    """Whole hours of a quarter: of members, of everybody else, and how many of these stand outside the limit."""

    members: int
    hired: int
    outside: int


def share(hours: Hours) -> Fraction:
    """The part of all hours that counts against the limit; nothing worked is no share.

    >>> share(Hours(members=880, hired=120, outside=20))
    Fraction(1, 10)
    """
    every = hours.members + hours.hired
    return Fraction(hours.hired - hours.outside, every) if every else Fraction(0)


def over(hours: Hours, limit: Fraction) -> int:
    """Hours above the limit, a begun hour as a whole one; below it a negative number, whole hours that are left.

    >>> over(Hours(8760, 1240, 0), Fraction(1, 10)), over(Hours(9100, 900, 0), Fraction(1, 10))
    (240, -100)
    """
    exact = hours.hired - hours.outside - limit * (hours.members + hours.hired)
    return -((-exact) // 1)


def percent(part: Fraction, limit: Fraction) -> Decimal:
    """A share as per cent with one decimal, rounded away from the limit: what is over it never reads as kept.

    >>> limit = Fraction(1, 10)
    >>> str(percent(Fraction(10_001, 100_000), limit)), str(percent(Fraction(9_999, 100_000), limit))
    ('10.1', '9.9')
    """
    tenths = part * 1000
    whole = -((-tenths) // 1) if part > limit else tenths // 1
    return (Decimal(int(whole)) / 10).quantize(Decimal("0.1"))


def quarter_of(day: datetime.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def first_day(year: int, quarter: int) -> datetime.date:
    return datetime.date(year, 3 * quarter - 2, 1)


def last_day(year: int, quarter: int) -> datetime.date:
    return months_later(first_day(year, quarter), 3) - datetime.timedelta(days=1)


def quarters_until(day: datetime.date, count: int) -> list[tuple[int, int]]:
    """The running quarter and those before it, the newest first."""
    year, quarter = quarter_of(day)
    places = [4 * year + quarter - 1 - back for back in range(count)]
    return [(place // 4, place % 4 + 1) for place in places]


# --- How long somebody has been here -----------------------------------------------------------------------------


class Stay(NamedTuple):
    """A dated standing of one person. `kind` is "hired", "trial" or "member"; `working` is False on leave."""

    kind: str
    since: datetime.date
    until: datetime.date | None
    ends: datetime.date | None  # as agreed: of the contract or trial, or, on leave, of the leave
    working: bool = True
    gone: bool = False


class Work(NamedTuple):
    """The work of somebody who is no member, without a break: from when, on how many contracts, until when."""

    since: datetime.date
    kind_since: datetime.date  # of the trial, or of the hire, if one followed on the other
    contracts: int
    ends: datetime.date | None

    @property
    def may_ask_from(self) -> datetime.date:
        return months_later(self.since, ASK_AFTER_MONTHS)


def work(stays: Sequence[Stay]) -> Work | None:
    """`stays` in the order of their days, struck ones left out, none later than today; None for who is no such person.

    A pause shorter than a month between two contracts does not begin the count anew.
    """
    run = _unbroken(stays)
    if not run:
        return None
    contracts, kind, kind_since, ends = 0, "", run[0].since, None
    for one, before in zip(run, [None, *run], strict=False):
        if one.kind != kind:
            kind_since = one.since
        after_a_pause = before is not None and before.until is not None and before.until < one.since
        if one.kind != kind or after_a_pause or (one.working and one.ends and one.ends != ends):
            contracts += 1
            ends = one.ends if one.working else None
        kind = one.kind
    return Work(run[0].since, kind_since, contracts, ends)


def _unbroken(stays: Sequence[Stay]) -> list[Stay]:
    """The last of the stays and those before it, back to the first pause that was long or to a time as a member."""
    run: list[Stay] = []
    for one in reversed(stays):
        if one.gone and not run:
            return []
        if one.gone:
            continue
        if one.kind == "member" or (run and (one.until is None or run[0].since - one.until >= BREAK)):
            break
        run.insert(0, one)
    return run
