"""Putting to the vote and settling; and the decisions of the time before, copied from the book."""

from .backing import back
from .book import carry_over, confirm_carried, turn_down_carried
from .voting import open_prepared, prepare_vote, put_to_the_vote, settle, subject_of, void

__all__ = [
    "back",
    "carry_over",
    "confirm_carried",
    "open_prepared",
    "prepare_vote",
    "put_to_the_vote",
    "settle",
    "subject_of",
    "turn_down_carried",
    "void",
]
