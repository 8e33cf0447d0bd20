"""The only writers of proposals and amendments."""

from .amendments import (
    accept,
    admit,
    give_leave,
    locked_amendment,
    submit,
    support_amendment,
    turn_down_amendment,
    withdraw_amendment,
)
from .budgets import lay_before, settle_the_rest
from .joining import agree, form_block, propose_common
from .life import refuse_admission, take_over
from .proposals import (
    hand_to_meeting,
    let_fall,
    publish,
    rewrite,
    set_last_day,
    settle,
    subject_of,
    support,
    table,
    untable,
    withdraw,
    write,
)
from .voting import (
    declare_contrary,
    let_fall_the_rest,
    let_fall_what_falls,
    move,
    settle_amendment,
    want,
)

__all__ = [
    "accept",
    "admit",
    "agree",
    "declare_contrary",
    "form_block",
    "give_leave",
    "hand_to_meeting",
    "lay_before",
    "let_fall",
    "let_fall_the_rest",
    "let_fall_what_falls",
    "locked_amendment",
    "move",
    "propose_common",
    "publish",
    "refuse_admission",
    "rewrite",
    "set_last_day",
    "settle",
    "settle_amendment",
    "settle_the_rest",
    "subject_of",
    "submit",
    "support",
    "support_amendment",
    "table",
    "take_over",
    "turn_down_amendment",
    "untable",
    "want",
    "withdraw",
    "withdraw_amendment",
    "write",
]
