"""The only writers of this stage: keyword-only, `by` and `at` always, one transaction, a journal line inside."""

from .cards import (
    acknowledge_reset,
    countersign_card,
    enrol,
    issue_card,
    issue_cards,
    issue_first_card,
)
from .offices import begin_mandate, confirm_mandate, create_body, create_office, end_mandate
from .people import admit, change_standing, post
from .plant import lay_out

__all__ = [
    "acknowledge_reset",
    "admit",
    "begin_mandate",
    "change_standing",
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
]
