"""Reads the YAML of the invented plant and moves its days so that its "today" is the day of loading or just before.

Days move by whole fortnights: weekdays, shifts and the fortnightly meetings stay right. Years named in words
("Budget 2027") stay as they are.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"
AS_OF = datetime.date(2026, 10, 14)  # the "today" of the files
FORTNIGHT = datetime.timedelta(days=14)

# libyaml reads the register ten times faster, where it is there
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=32)
def raw(name: str) -> Any:
    """One file as it was written. Not to be changed."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one


def moved(value: Any, by: datetime.timedelta) -> Any:
    """The same with every day in it moved."""
    if isinstance(value, dict):
        return {key: moved(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [moved(inner, by) for inner in value]
    return value + by if isinstance(value, datetime.date) else value


@dataclass(frozen=True)
class Files:
    """The files as seen from a day."""

    today: datetime.date

    @property
    def by(self) -> datetime.timedelta:
        """How far the days move: whole fortnights, back or forth."""
        return (self.today - AS_OF) // FORTNIGHT * FORTNIGHT

    @property
    def ahead(self) -> datetime.timedelta:
        """How many days of the fortnight are over: what is to lie as far ahead as in the files moves by them too."""
        return self.today - AS_OF - self.by

    def read(self, name: str) -> Any:
        return moved(raw(name), self.by)

    def number(self, person: str) -> int:
        """M310 is member 310; of the hired, H05 has the number 905."""
        return int(person[1:]) + (900 if person[0] == "H" else 0)
