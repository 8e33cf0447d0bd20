"""The only writers of recalls and resignations."""

from .recalls import (
    answer,
    call_vote,
    enter_sheet,
    file_petition,
    hand_in,
    let_time_pass,
    sign,
    verify,
)
from .vacancies import let_go, resign
from .votes import call_off, count_up, open_urn, redraw

__all__ = [
    "answer",
    "call_off",
    "call_vote",
    "count_up",
    "enter_sheet",
    "file_petition",
    "hand_in",
    "let_go",
    "let_time_pass",
    "open_urn",
    "redraw",
    "resign",
    "sign",
    "verify",
]
