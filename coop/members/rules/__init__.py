"""What stands in the way, as lists of reasons; no writes. One module for each kind of act."""

from .cards import (
    COUNTERSIGN_WITHIN,
    obstacles_to_acknowledging,
    obstacles_to_countersigning,
    obstacles_to_first_card,
    obstacles_to_issuing_card,
    obstacles_to_several_cards,
    obstacles_to_using_card,
    too_late_to_countersign,
)
from .mandates import (
    obstacles_to_carrying_over,
    obstacles_to_carrying_over_mandate,
    obstacles_to_confirming_mandate,
    obstacles_to_ending_mandate,
    obstacles_to_mandate,
    obstacles_to_turning_down_mandate,
)
from .people import obstacles_to_admitting, obstacles_to_dated_change, obstacles_to_keeping_the_register

__all__ = [
    "COUNTERSIGN_WITHIN",
    "obstacles_to_acknowledging",
    "obstacles_to_admitting",
    "obstacles_to_carrying_over",
    "obstacles_to_carrying_over_mandate",
    "obstacles_to_confirming_mandate",
    "obstacles_to_countersigning",
    "obstacles_to_dated_change",
    "obstacles_to_ending_mandate",
    "obstacles_to_first_card",
    "obstacles_to_issuing_card",
    "obstacles_to_keeping_the_register",
    "obstacles_to_mandate",
    "obstacles_to_several_cards",
    "obstacles_to_turning_down_mandate",
    "obstacles_to_using_card",
    "too_late_to_countersign",
]
