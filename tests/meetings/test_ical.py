"""The calendar file: folded, escaped, in UTC; what somebody typed never begins a field of its own."""

from __future__ import annotations

import datetime
import zoneinfo

from hypothesis import given
from hypothesis import strategies as st

from coop.meetings.ical import OCTETS, Entry, as_calendar

KNOWN = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def unfolded(calendar: bytes) -> list[str]:
    assert calendar.endswith(b"\r\n")
    return calendar.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def plain(words: str) -> str:
    out, signs = "", iter(words)
    for sign in signs:
        out += sign if sign != "\\" else {"n": "\n"}.get(following := next(signs), following)
    return out


@given(st.text(), st.text())
def test_words_come_back_and_break_nothing(words: str, name: str) -> None:
    calendar = as_calendar([Entry("a-1", KNOWN, words, KNOWN, text=name)], name=name, house="bakery")
    assert all(len(line) <= OCTETS for line in calendar.split(b"\r\n"))
    lines = unfolded(calendar)
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    (summary,) = [line for line in lines if line.startswith("SUMMARY:")]
    seen = "\n".join(words.splitlines())
    assert plain(summary.removeprefix("SUMMARY:")) == "".join(s for s in seen if s == "\n" or s >= " ")


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
