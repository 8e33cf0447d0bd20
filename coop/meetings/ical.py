"""A calendar file as every calendar program reads it (RFC 5545). Pure: entries in, bytes out, the same for the same.

Hours are written in UTC, so no program has to know the rules of a time zone, and a sitting at midnight stays where it
is. Lines end with CR LF and have at most 75 octets; a longer one goes on after a space.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

OCTETS = 75


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Asamblea//Asamblea//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for entry in entries:
        lines += _event(entry, house)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, house: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.key}@{house}.asamblea",
        f"DTSTAMP:{_hour(entry.known)}",
        f"SEQUENCE:{int(entry.cancelled)}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
    ]
    if isinstance(entry.begins, datetime.datetime):
        lines.append(f"DTSTART:{_hour(entry.begins)}")
        if entry.ends is not None:
            lines.append(f"DTEND:{_hour(entry.ends)}")
    else:
        lines.append(f"DTSTART;VALUE=DATE:{entry.begins:%Y%m%d}")
    lines.append(f"SUMMARY:{_text(entry.words)}")
    for name, words in (
        ("DESCRIPTION", _text(entry.text)),
        ("LOCATION", _text(entry.place)),
        ("URL", entry.address),
    ):
        if words:
            lines.append(f"{name}:{words}")
    return [*lines, "END:VEVENT"]


def _hour(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """No line of ours can be broken, and no field of the file begun, by what somebody has typed."""
    lines = "\n".join(words.splitlines())
    seen = "".join(sign for sign in lines if sign == "\n" or sign >= " ")
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        seen = seen.replace(plain, written)
    return seen


def _folded(line: str) -> bytes:
    """Cut between letters, never inside one."""
    parts: list[bytes] = []
    held = b""
    for sign in line:
        octets = sign.encode()
        room = OCTETS if not parts else OCTETS - 1  # the space in front counts
        if len(held) + len(octets) > room:
            parts.append(held)
            held = b""
        held += octets
    return b"\r\n ".join([*parts, held]) + b"\r\n"
