"""Preparing and convening; sitting down; what happens on the floor; the minutes."""

from .calling import add_item, cancel, convene, prepare, remove_item
from .floor import close_vote, name_signers, open_vote, settle_vote
from .minutes import close_minutes, write_note
from .numbering import confirm_last, go_on_from_book, turn_down_last
from .sitting import check_in, close_meeting, close_sitting, draw_register, leave, open_sitting

__all__ = [
    "add_item",
    "cancel",
    "check_in",
    "close_meeting",
    "close_minutes",
    "close_sitting",
    "close_vote",
    "confirm_last",
    "convene",
    "draw_register",
    "go_on_from_book",
    "leave",
    "name_signers",
    "open_sitting",
    "open_vote",
    "prepare",
    "remove_item",
    "settle_vote",
    "turn_down_last",
    "write_note",
]
