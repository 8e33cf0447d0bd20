"""How long a problem may wait for an answer, and whether figures of a month came in time. Pure; days, no hours.

The days are those of the bylaws. A clock starts on the day the problem was raised (or came back) and is over when that
many days have gone by: what is raised on Monday with one day is answered on Tuesday at the latest.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping

PRIORITIES = ("safety", "high", "normal", "low")  # in the order of the list


def answer_due(raised_on: datetime.date, priority: str, days: Mapping[str, int]) -> datetime.date:
    """The last day for an answer. `days`: of each priority; raises `KeyError` for a priority nobody knows.

    >>> answer_due(datetime.date(2026, 10, 12), "high", {"safety": 1, "high": 3})
    datetime.date(2026, 10, 15)
    """
    return raised_on + datetime.timedelta(days=days[priority])


def is_late(due: datetime.date, answered_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether the answer came after its day, or has not come and the day is over."""
    return (answered_on or today) > due


def month_ends(year: int, month: int) -> datetime.date:
    """The last day of a month.

    >>> month_ends(2028, 2)
    datetime.date(2028, 2, 29)
    """
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def figures_due(year: int, month: int, days: int) -> datetime.date:
    """The last day on which the figures of a month are in time."""
    return month_ends(year, month) + datetime.timedelta(days=days)
