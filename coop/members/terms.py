"""Ages and months: how old somebody is on a day, and the same day some months later. Pure."""

import calendar
import datetime


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Whole years. Whoever was born on 29 February grows older on 1 March in other years.

    >>> age_on(datetime.date(2010, 11, 22), datetime.date(2026, 11, 21))
    15
    >>> age_on(datetime.date(2010, 11, 21), datetime.date(2026, 11, 21))
    16
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day where it has none.

    >>> months_later(datetime.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    >>> months_later(datetime.date(2026, 11, 21), 0)
    datetime.date(2026, 11, 21)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
