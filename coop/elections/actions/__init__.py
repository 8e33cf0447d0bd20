"""The only writers of elections, recalls and resignations."""

from .box_again import vote_box_again
from .candidatures import (
    accept,
    admit_candidature,
    enter_signatures,
    nominate,
    object_to,
    refuse_candidature,
    rule_on,
    step_back,
    support_candidature,
)
from .challenges import appeal_challenge, challenge, decide_challenge, settle_challenge
from .elections import annul_election, call_drawn_up, call_election, post_candidates, put_days_right
from .empty_seats import choose_post, count_back, let_choice_pass, name_for_a_time
from .kinship import declare_kin, take_kin_back
from .moving_away import empty_seat_of_the_moved
from .paper_yes import enter_acceptance, read_acceptance
from .papers import draw_again, hold_next_round, make_final
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
from .votes import call_off, count_up, next_round, open_urn, redraw, start

__all__ = [
    "accept",
    "admit_candidature",
    "annul_election",
    "answer",
    "appeal_challenge",
    "call_drawn_up",
    "call_election",
    "call_off",
    "call_vote",
    "challenge",
    "choose_post",
    "count_back",
    "count_up",
    "decide_challenge",
    "declare_kin",
    "draw_again",
    "empty_seat_of_the_moved",
    "enter_acceptance",
    "enter_sheet",
    "enter_signatures",
    "file_petition",
    "hand_in",
    "hold_next_round",
    "let_choice_pass",
    "let_go",
    "let_time_pass",
    "make_final",
    "name_for_a_time",
    "next_round",
    "nominate",
    "object_to",
    "open_urn",
    "post_candidates",
    "proclaim",
    "put_days_right",
    "read_acceptance",
    "redraw",
    "refuse_candidature",
    "resign",
    "rule_on",
    "settle_challenge",
    "sign",
    "start",
    "step_back",
    "support_candidature",
    "take_kin_back",
    "verify",
    "vote_box_again",
]
