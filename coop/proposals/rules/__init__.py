"""What stands in the way of every act on proposals and amendments."""

from .amendments import (
    obstacles_in_changes,
    obstacles_to_accepting,
    obstacles_to_agreeing,
    obstacles_to_amending,
    obstacles_to_declaring_contrary,
    obstacles_to_joining,
    obstacles_to_moving,
    obstacles_to_supporting_amendment,
    obstacles_to_turning_down,
    obstacles_to_wanting,
    obstacles_to_withdrawing_amendment,
)
from .proposals import (
    assembly_of,
    obstacles_in_text,
    obstacles_to_publishing,
    obstacles_to_rewriting,
    obstacles_to_supporting,
    obstacles_to_tabling,
    obstacles_to_withdrawing,
    obstacles_to_writing,
)

__all__ = [
    "assembly_of",
    "obstacles_in_changes",
    "obstacles_in_text",
    "obstacles_to_accepting",
    "obstacles_to_agreeing",
    "obstacles_to_amending",
    "obstacles_to_declaring_contrary",
    "obstacles_to_joining",
    "obstacles_to_moving",
    "obstacles_to_publishing",
    "obstacles_to_rewriting",
    "obstacles_to_supporting",
    "obstacles_to_supporting_amendment",
    "obstacles_to_tabling",
    "obstacles_to_turning_down",
    "obstacles_to_wanting",
    "obstacles_to_withdrawing",
    "obstacles_to_withdrawing_amendment",
    "obstacles_to_writing",
]
