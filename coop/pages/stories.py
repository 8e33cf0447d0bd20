"""What the front page is made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One thing on the front page, as shared/story.html and home/story.html print it."""

    headline: str
    address: str
    kicker: str = ""
    text: str = ""
    word: str = ""
    shape: str = ""
    meta: str = ""
    meta2: str = ""
    button: str = ""  # what can be done about it now
    post: str = ""  # where the button posts to; without it the button is a link to `address`
    until: datetime.date | None = None  # by when it has to be done, as `meta` says it

    def by_its_day(self, today: datetime.date) -> tuple[int, datetime.date]:
        """A place in a column: what is overdue, then what has a day, the nearest first, then the rest as it comes."""
        over = self.shape == "late" or (self.until is not None and self.until < today)
        return (0 if over else 1 if self.until else 2), self.until or datetime.date.max


@dataclass(frozen=True)
class Column:
    title: str
    stories: list[Story]
    more: str = ""
    more_address: str = ""
