"""A budget that was turned down: last year's lines go on month by month, for so many days (practice C16). Pure."""

from __future__ import annotations

import datetime
from decimal import ROUND_DOWN, Decimal

MONTHS = 12


def of_month(amount: Decimal, month: int, *, decimals: int) -> Decimal:
    """The twelfth of a yearly amount for one month (1 to 12). Twelve of them are the year, to the last unit.

    >>> [of_month(Decimal(100), month, decimals=0) for month in (1, 2, 3)]
    [Decimal('8'), Decimal('8'), Decimal('9')]
    """
    if not 1 <= month <= MONTHS:
        raise ValueError(f"no month: {month}")
    return _up_to(amount, month, decimals) - _up_to(amount, month - 1, decimals)


def _up_to(amount: Decimal, month: int, decimals: int) -> Decimal:
    return (amount * month / MONTHS).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def days_left(begins_on: datetime.date, day: datetime.date, *, days: int) -> int:
    """How many days the continued budget still has, that day included; before it begins all of them, never below 0.

    >>> days_left(datetime.date(2027, 1, 1), datetime.date(2027, 1, 1), days=90)
    90
    >>> days_left(datetime.date(2027, 1, 1), datetime.date(2027, 3, 31), days=90)
    1
    """
    return max(0, min(days, days - (day - begins_on).days))
