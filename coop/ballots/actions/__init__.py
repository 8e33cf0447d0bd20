"""The only writers of the box. Casting writes no journal line: a line with a name and a second is no secrecy."""

from .casting import Receipt, cast
from .counting import count
from .lifecycle import annul, close, draw_up, latch, mark_absent, mark_present, open_ballot
from .registers import claim, draw_register, grant_claim, make_final, refuse_claim
from .sealed import (
    SecretReceipt,
    cast_secret,
    destroy_key,
    draw_code,
    make_key,
    open_urn,
    set_up_urn,
    test_key,
)

__all__ = [
    "Receipt",
    "SecretReceipt",
    "annul",
    "cast",
    "cast_secret",
    "claim",
    "close",
    "count",
    "destroy_key",
    "draw_code",
    "draw_register",
    "draw_up",
    "grant_claim",
    "latch",
    "make_final",
    "make_key",
    "mark_absent",
    "mark_present",
    "open_ballot",
    "open_urn",
    "refuse_claim",
    "set_up_urn",
    "test_key",
]
