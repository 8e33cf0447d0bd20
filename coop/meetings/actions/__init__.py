"""Preparing and convening; sitting down; what happens on the floor; the minutes."""

from .calling import add_item, cancel, convene, prepare, remove_item
from .floor import close_vote, name_signers, open_vote, settle_vote
from .minutes import close_minutes, write_note
from .sitting import check_in, close_meeting, close_sitting, draw_register, leave, open_sitting

__all__ = [
    "add_item",
    "cancel",
    "check_in",
    "close_meeting",
    "close_minutes",
    "close_sitting",
    "close_vote",
    "convene",
    "draw_register",
    "leave",
    "name_signers",
    "open_sitting",
    "open_vote",
    "prepare",
    "remove_item",
    "settle_vote",
    "write_note",
]
