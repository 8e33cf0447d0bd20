"""Preparing and convening; sitting down; what happens on the floor; the minutes."""

from .adjourning import adjourn
from .agenda import add_item, change_item, move_item, remove_item
from .amendments import move_amendment, vote_together, withdraw_amendment
from .announcing import announce
from .budgets import move_in_budget, put_budget_on, vote_in_bloc, vote_singly, want_in_budget
from .calling import cancel, convene, correct_draft, prepare
from .conflicts import come_back_in, step_aside, step_aside_all
from .copies import copy_meeting
from .councils import instruct, read_report, report_back, vacate_seat
from .counting_people import count_people
from .debate import ask_for_floor, end_turn, give_floor, move_order, withdraw_wish
from .door_book import check_in_all
from .empty_seats import appeal_to_assembly, name_until_assembly, settle_appeal
from .feeds import make_feed, note_reading, revoke_feed
from .floor import name_signers
from .from_paper import record_from_paper
from .items import call_item, end_item
from .minutes import close_minutes, write_note
from .minutes_life import approve, correct, enter_afterwards, find, seal, sign_minutes, speak_up
from .notices import enter_notice
from .numbering import confirm_last, go_on_from_book, turn_down_last
from .off_agenda import note_off_agenda, take_up
from .owed import owe_item, take_up_owed
from .pauses import go_on, pause_sitting
from .problems import call_problem, leave_problem, take_up_problems
from .requests import ask, sign_request, withdraw_request
from .resting import bring_paper, enter_hands, record_part_from_paper, rest_vote
from .series import begin_series, end_series, enter_holiday, prepare_turns, strike_holiday
from .sitting import check_in, close_meeting, close_sitting, draw_register, leave, open_sitting
from .sitting_offices import name_for_the_day
from .tables import begin_table, end_table
from .tasks import (
    agree,
    drop_action,
    finish_action,
    hand_action_over,
    move_action,
    note_on_action,
    reopen_action,
)
from .unsaved import add_phrase, drop_typed, keep_typed, retire_phrase
from .votes import (
    acclaim,
    close_vote,
    count_vote,
    decide_tie,
    demand_secrecy,
    give_up_vote,
    open_vote,
    prepare_vote,
    settle_vote,
)
from .watch import put_on_watch

__all__ = [
    "acclaim",
    "add_item",
    "add_phrase",
    "adjourn",
    "agree",
    "announce",
    "appeal_to_assembly",
    "approve",
    "ask",
    "ask_for_floor",
    "begin_series",
    "begin_table",
    "bring_paper",
    "call_item",
    "call_problem",
    "cancel",
    "change_item",
    "check_in",
    "check_in_all",
    "close_meeting",
    "close_minutes",
    "close_sitting",
    "close_vote",
    "come_back_in",
    "confirm_last",
    "convene",
    "copy_meeting",
    "correct",
    "correct_draft",
    "count_people",
    "count_vote",
    "decide_tie",
    "demand_secrecy",
    "draw_register",
    "drop_action",
    "drop_typed",
    "end_item",
    "end_series",
    "end_table",
    "end_turn",
    "enter_afterwards",
    "enter_hands",
    "enter_holiday",
    "enter_notice",
    "find",
    "finish_action",
    "give_floor",
    "give_up_vote",
    "go_on",
    "go_on_from_book",
    "hand_action_over",
    "instruct",
    "keep_typed",
    "leave",
    "leave_problem",
    "make_feed",
    "move_action",
    "move_amendment",
    "move_in_budget",
    "move_item",
    "move_order",
    "name_for_the_day",
    "name_signers",
    "name_until_assembly",
    "note_off_agenda",
    "note_on_action",
    "note_reading",
    "open_sitting",
    "open_vote",
    "owe_item",
    "pause_sitting",
    "prepare",
    "prepare_turns",
    "prepare_vote",
    "put_budget_on",
    "put_on_watch",
    "read_report",
    "record_from_paper",
    "record_part_from_paper",
    "remove_item",
    "reopen_action",
    "report_back",
    "rest_vote",
    "retire_phrase",
    "revoke_feed",
    "seal",
    "settle_appeal",
    "settle_vote",
    "sign_minutes",
    "sign_request",
    "speak_up",
    "step_aside",
    "step_aside_all",
    "strike_holiday",
    "take_up",
    "take_up_owed",
    "take_up_problems",
    "turn_down_last",
    "vacate_seat",
    "vote_in_bloc",
    "vote_singly",
    "vote_together",
    "want_in_budget",
    "withdraw_amendment",
    "withdraw_request",
    "withdraw_wish",
    "write_note",
]
