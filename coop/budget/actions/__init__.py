"""Everything that writes the budget. Locks: a year before its amendments; the journal last."""

from .amendments import agree, back, begin_amendment, common_text, hand_in, remark, rewrite, sign, withdraw
from .blocs import form_bloc, take_out_of_bloc
from .challenges import answer_challenge, challenge_fall
from .fund_projects import (
    answer_for,
    check_project,
    pay_project,
    put_forward,
    rewrite_project,
    withdraw_project,
)
from .funds import close_list, give_up_fund, put_fund, record_choice, set_up_fund
from .lines import take_line_out, write_line
from .running import enter_month, move_money
from .votes import adopt, move_in_order, record_outcome, record_together, reject, want
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
    "answer_for",
    "back",
    "begin",
    "begin_amendment",
    "challenge_fall",
    "check_project",
    "close",
    "close_amendments",
    "close_list",
    "common_text",
    "enter_month",
    "form_bloc",
    "give_up_fund",
    "hand_in",
    "move_in_order",
    "move_money",
    "next_text",
    "pay_project",
    "publish",
    "put",
    "put_forward",
    "put_fund",
    "record_choice",
    "record_outcome",
    "record_together",
    "reject",
    "remark",
    "rewrite",
    "rewrite_project",
    "set_ceiling",
    "set_ceilings",
    "set_lines",
    "set_up_fund",
    "sign",
    "start",
    "take_line_out",
    "take_out_of_bloc",
    "want",
    "withdraw",
    "withdraw_project",
    "write_line",
]
