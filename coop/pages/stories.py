"""What the front page is made of."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Column:
    title: str
    stories: list[Story]
    more: str = ""
    more_address: str = ""
