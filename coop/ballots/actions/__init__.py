"""The only writers of the box. Casting writes no journal line: a line with a name and a second is no secrecy."""

from .casting import Receipt, cast
from .counting import count
from .lifecycle import annul, close, draw_up, latch, mark_absent, mark_present, open_ballot
from .registers import claim, draw_register, grant_claim, make_final, refuse_claim

__all__ = [
    "Receipt",
    "annul",
    "cast",
    "claim",
    "close",
    "count",
    "draw_register",
    "draw_up",
    "grant_claim",
    "latch",
    "make_final",
    "mark_absent",
    "mark_present",
    "open_ballot",
    "refuse_claim",
]
