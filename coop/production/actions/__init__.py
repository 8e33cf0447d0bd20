"""The only writers of this stage: keyword-only, `by` and `at` always, one transaction, a journal line inside."""

from .areas import add_area, close_area
from .buyers import bar_buyer, enter_pledge, enter_refusal, lift_bar
from .figures import (
    Figure,
    add_product,
    change_plan,
    confirm_plan,
    enter_cost_sheet,
    enter_output,
    enter_outputs,
    enter_plan,
    turn_down_plan,
)
from .handovers import ask_in_handover, drop_from_handover, hand_over, take_over
from .measures import measure_afterwards
from .meetings import met
from .months import confirm_plans, sign_month
from .moves import confirm_move, move_price, turn_down_move
from .problems import add_photo, raise_problem, say, say_me_too, set_priority, take_up
from .selling import (
    confirm_prices,
    enter_gift,
    enter_kin_contract,
    enter_prices,
    refuse_sale,
    sign_sale,
    turn_down_prices,
    write_slip,
)
from .sending import join, move_to_conduct, part, send_down, send_up
from .solving import object_to, reopen, say_solved, verify
from .stops import ask_to_lift, lift, stop_line
from .voted import PlanSet, set_plan, set_prices

__all__ = [
    "Figure",
    "PlanSet",
    "add_area",
    "add_photo",
    "add_product",
    "ask_in_handover",
    "ask_to_lift",
    "bar_buyer",
    "change_plan",
    "close_area",
    "confirm_move",
    "confirm_plan",
    "confirm_plans",
    "confirm_prices",
    "drop_from_handover",
    "enter_cost_sheet",
    "enter_gift",
    "enter_kin_contract",
    "enter_output",
    "enter_outputs",
    "enter_plan",
    "enter_pledge",
    "enter_prices",
    "enter_refusal",
    "hand_over",
    "join",
    "lift",
    "lift_bar",
    "measure_afterwards",
    "met",
    "move_price",
    "move_to_conduct",
    "object_to",
    "part",
    "raise_problem",
    "refuse_sale",
    "reopen",
    "say",
    "say_me_too",
    "say_solved",
    "send_down",
    "send_up",
    "set_plan",
    "set_prices",
    "set_priority",
    "sign_month",
    "sign_sale",
    "stop_line",
    "take_over",
    "take_up",
    "turn_down_move",
    "turn_down_plan",
    "turn_down_prices",
    "verify",
    "write_slip",
]
