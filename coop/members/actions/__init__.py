"""The only writers of this stage: keyword-only, `by` and `at` always, one transaction, a journal line inside."""

from .cards import (
    acknowledge_reset,
    countersign_card,
    enrol,
    issue_card,
    issue_cards,
    issue_first_card,
)
from .carrying_over import carry_over_mandate, turn_down_mandate
from .offices import begin_mandate, confirm_mandate, create_body, create_office, end_mandate
from .people import admit, change_standing, post
from .plant import lay_out
from .second_person import confirm_entry, turn_down_entry

__all__ = [
    "acknowledge_reset",
    "admit",
    "begin_mandate",
    "carry_over_mandate",
    "change_standing",
    "confirm_entry",
    "confirm_mandate",
    "countersign_card",
    "create_body",
    "create_office",
    "end_mandate",
    "enrol",
    "issue_card",
    "issue_cards",
    "issue_first_card",
    "lay_out",
    "post",
    "turn_down_entry",
    "turn_down_mandate",
]
