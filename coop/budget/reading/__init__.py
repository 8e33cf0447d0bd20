"""The lines of a budget, and the figures of a month, out of the rows of a spreadsheet: read cell by cell. Pure.

Nothing is guessed and nothing is rounded. What cannot be read is told at its cell; lines that can be are given all the
same, so that a page shows both. Whoever stores them stores all of them or none.
"""

from .lines import read_lines
from .months import read_month
from .written import FIELDS, MOST_LINES, Fault, Lines, Month, Written, carried_out

__all__ = [
    "FIELDS",
    "MOST_LINES",
    "Fault",
    "Lines",
    "Month",
    "Written",
    "carried_out",
    "read_lines",
    "read_month",
]
