"""The only writers of elections, recalls and resignations."""

from .candidatures import (
    accept,
    admit_candidature,
    nominate,
    object_to,
    refuse_candidature,
    rule_on,
    step_back,
    support_candidature,
)
from .elections import annul_election, call_election, post_candidates
from .papers import hold_next_round, make_final
from .proclaiming import proclaim
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
    "accept",
    "admit_candidature",
    "annul_election",
    "answer",
    "call_election",
    "call_off",
    "call_vote",
    "count_up",
    "enter_sheet",
    "file_petition",
    "hand_in",
    "hold_next_round",
    "let_go",
    "let_time_pass",
    "make_final",
    "nominate",
    "object_to",
    "open_urn",
    "post_candidates",
    "proclaim",
    "redraw",
    "refuse_candidature",
    "resign",
    "rule_on",
    "sign",
    "step_back",
    "support_candidature",
    "verify",
]
