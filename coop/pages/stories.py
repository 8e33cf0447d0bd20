"""What the front page is made of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Story:
    """One thing on the front page, as shared/story.html and desks/home/lead.html print it."""

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
    read_by: Literal["one", "many"] = "one"  # "many": nothing in it tells of its reader alone


@dataclass(frozen=True)
class Duty(Story):
    """What has to be done by a day."""

    until: datetime.date | None = None  # the last one, as `meta` says it


def by_its_day(story: Story, today: datetime.date) -> tuple[int, datetime.date]:
    """A place in a column: what is overdue, then what has a day, the nearest first, then the rest as it comes."""
    until = story.until if isinstance(story, Duty) else None
    over = story.shape == "late" or (until is not None and until < today)
    return (0 if over else 1 if until else 2), until or datetime.date.max


@dataclass(frozen=True)
class Column:
    title: str
    stories: Sequence[Story]
    more: str = ""
    more_address: str = ""
    drawn: SafeString | None = None
