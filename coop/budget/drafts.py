"""The lines of a budget as somebody writes them, and a mark that tells whether they are still the same."""

from __future__ import annotations

import hashlib

from .models import Line, Year
from .money import exact
from .reading import Written


def written(year: Year) -> list[Written]:
    """Every line of the year, income first, by code; amounts without the zeros that the column adds."""
    return [as_written(line) for line in year.lines.select_related("department").order_by("-side", "code")]


def as_written(line: Line) -> Written:
    return Written(
        line.code,
        line.department.code,
        line.side,
        line.title,
        exact(line.proposed),
        basis=line.basis,
        last=None if line.last is None else exact(line.last),
        current=None if line.current is None else exact(line.current),
        is_contingency=line.is_contingency,
    )


def mark_of_line(line: Line) -> str:
    """SHA-256 of all that is written on it."""
    return hashlib.sha256(repr(as_written(line)).encode()).hexdigest()


def mark(year: Year) -> str:
    """SHA-256 of all lines of a draft: whoever looks at what a file would change names the lines they looked at."""
    return hashlib.sha256(repr(written(year)).encode()).hexdigest()
