"""Who may do what: every act of every stage, by the module it stands in. An act that is not here fails the test.

How to add one: put its name into the row of its module that says who may, or write a row. The words are these:

    CALLS, CHAIRS, RECORDS, KEEPS, RUNS, AUDITS, BUDGETS, URGENT    the power of an office, over the body in question
    SIGNS, CONFIRMS    any office that signs, or confirms, as a second person (coop/members/powers.py)
    LEADS, RUNS_VOTES, SORTS, CONVENES    several of them, any of which is enough
    WHOSE      it is asked whose it is: the person concerned may, or may not, or has to be somebody else than before
    MEMBER     no office is asked for; the rule says which members
    SECRET     whoever has the secret, the device or the code: a door, before anybody is a member
    CLOCK      the clock, when the time has come
    INSIDE     other acts, the founding act or a command: whoever calls it has asked

test_who_may.py reads out of the code of each act what its rules ask for, and wants the same. Where the code asks for
more than one expects, it is worth a look: that is the table at work.
"""

from __future__ import annotations

CALLS, CHAIRS, RECORDS = frozenset({"convene"}), frozenset({"chair"}), frozenset({"record_minutes"})
KEEPS, RUNS, AUDITS = frozenset({"keep_register"}), frozenset({"run_elections"}), frozenset({"audit"})
BUDGETS, URGENT = frozenset({"keep_budget"}), frozenset({"decide_urgent"})
SIGNS, CONFIRMS = frozenset({"signs"}), frozenset({"confirms"})
WHOSE, MEMBER, SECRET = frozenset({"whose"}), frozenset({"member"}), frozenset({"secret"})
CLOCK, INSIDE = frozenset({"clock"}), frozenset({"inside"})

LEADS = CHAIRS | RECORDS
RUNS_VOTES = LEADS | RUNS
SORTS = CALLS | RECORDS
CONVENES = CALLS | AUDITS  # who audits calls when the council does not
BINDS = CALLS | CHAIRS | BUDGETS | URGENT  # who signs for the house

WHO_MAY: dict[str, list[tuple[frozenset[str], str]]] = {
    "ballots.box_again": [
        (INSIDE, "draw_register_of_box"),
    ],
    "ballots.boxes": [
        (RUNS_VOTES | WHOSE, "make_boxes record_box"),
    ],
    "ballots.candidates": [
        (RUNS_VOTES | WHOSE, "withdraw record_lot"),
    ],
    "ballots.casting": [
        (MEMBER, "cast"),
    ],
    "ballots.counting": [
        (INSIDE, "count"),
    ],
    "ballots.hand_sheets": [
        (WHOSE, "enter_hands"),
        (RUNS_VOTES | WHOSE, "confirm_hands"),
    ],
    "ballots.hands": [
        (RUNS_VOTES | WHOSE, "move_to_hands hands_on_paper carry_by_acclamation"),
        (MEMBER, "demand_count"),
    ],
    "ballots.lifecycle": [
        (INSIDE, "draw_up open_ballot mark_present mark_absent let_lead end_part close annul"),
        (CLOCK, "latch"),
    ],
    "ballots.preparing": [
        (RUNS_VOTES | WHOSE, "prepare redraw"),
    ],
    "ballots.registers": [
        (RUNS_VOTES | INSIDE, "draw_register"),
        (RUNS_VOTES | WHOSE, "claim grant_claim refuse_claim"),
        (CLOCK, "make_final"),
    ],
    "ballots.rounds": [
        (RUNS_VOTES | WHOSE, "next_round"),
    ],
    "ballots.running": [
        (RUNS_VOTES | WHOSE, "start end count_up call_off"),
    ],
    "ballots.sealed_votes": [
        (MEMBER, "cast_secret"),
    ],
    "ballots.table": [
        (RUNS_VOTES | WHOSE, "give_paper"),
    ],
    "ballots.tellers": [
        (RUNS_VOTES | WHOSE, "name_tellers confirm_sheets"),
        (WHOSE, "enter_sheet"),
    ],
    "ballots.urn_keys": [
        (RUNS_VOTES | KEEPS | WHOSE, "set_up_urn"),
        (WHOSE, "draw_code"),
        (RUNS_VOTES | WHOSE, "make_key take_key test_key destroy_key"),
    ],
    "ballots.urn_opening": [
        (RUNS_VOTES | WHOSE, "open_urn"),
        (INSIDE, "note_wrong_codes"),
    ],
    "budget.amendments": [
        (CALLS, "begin_amendment common_text sign"),
        (CALLS | WHOSE, "hand_in rewrite back agree withdraw"),
        (BUDGETS, "remark"),
    ],
    "budget.blocs": [
        (CALLS, "take_out_of_bloc"),
        (MEMBER, "form_bloc"),
    ],
    "budget.challenges": [
        (CALLS, "challenge_fall"),
        (BUDGETS | WHOSE, "answer_challenge"),
    ],
    "budget.fund_projects": [
        (CALLS | WHOSE, "put_forward"),
        (WHOSE, "rewrite_project answer_for withdraw_project check_project"),
        (BUDGETS, "pay_project"),
    ],
    "budget.funds": [
        (BUDGETS, "set_up_fund close_list give_up_fund"),
        (INSIDE, "put_fund record_choice"),
    ],
    "budget.lines": [
        (BUDGETS, "write_line take_line_out"),
    ],
    "budget.running": [
        (BUDGETS, "move_money enter_month"),
    ],
    "budget.votes": [
        (INSIDE, "record_outcome record_together want move_in_order adopt reject"),
    ],
    "budget.years": [
        (
            BUDGETS,
            "begin set_lines set_ceiling set_ceilings publish close_amendments put next_text start close",
        ),
    ],
    "charter": [
        (INSIDE, "found_cooperative adopt_bylaws"),
    ],
    "decisions.afterwards": [
        (CALLS | WHOSE, "name_earlier strike_earlier"),
        (INSIDE, "end_earlier"),
        (CALLS, "review"),
        (MEMBER, "state_minority"),
    ],
    "decisions.backing": [
        (CALLS, "back"),
        (CALLS | WHOSE, "back_budget"),
    ],
    "decisions.book": [
        (RECORDS, "carry_over"),
        (CONFIRMS | WHOSE, "confirm_carried turn_down_carried"),
    ],
    "decisions.funds": [
        (RUNS_VOTES | WHOSE, "draw_up_choice count_up open_urn redraw"),
        (BUDGETS, "give_up_fund"),
    ],
    "decisions.voting": [
        (INSIDE, "put_to_the_vote prepare_vote open_prepared settle void"),
    ],
    "documents": [
        (RECORDS, "enter_document add_version"),
        (CONFIRMS | WHOSE, "confirm_version turn_down_version"),
    ],
    "elections.barring": [
        (INSIDE, "bar_what_is_to_begin"),
    ],
    "elections.box_again": [
        (RUNS, "vote_box_again"),
    ],
    "elections.candidatures": [
        (WHOSE, "nominate accept step_back"),
        (MEMBER, "support_candidature object_to"),
        (RUNS, "enter_signatures admit_candidature refuse_candidature"),
        (RUNS | WHOSE, "rule_on"),
    ],
    "elections.challenges": [
        (WHOSE, "appeal_challenge"),
        (MEMBER, "challenge"),
        (RUNS | WHOSE, "decide_challenge settle_challenge"),
    ],
    "elections.elections": [
        (RUNS, "call_election put_days_right call_drawn_up post_candidates annul_election"),
        (INSIDE, "let_fall advance"),
    ],
    "elections.empty_seats": [
        (WHOSE, "choose_post"),
        (CLOCK, "let_choice_pass"),
        (RUNS, "count_back"),
        (AUDITS | WHOSE, "name_for_a_time"),
    ],
    "elections.kinship": [
        (WHOSE, "declare_kin take_kin_back"),
    ],
    "elections.moving_away": [
        (CLOCK, "empty_seat_of_the_moved"),
    ],
    "elections.paper_yes": [
        (RUNS, "enter_acceptance"),
        (RUNS | WHOSE, "read_acceptance"),
    ],
    "elections.papers": [
        (RUNS_VOTES | WHOSE, "make_final hold_next_round"),
        (RUNS, "draw_again"),
        (MEMBER, "draw_paper"),  # whoever calls it has asked
    ],
    "elections.proclaiming": [
        (RUNS, "proclaim"),
    ],
    "elections.recalls": [
        (WHOSE, "file_petition sign answer"),
        (RUNS | WHOSE, "enter_sheet hand_in verify"),
        (CLOCK, "let_time_pass"),
        (RUNS_VOTES | WHOSE, "call_vote"),
        (INSIDE, "lapse advance"),
    ],
    "elections.vacancies": [
        (WHOSE, "resign"),
        (INSIDE, "end_and_fill"),
        (CLOCK, "let_go"),
    ],
    "elections.votes": [
        (RUNS_VOTES | WHOSE, "start next_round count_up open_urn call_off redraw"),
    ],
    "in_office.attempts": [
        (MEMBER, "keep_attempt"),  # by what refused somebody
        (CLOCK, "keep_attempt_of_list"),
    ],
    "in_office.commitments": [  # who watches is asked for because their offices do not sign
        (BINDS | AUDITS | RUNS, "enter_commitment"),
        (BINDS | AUDITS | RUNS | WHOSE, "sign_second turn_down_commitment"),
    ],
    "in_office.handover": [
        (WHOSE, "begin_handover add_handover_line sign_handover"),
    ],
    "in_office.questions": [
        (WHOSE, "ask_office"),
        (MEMBER, "answer_question"),
        (CLOCK, "lay_question_before_the_body"),
    ],
    "in_office.urgent": [
        (URGENT, "decide_urgently"),
        (RECORDS | WHOSE, "settle_urgent"),
    ],
    "intake.reading": [
        (KEEPS, "read_in read_again confirm throw_away"),
        (INSIDE, "forget"),
    ],
    "intake.taking_back": [
        (KEEPS, "take_back"),
        (KEEPS | WHOSE, "take_back_rows"),
    ],
    "intake.working": [
        (KEEPS | WHOSE, "work_off"),
        (KEEPS | AUDITS, "carry_out"),
    ],
    "journal": [
        (INSIDE, "write write_many"),
    ],
    "keys.codes": [
        (MEMBER, "print_codes"),
        (SECRET, "use_code"),
    ],
    "keys.devices": [
        (SECRET, "remember_device"),
        (KEEPS | RECORDS, "start_kiosk end_kiosk"),
    ],
    "keys.guesses": [
        (SECRET, "begin_guess guessed_right guessed_wrong forget_guesses"),
    ],
    "keys.passkeys": [
        (MEMBER, "add_passkey remove_passkey"),
        (SECRET, "use_passkey"),
    ],
    "keys.sessions": [
        (SECRET, "seen rest_over end_session end_others"),
        (KEEPS | RUNS, "end_sessions_of"),
        (INSIDE, "tell_endings"),
    ],
    "meetings.adjourning": [
        (LEADS, "adjourn"),
    ],
    "meetings.agenda": [
        (CONVENES, "add_item remove_item change_item move_item"),
    ],
    "meetings.amendments": [
        (INSIDE, "set_last_days take_over_texts lay_out"),
        (SORTS, "move_amendment vote_together"),
        (WHOSE, "withdraw_amendment"),
    ],
    "meetings.announcing": [
        (LEADS, "announce"),
    ],
    "meetings.budgets": [
        (CONVENES, "put_budget_on"),
        (CHAIRS, "move_in_budget want_in_budget vote_in_bloc"),
        (CALLS, "vote_singly"),
        (INSIDE, "lay_amendments lay_out_budget"),
    ],
    "meetings.calling": [
        (CONVENES, "prepare correct_draft convene cancel"),
    ],
    "meetings.conflicts": [
        (LEADS | WHOSE, "step_aside step_aside_all come_back_in"),
    ],
    "meetings.copies": [
        (CONVENES, "copy_meeting"),
        (INSIDE, "take_agenda_over"),
    ],
    "meetings.councils": [
        (SORTS, "instruct"),
        (MEMBER, "report_back read_report"),
        (SORTS | WHOSE, "vacate_seat"),
    ],
    "meetings.counting_people": [
        (LEADS | WHOSE, "count_people"),
        (INSIDE, "note_count"),
    ],
    "meetings.debate": [
        (LEADS | WHOSE, "ask_for_floor withdraw_wish end_turn"),
        (LEADS, "give_floor move_order"),
    ],
    "meetings.door_book": [
        (RUNS_VOTES | WHOSE, "check_in_all"),
    ],
    "meetings.empty_seats": [
        (WHOSE, "appeal_to_assembly"),
        (RUNS | WHOSE, "settle_appeal"),
        (AUDITS | WHOSE, "name_until_assembly"),
    ],
    "meetings.feeds": [
        (MEMBER, "make_feed"),
        (WHOSE, "revoke_feed"),
        (INSIDE, "note_reading"),
    ],
    "meetings.floor": [
        (LEADS, "name_signers"),
    ],
    "meetings.from_paper": [
        (RUNS_VOTES | WHOSE, "record_from_paper"),
    ],
    "meetings.items": [
        (LEADS, "call_item end_item"),
        (INSIDE, "end_what_is_open"),
    ],
    "meetings.minutes": [
        (RECORDS, "write_note"),
        (LEADS | AUDITS | WHOSE, "close_minutes"),
    ],
    "meetings.minutes_life": [
        (MEMBER, "speak_up"),
        (RUNS | WHOSE, "find"),
        (RECORDS, "correct enter_afterwards"),
        (LEADS | AUDITS, "sign_minutes seal"),
        (LEADS, "approve"),
    ],
    "meetings.notices": [
        (SORTS, "enter_notice"),
    ],
    "meetings.numbering": [
        (RECORDS, "go_on_from_book"),
        (CONFIRMS | WHOSE, "confirm_last turn_down_last"),
    ],
    "meetings.off_agenda": [
        (LEADS, "note_off_agenda"),
        (CONVENES, "take_up"),
    ],
    "meetings.owed": [
        (INSIDE, "owe_item"),
        (CLOCK, "take_up_owed"),
    ],
    "meetings.pauses": [
        (LEADS, "pause_sitting go_on"),
    ],
    "meetings.problems": [
        (LEADS, "call_problem leave_problem"),
        (CLOCK, "take_up_problems"),
        (INSIDE, "count_meeting"),
    ],
    "meetings.requests": [
        (MEMBER, "ask sign_request"),
        (WHOSE, "withdraw_request"),
    ],
    "meetings.resting": [
        (LEADS, "rest_vote"),
        (WHOSE, "enter_hands"),
        (RUNS_VOTES | WHOSE, "record_part_from_paper bring_paper"),
    ],
    "meetings.series": [
        (CONVENES, "begin_series end_series"),
        (CLOCK, "prepare_turns"),
        (CALLS, "enter_holiday strike_holiday"),
    ],
    "meetings.sitting": [
        (RUNS_VOTES | CLOCK, "draw_register"),
        (RUNS_VOTES | WHOSE, "check_in open_sitting"),
        (LEADS | WHOSE, "leave"),
        (LEADS, "close_sitting close_meeting"),
        (MEMBER, "end_parts"),
        (INSIDE, "send_home"),
    ],
    "meetings.sitting_offices": [
        (LEADS, "name_for_the_day"),
    ],
    "meetings.tables": [
        (LEADS | CALLS, "begin_table"),
        (CALLS, "end_table"),
    ],
    "meetings.tasks": [
        (LEADS, "agree"),
        (LEADS | CALLS | WHOSE, "note_on_action finish_action move_action hand_action_over reopen_action"),
        (RECORDS, "drop_action"),
    ],
    "meetings.unsaved": [
        (RECORDS, "keep_typed add_phrase retire_phrase"),
        (INSIDE, "drop_typed"),
    ],
    "meetings.votes": [
        (MEMBER, "demand_secrecy"),
        (LEADS, "prepare_vote give_up_vote open_vote close_vote count_vote"),
        (CHAIRS, "decide_tie"),
        (RUNS_VOTES | WHOSE, "acclaim"),
        (CLOCK, "settle_vote"),
    ],
    "meetings.watch": [
        (LEADS, "put_on_watch"),
    ],
    "members.applications": [
        (KEEPS, "enter_person"),
        (KEEPS | WHOSE, "apply admit_applicant refuse_application appeal_refusal withdraw_application"),
    ],
    "members.cards": [
        (KEEPS | WHOSE, "issue_card"),
        (KEEPS, "issue_cards"),
        (INSIDE, "issue_first_card"),
        (SIGNS | WHOSE, "countersign_card"),
        (WHOSE, "enrol acknowledge_reset"),
    ],
    "members.carrying_over": [
        (KEEPS | RECORDS, "carry_over_mandate"),
        (CONFIRMS | WHOSE, "turn_down_mandate"),
    ],
    "members.consents": [
        (MEMBER, "give_consent"),
        (INSIDE, "use_consent"),
    ],
    "members.corrections": [
        (KEEPS, "correct"),
        (KEEPS | WHOSE, "strike"),
    ],
    "members.courses": [
        (KEEPS, "name_course ask_for_course enter_course_done"),
        (CONFIRMS | WHOSE, "confirm_course turn_down_course"),
    ],
    "members.dated": [
        (INSIDE, "become empty_seats"),
    ],
    "members.deputies": [
        (
            AUDITS | RUNS | WHOSE,
            "name_deputy",
        ),  # these powers are asked of the deputy: who watches holds no other
        (WHOSE, "end_deputy"),
    ],
    "members.discipline": [
        (KEEPS | WHOSE, "suspend appeal_suspension expel"),
        (KEEPS, "uphold_suspension"),
        (CLOCK, "let_suspension_become_final"),
    ],
    "members.lives": [
        (KEEPS | WHOSE, "move come_back leave"),
        (KEEPS, "go_on_leave give_notice rejoin renew"),
        (CLOCK, "empty_seats_of_the_gone"),
    ],
    "members.many": [
        (INSIDE, "admit_many strike_many"),
        (KEEPS, "admit_again"),
    ],
    "members.moving_up": [
        (INSIDE, "move_up"),
    ],
    "members.office_work": [
        (KEEPS, "save_view drop_view enter_hours"),
    ],
    "members.offices": [
        (INSIDE, "create_body create_office begin_mandate end_mandate"),
        (CONFIRMS | WHOSE, "confirm_mandate"),
    ],
    "members.people": [
        (INSIDE, "admit change_standing post"),
    ],
    "members.plant": [
        (INSIDE, "lay_out"),
    ],
    "members.rota": [
        (KEEPS, "change_rota withdraw_rota add_department add_crew"),
    ],
    "members.second_person": [
        (CONFIRMS | WHOSE, "confirm_entry turn_down_entry"),
    ],
    "oversight.appeals": [
        (KEEPS | WHOSE, "make_appeal decide_appeal"),
    ],
    "oversight.checks": [
        (AUDITS, "verify_journal carry_books_out"),
    ],
    "oversight.counts": [
        (AUDITS | WHOSE, "file_cash_count file_stock_count"),
        (WHOSE, "sign_count"),
    ],
    "oversight.findings": [
        (AUDITS, "write_finding remark close_finding"),
        (CALLS | LEADS | AUDITS, "answer_finding"),  # who audits is told no; who sits there may too
        (CLOCK, "lay_before_assembly"),
    ],
    "oversight.readings": [
        (AUDITS, "note_reading"),
    ],
    "oversight.reports": [
        (AUDITS, "write_report"),
    ],
    "production.measures": [
        (WHOSE, "measure_afterwards"),
    ],
    "production.meetings": [
        (INSIDE, "met"),
    ],
    "production.areas": [
        (KEEPS, "add_area close_area"),
    ],
    "production.problems": [
        (WHOSE, "raise_problem add_photo say_me_too"),
        (LEADS | CALLS | WHOSE, "say set_priority take_up"),
    ],
    "production.sending": [
        (LEADS | CALLS | WHOSE, "send_up send_down join part move_to_conduct"),
    ],
    "production.solving": [
        (WHOSE, "say_solved verify object_to reopen"),
    ],
    "production.stops": [
        (WHOSE, "stop_line ask_to_lift lift"),
    ],
    "pay.months": [
        (BUDGETS, "enter_month"),
    ],
    "pay.scales": [
        (BUDGETS, "enter_scale"),
        (CONFIRMS | WHOSE, "confirm_scale turn_down_scale"),
    ],
    "production.buyers": [
        (SIGNS, "enter_pledge enter_refusal bar_buyer"),
        (SIGNS | WHOSE, "lift_bar"),
    ],
    "production.figures": [
        (BUDGETS, "add_product enter_plan enter_cost_sheet"),
        (LEADS | CALLS | BUDGETS, "enter_output enter_outputs"),
        (LEADS | CALLS, "change_plan"),
        (CONFIRMS | WHOSE, "confirm_plan turn_down_plan"),
    ],
    "production.handovers": [
        (LEADS | CALLS, "ask_in_handover drop_from_handover"),
        (MEMBER, "hand_over"),
        (WHOSE, "take_over"),
    ],
    "production.months": [
        (CONFIRMS | WHOSE, "sign_month confirm_plans"),
    ],
    "production.moves": [
        (BUDGETS, "move_price"),
        (CONFIRMS | WHOSE, "confirm_move turn_down_move"),
    ],
    "production.selling": [
        (BUDGETS, "enter_prices"),
        (CONFIRMS | WHOSE, "confirm_prices turn_down_prices"),
        (SIGNS | WHOSE, "write_slip sign_sale refuse_sale enter_gift enter_kin_contract"),
    ],
    "production.voted": [
        (INSIDE, "set_plan set_prices"),
    ],
    "proposals.agreements": [
        (CALLS, "begin_agreement comment_on_article lay_before_assembly"),
        (MEMBER, "set_agreement add_article hand_on_article say_state add_step do_step"),
        (WHOSE, "write_article"),
        (INSIDE, "adopt_agreement"),
    ],
    "proposals.amendments": [
        (CALLS, "submit"),
        (INSIDE, "write_down admit give_leave step"),
        (MEMBER, "support_amendment"),
        (WHOSE, "accept withdraw_amendment"),
        (SORTS, "turn_down_amendment"),
    ],
    "proposals.budgets": [
        (BUDGETS, "lay_before"),
        (INSIDE, "settle_the_rest"),
    ],
    "proposals.floor": [
        (CALLS, "write_plan write_prices write_technique"),
    ],
    "proposals.joining": [
        (CALLS | WHOSE, "propose_common"),
        (WHOSE, "agree"),
        (SORTS, "form_block"),
    ],
    "proposals.life": [
        (WHOSE, "take_over"),
        (CALLS, "refuse_admission"),
    ],
    "proposals.proposals": [
        (CALLS, "write"),
        (WHOSE, "rewrite publish withdraw"),
        (MEMBER, "support"),
        (CLOCK, "let_fall"),
        (INSIDE, "table untable set_last_day hand_to_meeting settle"),
    ],
    "proposals.rule_changes": [
        (CALLS, "write_rule_change"),
    ],
    "proposals.voting": [
        (SORTS, "move"),
        (SORTS | WHOSE, "declare_contrary"),
        (INSIDE, "settle_amendment let_fall_what_falls let_fall_the_rest want"),
    ],
}
