"""The only writers of the box. Casting writes no journal line: a line with a name and a second is no secrecy."""

from .box_again import draw_register_of_box
from .boxes import make_boxes, record_box
from .candidates import record_lot, withdraw
from .casting import Receipt, cast
from .counting import count
from .hand_sheets import confirm_hands, enter_hands
from .hands import carry_by_acclamation, demand_count, hands_on_paper, move_to_hands
from .lifecycle import (
    annul,
    close,
    draw_up,
    end_part,
    latch,
    let_lead,
    mark_absent,
    mark_present,
    open_ballot,
)
from .preparing import prepare, redraw
from .registers import claim, draw_register, grant_claim, make_final, refuse_claim
from .rounds import next_round
from .running import call_off, count_up, end, start
from .sealed_votes import SecretReceipt, cast_secret
from .table import give_paper
from .tellers import confirm_sheets, enter_sheet, name_tellers
from .urn_keys import destroy_key, draw_code, make_key, set_up_urn, take_key, test_key
from .urn_opening import note_wrong_codes, open_urn

__all__ = [
    "Receipt",
    "SecretReceipt",
    "annul",
    "call_off",
    "carry_by_acclamation",
    "cast",
    "cast_secret",
    "claim",
    "close",
    "confirm_hands",
    "confirm_sheets",
    "count",
    "count_up",
    "demand_count",
    "destroy_key",
    "draw_code",
    "draw_register",
    "draw_register_of_box",
    "draw_up",
    "end",
    "end_part",
    "enter_hands",
    "enter_sheet",
    "give_paper",
    "grant_claim",
    "hands_on_paper",
    "latch",
    "let_lead",
    "make_boxes",
    "make_final",
    "make_key",
    "mark_absent",
    "mark_present",
    "move_to_hands",
    "name_tellers",
    "next_round",
    "note_wrong_codes",
    "open_ballot",
    "open_urn",
    "prepare",
    "record_box",
    "record_lot",
    "redraw",
    "refuse_claim",
    "set_up_urn",
    "start",
    "take_key",
    "test_key",
    "withdraw",
]
