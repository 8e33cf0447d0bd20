"""The lines of a budget out of the rows of a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from coop.members.folding import fold
from coop.refusals import Reason

from ..balance import Side
from ..money import mark_of, plain, read
from .heads import HEADER_AMONG, NO_MORE, bare, column_of, field_of, heads_of, shown
from .rows import NOTHING, RowRead, line_of
from .written import AMOUNTS, MOST_LINES, NEEDED, Fault, Lines, Row, Written, of_the_whole


def read_lines(
    rows: Sequence[Row],
    *,
    year: int,
    decimals: int,
    departments: Mapping[str, str],
    heads: Mapping[str, str] = NO_MORE,
) -> Lines:
    """`departments`: code -> name; a cell may hold either. `year`: heads that say it, or the year before, are known.
    `heads`: field -> what stands over its column in the files that we write, in whatever language.
    """
    if len(rows) > MOST_LINES + HEADER_AMONG:
        return Lines((), (of_the_whole(Reason("budget-too-many-lines", {"most": MOST_LINES})),))
    ours = {bare(words): field for field, words in heads.items()}
    place, columns, unknown = heads_of(rows, lambda head: ours.get(head) or field_of(head, year))
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        return Lines(
            (), tuple(of_the_whole(Reason("budget-column-missing", {"of_column": one})) for one in missing)
        )
    body = rows[place + 1 :]
    marks = {field: mark_of(column_of(body, columns.get(field))) for field in AMOUNTS}
    of_department = {fold(code): code for code in departments} | {
        fold(name): code for code, name in departments.items()
    }
    lines: list[Written] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, cells in body:
        row = RowRead(number, cells, columns)
        if row.is_total:
            if not faults:  # else lines are missing already
                faults += _total_faults(row, lines, marks, decimals)
            continue
        line = line_of(row, marks, decimals, of_department, seen)
        if line is not None:
            lines.append(line)
        faults += row.faults
    return Lines(tuple(lines), tuple(faults), unknown)


def _total_faults(
    row: RowRead, lines: Sequence[Written], marks: Mapping[str, str | None], decimals: int
) -> Iterator[Fault]:
    """A total that is none of the sums above it: somewhere a unit was rounded away, or a line was left out.

    Totals that the spreadsheet calculates say nothing of their own.
    """
    for field in AMOUNTS:
        cell = row.cell(field)
        if isinstance(cell, dict) or shown(cell).strip() in NOTHING:
            continue
        told = read(cell, decimals=decimals, mark=marks[field], signed=True)
        sums = [
            sum((getattr(line, field) or Decimal(0) for line in lines if line.side in sides), Decimal(0))
            for sides in ((Side.INCOME,), (Side.EXPENSE,), tuple(Side))
        ]
        if isinstance(told, Reason):
            row.fault(field, told)
        elif told not in (*sums, sums[0] - sums[1], _sum_of_block(lines, field)):
            nearest = min(sums, key=lambda one: abs(one - told))
            row.fault(field, Reason("budget-total-differs", {"told": plain(told), "sum": plain(nearest)}))
    yield from row.faults


def _sum_of_block(lines: Sequence[Written], field: str) -> Decimal:
    """Of the lines of one department that stand directly above."""
    total = Decimal(0)
    for line in reversed(lines):
        if line.department != lines[-1].department:
            break
        total += getattr(line, field) or Decimal(0)
    return total
