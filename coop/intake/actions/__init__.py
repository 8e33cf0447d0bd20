"""The only writers of this stage: keyword-only, `by` and `at` always, one transaction."""

from .reading import confirm, forget, read_again, read_in, throw_away
from .taking_back import take_back
from .working import carry_out, work_off

__all__ = [
    "carry_out",
    "confirm",
    "forget",
    "read_again",
    "read_in",
    "take_back",
    "throw_away",
    "work_off",
]
