"""The calendar file: folded, masked, in UTC; what somebody typed never begins a field of its own.

The lines are read here by hand, not by the library that wrote them, except where that is said.
"""

from __future__ import annotations

import datetime
import zoneinfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from coop.letters import legible
from coop.meetings.ical import Entry, as_calendar

OCTETS = 75  # of one line, by RFC 5545
KNOWN = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def unfolded(calendar: bytes) -> list[str]:
    assert calendar.endswith(b"\r\n")
    return calendar.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def plain(words: str) -> str:
    out, signs = "", iter(words)
    for sign in signs:
        out += sign if sign != "\\" else {"n": "\n"}.get(following := next(signs), following)
    return out


WORDS = st.text() | st.text("añ€😀,;:Nn\\\n\r\x0b\u2028 BEGIN", max_size=200)


@given(WORDS, WORDS)
def test_words_come_back_and_break_nothing(words: str, name: str) -> None:
    calendar = as_calendar([Entry("a-1", KNOWN, words, KNOWN, text=name)], name=name, house="bakery")
    assert all(len(line) <= OCTETS for line in calendar.split(b"\r\n"))
    assert not set(calendar.replace(b"\r\n", b"")) & set(range(32))
    lines = unfolded(calendar)
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    for field, typed in (("SUMMARY", words), ("NAME", name), ("X-WR-CALNAME", name)):
        (line,) = [line for line in lines if line.startswith(f"{field}:")]
        # The one thing the library gets wrong: it takes a typed \N for a line end.
        assert plain(line.removeprefix(f"{field}:")) == legible(typed).replace("\\N", "\n")


def test_the_whole_file() -> None:
    """Every line, so that a library that writes another one is noticed; and nothing in it names a zone of its own."""
    begins = datetime.datetime(2026, 3, 20, 18, tzinfo=datetime.UTC)
    entry = Entry(
        "sitting-1", begins, "Asamblea, 4; pan", KNOWN, ends=begins + datetime.timedelta(hours=2),
        text="Noche", place="Taller\nPuerta 2", address="https://pan.example/meetings/4/",
    )  # fmt: skip
    calendar = as_calendar([entry], name="Pan, y rosas", house="bakery")
    assert calendar.decode().split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Asamblea//Asamblea//EN", "CALSCALE:GREGORIAN",
        "NAME:Pan\\, y rosas", "X-WR-CALNAME:Pan\\, y rosas", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "BEGIN:VEVENT", "SUMMARY:Asamblea\\, 4\\; pan", "DTSTART:20260320T180000Z", "DTEND:20260320T200000Z",
        "DTSTAMP:20260302T120000Z", "UID:sitting-1@bakery.asamblea", "SEQUENCE:0", "DESCRIPTION:Noche",
        "LOCATION:Taller\\nPuerta 2", "STATUS:CONFIRMED", "URL:https://pan.example/meetings/4/", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    assert calendar == as_calendar([entry], name="Pan, y rosas", house="bakery")
    assert Calendar.from_ical(calendar).get_missing_tzids() == set()  # the library reads what it wrote


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    """In Rome it is half past two twice in the night of 25 October 2026."""
    there = zoneinfo.ZoneInfo("Europe/Rome")
    twice = [datetime.datetime(2026, 10, 25, 2, 30, tzinfo=there, fold=fold) for fold in (0, 1)]
    entries = [Entry(f"vote-{one.fold}", one, "x", KNOWN) for one in twice]
    lines = unfolded(as_calendar(entries, name="x", house="bakery"))
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART:20261025T003000Z",
        "DTSTART:20261025T013000Z",
    ]


def test_a_sitting_at_midnight_stays_on_its_hour() -> None:
    there = zoneinfo.ZoneInfo("America/Argentina/Buenos_Aires")
    begins = datetime.datetime(2026, 3, 20, 23, 30, tzinfo=there)
    entry = Entry("sitting-1", begins, "GA", KNOWN, ends=begins + datetime.timedelta(hours=1), cancelled=True)
    lines = unfolded(as_calendar([entry], name="x", house="bakery"))
    for line in (
        "UID:sitting-1@bakery.asamblea", "DTSTART:20260321T023000Z", "DTEND:20260321T033000Z", "STATUS:CANCELLED",
        "SEQUENCE:1", "DTSTAMP:20260302T120000Z",
    ):  # fmt: skip
        assert line in lines


def test_a_whole_day_has_no_hour() -> None:
    lines = unfolded(as_calendar([Entry("a", datetime.date(2026, 12, 31), "x", KNOWN)], name="x", house="b"))
    assert "DTSTART;VALUE=DATE:20261231" in lines
