"""Asking and answering; deciding what cannot wait; signing for the house; handing over."""

from .attempts import keep_attempt, keep_attempt_of_list
from .commitments import enter_commitment, sign_second, turn_down_commitment
from .handover import add_handover_line, begin_handover, sign_handover
from .questions import answer_question, ask_office, lay_question_before_the_body
from .urgent import decide_urgently, settle_urgent

__all__ = [
    "add_handover_line",
    "answer_question",
    "ask_office",
    "begin_handover",
    "decide_urgently",
    "enter_commitment",
    "keep_attempt",
    "keep_attempt_of_list",
    "lay_question_before_the_body",
    "settle_urgent",
    "sign_handover",
    "sign_second",
    "turn_down_commitment",
]
