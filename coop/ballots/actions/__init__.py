"""The only writers of the box. Casting writes no journal line: a line with a name and a second is no secrecy."""

from .casting import Receipt, cast
from .lifecycle import annul, close, count, draw_up, latch, mark_absent, mark_present, open_ballot
from .registers import draw_register

__all__ = [
    "Receipt",
    "annul",
    "cast",
    "close",
    "count",
    "draw_register",
    "draw_up",
    "latch",
    "mark_absent",
    "mark_present",
    "open_ballot",
]
