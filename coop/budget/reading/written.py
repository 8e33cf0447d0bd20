"""Lines of a budget as somebody writes them in a spreadsheet, and what is wrong in which cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from coop.refusals import Reason

from ..money import Cell

Row = tuple[int, list[Cell]]  # the number that the spreadsheet shows, and the cells

MOST_LINES = 5_000  # a plant with a hundred departments has not half of them
FIELDS = ("code", "department", "side", "title", "basis", "last", "current", "proposed", "contingency")
NEEDED = ("code", "department", "side", "title", "proposed")
AMOUNTS = ("last", "current", "proposed")


@dataclass(frozen=True)
class Written:
    """A line as somebody writes it, before it is one. `department`: its code."""

    code: str
    department: str
    side: str
    title: str
    proposed: Decimal
    basis: str = ""
    last: Decimal | None = None
    current: Decimal | None = None
    is_contingency: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell. `row`: its number in the spreadsheet, 0 for the whole; `field`: which column."""

    row: int
    field: str
    shown: str
    reason: Reason


@dataclass(frozen=True)
class Lines:
    """`unknown`: heads of columns that mean nothing here, and are left out."""

    lines: tuple[Written, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Month:
    amounts: Mapping[str, Decimal]
    faults: tuple[Fault, ...]


def of_the_whole(reason: Reason) -> Fault:
    return Fault(0, "", "", reason)


def carried_out(lines: Iterable[Written]) -> list[list[str | Decimal | None]]:
    """Rows in the order of FIELDS, which `read_lines` reads as the same lines again."""
    return [
        [
            line.code,
            line.department,
            line.side,
            line.title,
            line.basis,
            line.last,
            line.current,
            line.proposed,
            "x" if line.is_contingency else "",
        ]
        for line in lines
    ]
