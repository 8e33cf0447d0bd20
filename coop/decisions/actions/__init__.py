"""Putting to the vote and settling, what comes after, and the decisions of the time before, copied from the book."""

from .afterwards import end_earlier, name_earlier, review, state_minority, strike_earlier
from .backing import back, back_budget
from .book import carry_over, confirm_carried, turn_down_carried
from .funds import count_up, draw_up_choice, give_up_fund, open_urn, redraw
from .voting import open_prepared, prepare_vote, put_to_the_vote, settle, subject_of, void

__all__ = [
    "back",
    "back_budget",
    "carry_over",
    "confirm_carried",
    "count_up",
    "draw_up_choice",
    "end_earlier",
    "give_up_fund",
    "name_earlier",
    "open_prepared",
    "open_urn",
    "prepare_vote",
    "put_to_the_vote",
    "redraw",
    "review",
    "settle",
    "state_minority",
    "strike_earlier",
    "subject_of",
    "turn_down_carried",
    "void",
]
