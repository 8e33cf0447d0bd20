"""A case: what is sent to the running server, what must come back, and which tables may be different afterwards.

The numbers are those of the house's list of bad inputs and attacks: A casting, B voters and offices, C the door,
D forged requests, E texts, F files, G floods, H insiders. Where the answer is another one than that list asks for,
`because` says why, and docs/architecture.md speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .telephone import Answer

if TYPE_CHECKING:
    from .world import World

Ask = Callable[["World"], "Answer | Sequence[Answer]"]


@dataclass(frozen=True)
class Case:
    number: str  # of the list, with a letter where one number has several
    words: str
    ask: Ask
    must: int | tuple[int, ...]  # one status for all that was sent, or one for each
    reads: str = ""  # stands on the last page that came
    changes: frozenset[str] | None = frozenset()  # tables; None where the case itself looks at what changed
    because: str = ""  # why the answer is another one than the list asks for

    def __str__(self) -> str:
        return f"{self.number} {self.words}"


def tables(*names: str) -> frozenset[str]:
    return frozenset(names)


VOTED = tables("ballots_namedvote", "ballots_rollentry")  # an open vote was taken
SEALED = tables("ballots_envelope", "ballots_rollentry")  # a secret one
GUESSED = tables("keys_guesses")  # a wrong secret is counted
CAME_IN = tables("keys_session")
