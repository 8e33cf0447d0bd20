"""Reads plain data (from YAML) field by field and notes what is odd, and where it stands. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

EPOCH = datetime.date(1970, 1, 1)


class Reader:
    """Collects the lines. After a fault reading goes on with a stand-in, so that all faults are told at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def fault(self, where: str, what: str) -> None:
        self.lines.append(f"{where or 'the act'}: {what}")

    def mapping(self, raw: object, where: str, *, asked: str = "", also: str = "") -> Mapping:
        if not isinstance(raw, dict):
            self.fault(where, "must be a list of fields with values")
            return Mapping(self, {}, where, whole=False)
        found = Mapping(self, raw, where)
        return found.keys(asked=asked, also=also) if asked or also else found

    def once(self, where: str, name: str, values: Sequence[object]) -> None:
        """Nothing is given twice."""
        seen: set[object] = set()
        for value in values:
            if value in seen and value:
                self.fault(where, f"{name} {value} is given twice")
            seen.add(value)


class Mapping:
    """One group of fields and its place. `whole` is False for a stand-in, about which nothing more is said."""

    def __init__(self, reader: Reader, raw: dict[Any, Any], where: str, *, whole: bool = True) -> None:
        self.reader, self.raw, self.where, self.whole = reader, raw, where, whole
        self.told: set[str] = set()

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fault(self, key: str, what: str) -> None:
        """One line for a field, however often it is read."""
        if self.whole and key not in self.told:
            self.told.add(key)
            self.reader.fault(self.path(key), what)

    def keys(self, *, asked: str = "", also: str = "") -> Mapping:
        """Says which of the asked fields are missing and which are unknown."""
        wanted, known = asked.split(), [*asked.split(), *also.split()]
        for key in self.raw:
            if key not in known:
                self.reader.fault(self.path(str(key)), f"is unknown; known are: {', '.join(known)}")
        for key in wanted:
            if not self.has(key):
                self.fault(key, "is missing")
        return self

    def has(self, key: str) -> bool:
        return self.raw.get(key) is not None

    def sub(self, key: str) -> Mapping:
        if not self.has(key):
            return Mapping(self.reader, {}, self.path(key), whole=False)
        return self.reader.mapping(self.raw[key], self.path(key))

    def groups(self, key: str, *, short: str | None = None) -> list[Mapping]:
        """The groups in a list; with `short`, a plain value stands for a group with that one field."""
        given = self.raw.get(key)
        if given is None:
            return []
        if not isinstance(given, list):
            self.fault(key, "must be a list")
            return []
        if short is not None:
            given = [one if isinstance(one, dict) else {short: one} for one in given]
        return [self.reader.mapping(one, f"{self.path(key)}[{n}]") for n, one in enumerate(given, 1)]

    def text(self, key: str, *, most: int) -> str:
        given = self.raw.get(key)
        if not isinstance(given, str) or not given.strip():
            self.fault(key, "must be words")
            return ""
        if len(given) > most:
            self.fault(key, f"has more than {most} characters")
        if "\0" in given or any(ord(sign) < 32 and sign != "\n" for sign in given):
            self.fault(key, "contains a character that no text has")
        return given.strip()

    def number(self, key: str, usual: int | None = None, *, low: int, high: int) -> int:
        given = self.raw.get(key, usual)
        if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
            self.fault(key, f"must be a whole number from {low} to {high}")
            return usual if usual is not None else 0
        return given

    def flag(self, key: str, usual: bool) -> bool:
        given = self.raw.get(key, usual)
        if not isinstance(given, bool):
            self.fault(key, "must be true or false")
            return usual
        return given

    def money(self, key: str) -> Decimal:
        given = self.raw.get(key)
        try:
            if isinstance(given, bool) or not isinstance(given, int | str):
                raise InvalidOperation  # a float is not what was written
            amount = Decimal(given)
            if amount.is_finite():
                return amount
        except InvalidOperation:
            pass
        self.fault(key, "must be an amount: a whole number, or text with decimals")
        return Decimal(0)

    def day(self, key: str, usual: datetime.date | None = None) -> datetime.date:
        given = self.raw.get(key, usual)
        if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
            return given
        if key in self.raw or usual is not None:
            self.fault(key, "must be a day, like 2026-10-14")
        return EPOCH

    def when(self, key: str) -> datetime.date | datetime.datetime | None:
        given = self.raw.get(key)
        if given is None or isinstance(given, datetime.date):
            return given
        self.fault(key, "must be a day, like 2026-10-14, or a moment, like 2026-10-14 21:40:00")
        return None

    def hour(self, key: str) -> datetime.time:
        given = self.raw.get(key)
        if isinstance(given, str) and re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", given):
            return datetime.time.fromisoformat(given)
        self.fault(key, 'must be an hour in quotes, like "06:00"')
        return datetime.time()

    def one_of(self, key: str, among: Iterable[str], usual: Any) -> Any:
        given = self.raw.get(key)
        if given is None:
            return usual
        choices = list(among)
        if given not in choices:
            shown = ", ".join(sorted(map(str, choices))) or "none"
            self.fault(key, f"{given} is unknown; known are: {shown}")
            return usual
        return given

    def some_of(self, key: str, among: Iterable[str]) -> list[str]:
        given = self.raw.get(key) or []
        choices = list(among)
        if not isinstance(given, list) or not all(one in choices for one in given):
            self.fault(key, f"must be a list of: {', '.join(choices)}")
            return []
        return given
