"""How far a line is from its plan in the course of a year. Pure.

No article of the bylaws says when to warn, so the house does: a tenth of the plan of the whole year. A line that is
paid in two halves is warned of, one that is paid every month or two is not.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from .balance import Side

MONTHS = 12
TENTH = Decimal("0.1")  # of the plan of the year, beyond the share of the months that were entered


class Alarm(StrEnum):
    OVER = "over"  # more went out than the whole year has
    AHEAD = "ahead"  # more went out than the months so far have, by more than a tenth of the year
    LATE = "late"  # less came in than the months so far should have brought, by more than that


def alarm(side: Side, *, plan: Decimal, so_far: Decimal, months: int) -> Alarm | None:
    """`so_far`: what came in or went out in `months` months (0 to 12).

    >>> of_year = {"plan": Decimal(1200), "months": 6}
    >>> [alarm(Side.EXPENSE, so_far=Decimal(spent), **of_year) for spent in (720, 721, 1201)]
    [None, <Alarm.AHEAD: 'ahead'>, <Alarm.OVER: 'over'>]
    >>> [alarm(Side.INCOME, so_far=Decimal(earned), **of_year) for earned in (480, 479)]
    [None, <Alarm.LATE: 'late'>]
    """
    if not 0 <= months <= MONTHS:
        raise ValueError(f"no number of months: {months}")
    beyond = (so_far - plan * TENTH) * MONTHS  # times twelve, so that nothing is rounded
    below = (so_far + plan * TENTH) * MONTHS
    if side == Side.INCOME:
        return Alarm.LATE if below < plan * months else None
    if so_far > plan:
        return Alarm.OVER
    return Alarm.AHEAD if beyond > plan * months else None
