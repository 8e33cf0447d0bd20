"""How fast an office answers: what was asked, what was answered, half of it within how many days. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Asked:
    """One question: the days on which it was asked, was to be answered at the latest, and was answered."""

    asked_on: datetime.date
    due_on: datetime.date
    answered_on: datetime.date | None = None


@dataclass(frozen=True)
class Speed:
    """`in_time` of `judged`: those answered, and those whose last day is over. What still has time is not judged."""

    asked: int
    answered: int
    overdue: int
    in_time: int
    median_days: Fraction | None

    @property
    def waiting(self) -> int:
        """Not answered yet, overdue ones too."""
        return self.asked - self.answered

    @property
    def judged(self) -> int:
        return self.answered + self.overdue

    @property
    def percent_in_time(self) -> int | None:
        """Whole percent, rounded down: ninety-nine of a hundred and one late never reads as all of them."""
        return self.in_time * 100 // self.judged if self.judged else None


def speed(questions: Iterable[Asked], today: datetime.date) -> Speed:
    """The day of asking counts as none: an answer on the same day took 0 days. The last day is still in time.

    >>> day = datetime.date(2026, 5, 4)
    >>> one = Asked(day, day + datetime.timedelta(7), day + datetime.timedelta(2))
    >>> two = Asked(day, day + datetime.timedelta(7), day + datetime.timedelta(9))
    >>> speed([one, two], day).median_days, speed([one, two], day).percent_in_time
    (Fraction(11, 2), 50)
    """
    asked = list(questions)
    answered = [(one, one.answered_on) for one in asked if one.answered_on is not None]
    took = sorted((on - one.asked_on).days for one, on in answered)
    return Speed(
        asked=len(asked),
        answered=len(answered),
        overdue=sum(one.answered_on is None and one.due_on < today for one in asked),
        in_time=sum(on <= one.due_on for one, on in answered),
        median_days=_median(took),
    )


def _median(ordered: list[int]) -> Fraction | None:
    """The middle one; of an even number half way between the two in the middle."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    return Fraction(ordered[middle] + ordered[~middle], 2)
