"""The only writers of this stage: keyword-only, `by` and `at` always, one transaction, a journal line inside."""

from .applications import (
    admit_applicant,
    appeal_refusal,
    apply,
    enter_person,
    refuse_application,
    withdraw_application,
)
from .cards import (
    acknowledge_reset,
    countersign_card,
    enrol,
    issue_card,
    issue_cards,
    issue_first_card,
)
from .carrying_over import carry_over_mandate, turn_down_mandate
from .consents import give_consent
from .corrections import correct, strike
from .courses import ask_for_course, confirm_course, enter_course_done, name_course, turn_down_course
from .deputies import end_deputy, name_deputy
from .discipline import (
    appeal_suspension,
    expel,
    let_suspension_become_final,
    suspend,
    uphold_suspension,
)
from .lives import (
    come_back,
    empty_seats_of_the_gone,
    give_notice,
    go_on_leave,
    leave,
    move,
    rejoin,
    renew,
)
from .moving_up import move_up
from .offices import begin_mandate, confirm_mandate, create_body, create_office, end_mandate
from .people import admit, change_standing, post
from .plant import lay_out
from .second_person import confirm_entry, turn_down_entry

__all__ = [
    "acknowledge_reset",
    "admit",
    "admit_applicant",
    "appeal_refusal",
    "appeal_suspension",
    "apply",
    "ask_for_course",
    "begin_mandate",
    "carry_over_mandate",
    "change_standing",
    "come_back",
    "confirm_course",
    "confirm_entry",
    "confirm_mandate",
    "correct",
    "countersign_card",
    "create_body",
    "create_office",
    "empty_seats_of_the_gone",
    "end_deputy",
    "end_mandate",
    "enrol",
    "enter_course_done",
    "enter_person",
    "expel",
    "give_consent",
    "give_notice",
    "go_on_leave",
    "issue_card",
    "issue_cards",
    "issue_first_card",
    "lay_out",
    "leave",
    "let_suspension_become_final",
    "move",
    "move_up",
    "name_course",
    "name_deputy",
    "post",
    "refuse_application",
    "rejoin",
    "renew",
    "strike",
    "suspend",
    "turn_down_course",
    "turn_down_entry",
    "turn_down_mandate",
    "uphold_suspension",
    "withdraw_application",
]
