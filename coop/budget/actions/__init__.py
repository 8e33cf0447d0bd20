"""Everything that writes the budget. Locks: a year before its amendments; the journal last."""

from .amendments import agree, back, begin_amendment, common_text, hand_in, remark, rewrite, sign, withdraw
from .challenges import answer_challenge, challenge
from .lines import take_line_out, write_line
from .running import enter_month, move_money
from .votes import adopt, move_in_order, record_outcome, reject, want
from .years import (
    begin,
    close,
    close_amendments,
    next_text,
    publish,
    put,
    set_ceiling,
    set_ceilings,
    set_lines,
    start,
)

__all__ = [
    "adopt",
    "agree",
    "answer_challenge",
    "back",
    "begin",
    "begin_amendment",
    "challenge",
    "close",
    "close_amendments",
    "common_text",
    "enter_month",
    "hand_in",
    "move_in_order",
    "move_money",
    "next_text",
    "publish",
    "put",
    "record_outcome",
    "reject",
    "remark",
    "rewrite",
    "set_ceiling",
    "set_ceilings",
    "set_lines",
    "sign",
    "start",
    "take_line_out",
    "want",
    "withdraw",
    "write_line",
]
