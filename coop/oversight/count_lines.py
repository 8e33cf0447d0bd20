"""The lines of a count as they are typed, one a line: money as worth and pieces, stock as what the book says and what
is there. Pure and exact; a line that cannot be read is told with its place and its reason, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from coop.budget.money import mark_of, read
from coop.letters import one_line
from coop.refusals import Reason

MOST_LINES = 200
MOST_PIECES = 10_000_000
WEIGHED_TO = 3  # decimals of a stock: grams of a kilogram
TIMES = ("×", "x", "X", "*")


@dataclass(frozen=True)
class Cash:
    """So many coins or notes of one worth."""

    worth: Decimal
    pieces: int

    @property
    def amount(self) -> Decimal:
        return self.worth * self.pieces


@dataclass(frozen=True)
class Stock:
    """One thing: what the book says and what was counted, in its unit."""

    thing: str
    unit: str
    book: Decimal
    counted: Decimal

    @property
    def difference(self) -> Decimal:
        return self.counted - self.book


Faults = list[tuple[int, Reason]]
Line = TypeVar("Line", Cash, Stock)


def cash(text: str) -> tuple[list[Cash], Faults]:
    """
    >>> lines, faults = cash("1.000 x 12\\n0,50 × 7")
    >>> sum(one.amount for one in lines), faults
    (Decimal('12003.50'), [])
    >>> cash("100 x -3")[1]
    [(1, Reason(code='pieces-not-readable', params={}))]
    """
    rows = _rows(text)
    mark = mark_of([_halves(line)[0] for _place, line in rows if _halves(line)[0]])
    return _each(rows, lambda line: _cash(line, mark))


def stock(text: str) -> tuple[list[Stock], Faults]:
    """
    >>> lines, faults = stock("Flour; kg; 1200; 1187,5\\nBags; pieces; 400; 400")
    >>> [str(one.difference) for one in lines], faults
    (['-12.5', '0'], [])
    >>> stock("Flour; kg; 12")[1]
    [(1, Reason(code='stock-line-not-whole', params={}))]
    """
    rows = _rows(text)
    mark = mark_of([cell for _place, line in rows for cell in _cells(line)[2:]])
    return _each(rows, lambda line: _stock(line, mark))


def _rows(text: str) -> list[tuple[int, str]]:
    return [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1) if line.strip()]


def _each(
    rows: Sequence[tuple[int, str]], read_line: Callable[[str], Line | Reason]
) -> tuple[list[Line], Faults]:
    found: list[Line] = []
    faults: Faults = []
    for place, line in rows:
        one = read_line(line)
        if isinstance(one, Reason):
            faults.append((place, one))
        else:
            found.append(one)
    return found, faults


def _halves(line: str) -> tuple[str, str]:
    for sign in TIMES:
        worth, found, pieces = line.partition(sign)
        if found:
            return worth.strip(), pieces.strip()
    return "", ""


def _cash(line: str, mark: str | None) -> Cash | Reason:
    written, pieces = _halves(line)
    if not written:
        return Reason("cash-line-not-whole")
    worth = read(written, decimals=2, mark=mark)
    if isinstance(worth, Reason):
        return worth
    if not (pieces.isascii() and pieces.isdecimal()) or len(pieces) > 8 or int(pieces) > MOST_PIECES:
        return Reason("pieces-not-readable")
    return Cash(worth, int(pieces)) if worth else Reason("pieces-without-worth")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split(";")]


def _stock(line: str, mark: str | None) -> Stock | Reason:
    cells = _cells(line)
    if len(cells) != 4 or not all(cells):
        return Reason("stock-line-not-whole")
    thing, unit = one_line(cells[0]), one_line(cells[1])
    if len(thing) > 120 or len(unit) > 20:
        return Reason("stock-words-too-long")
    figures = [read(cell, decimals=WEIGHED_TO, mark=mark) for cell in cells[2:]]
    for figure in figures:
        if isinstance(figure, Reason):
            return figure
    book, counted = (figure for figure in figures if isinstance(figure, Decimal))
    return Stock(thing, unit, book, counted)


def total(lines: Iterable[Cash]) -> Decimal:
    return sum((one.amount for one in lines), Decimal())
