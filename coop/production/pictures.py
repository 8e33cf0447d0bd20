"""What the list of problems looks like over time: by department, place and priority, never by person. Pure.

Nothing here takes a name. Counts come in as they were grouped, so ten years of problems are a few thousand numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple


class Step(NamedTuple):
    """So many problems went from one state to another on that day; `before` is empty when they were raised."""

    day: datetime.date
    before: str
    after: str
    number: int = 1


class Answered(NamedTuple):
    """So many problems of a priority were answered after so many whole days; `late`: after their last day."""

    priority: str
    days: int
    late: bool
    number: int = 1


class Speed(NamedTuple):
    """Of one priority: how many were answered, the middle number of days, the longest, and the share in time."""

    number: int
    middle: int
    longest: int
    in_time: Fraction


class Place(NamedTuple):
    """One place and category: how many problems were raised there, and how many of them came back."""

    area: int
    category: str
    raised: int
    reopened: int = 0


def over_time(steps: Iterable[Step], ends: Sequence[datetime.date]) -> list[dict[str, int]]:
    """How many problems stood in each state at the end of each day of `ends`, which go forward.

    >>> on = datetime.date
    >>> over_time([Step(on(2026, 1, 5), "", "open", 2), Step(on(2026, 1, 9), "open", "solved")],
    ...           [on(2026, 1, 4), on(2026, 1, 5), on(2026, 1, 31)])
    [{}, {'open': 2}, {'open': 1, 'solved': 1}]
    """
    left = sorted(steps)
    standing: dict[str, int] = {}
    found, place = [], 0
    for end in ends:
        while place < len(left) and left[place].day <= end:
            step = left[place]
            place += 1
            if step.before:
                standing[step.before] = standing.get(step.before, 0) - step.number
            standing[step.after] = standing.get(step.after, 0) + step.number
        found.append({state: number for state, number in standing.items() if number})
    return found


def speeds(answers: Iterable[Answered]) -> dict[str, Speed]:
    """How fast answers came, by priority. The middle of an even number is the lower of the two.

    >>> speeds([Answered("high", 1, False, 2), Answered("high", 9, True)])["high"]
    Speed(number=3, middle=1, longest=9, in_time=Fraction(2, 3))
    """
    grouped: dict[str, list[Answered]] = {}
    for one in answers:
        if one.number > 0:
            grouped.setdefault(one.priority, []).append(one)
    return {priority: _speed(sorted(many, key=lambda one: one.days)) for priority, many in grouped.items()}


def _speed(answers: Sequence[Answered]) -> Speed:
    number = sum(one.number for one in answers)
    until_middle = (number + 1) // 2
    counted, middle = 0, answers[-1].days
    for one in answers:
        counted += one.number
        if counted >= until_middle:
            middle = one.days
            break
    in_time = sum(one.number for one in answers if not one.late)
    return Speed(number, middle, answers[-1].days, Fraction(in_time, number))


def age_of_oldest(raised: Iterable[datetime.date], today: datetime.date) -> int | None:
    """Days since the oldest of them was raised; None without any."""
    oldest = min(raised, default=None)
    return None if oldest is None else (today - oldest).days


def recurring(places: Iterable[Place], *, least: int = 3) -> list[Place]:
    """Places where the same kind of problem was raised or came back at least so often, the worst first."""
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for one in places:
        raised, reopened = sums.get((one.area, one.category), (0, 0))
        sums[one.area, one.category] = (raised + one.raised, reopened + one.reopened)
    found = [Place(*where, *numbers) for where, numbers in sums.items() if sum(numbers) >= least]
    return sorted(found, key=lambda one: (-(one.raised + one.reopened), one.area, one.category))


def share_of(amount: Fraction | int, whole: Fraction | int) -> Fraction | None:
    """Output of a month as a share of its plan, or of what the machines could do; None where nothing was planned."""
    return Fraction(amount) / Fraction(whole) if whole else None
