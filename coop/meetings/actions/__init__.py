"""Preparing and convening; sitting down; what happens on the floor; the minutes."""

from .calling import add_item, cancel, convene, prepare, remove_item
from .floor import name_signers
from .from_paper import record_from_paper
from .minutes import close_minutes, write_note
from .numbering import confirm_last, go_on_from_book, turn_down_last
from .sitting import check_in, close_meeting, close_sitting, draw_register, leave, open_sitting
from .votes import (
    acclaim,
    close_vote,
    count_vote,
    decide_tie,
    demand_secrecy,
    give_up_vote,
    open_vote,
    prepare_vote,
    settle_vote,
)

__all__ = [
    "acclaim",
    "add_item",
    "cancel",
    "check_in",
    "close_meeting",
    "close_minutes",
    "close_sitting",
    "close_vote",
    "confirm_last",
    "convene",
    "count_vote",
    "decide_tie",
    "demand_secrecy",
    "draw_register",
    "give_up_vote",
    "go_on_from_book",
    "leave",
    "name_signers",
    "open_sitting",
    "open_vote",
    "prepare",
    "prepare_vote",
    "record_from_paper",
    "remove_item",
    "settle_vote",
    "turn_down_last",
    "write_note",
]
