"""A calendar file as every calendar program reads it (RFC 5545). Pure: entries in, bytes out, the same for the same.

Hours are written in UTC, so no program has to know the rules of a time zone and no zone is explained to it: a sitting
at midnight stays where it is, and so does one in the hour that comes twice when clocks are set back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vDuration, vText

from coop.letters import legible

ASK_AGAIN = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """`key` never changes for one thing. `begins`: an hour with its zone, or a day. `known`: since when it is so."""

    key: str
    begins: datetime.datetime | datetime.date
    words: str
    known: datetime.datetime
    ends: datetime.datetime | None = None
    text: str = ""
    place: str = ""
    address: str = ""
    cancelled: bool = False


def as_calendar(entries: Iterable[Entry], *, name: str, house: str) -> bytes:
    """`name` is what a program calls the calendar; `house` makes the keys unlike those of any other house."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Asamblea//Asamblea//EN")
    calendar.add("calscale", "GREGORIAN")
    for called in (
        "name",
        "x-wr-calname",
    ):  # as text: by itself the library does not mask commas in these two
        calendar.add(called, _text(name))
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, house))
    return calendar.to_ical()


def _event(entry: Entry, house: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{house}.asamblea")
    event.add("dtstamp", entry.known.astimezone(datetime.UTC))
    event.add("sequence", int(entry.cancelled))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if isinstance(entry.begins, datetime.datetime):
        event.add("dtstart", entry.begins.astimezone(datetime.UTC))
        if entry.ends is not None:
            event.add("dtend", entry.ends.astimezone(datetime.UTC))
    else:
        event.add("dtstart", entry.begins)
    event.add("summary", _text(entry.words))
    for name, words in (("description", entry.text), ("location", entry.place)):
        if words:
            event.add(name, _text(words))
    if entry.address:
        event.add("url", entry.address)
    return event


def _text(words: str) -> vText:
    """No field of the file can be begun, and nothing hidden be put in, by what somebody has typed."""
    return vText(legible(words))
