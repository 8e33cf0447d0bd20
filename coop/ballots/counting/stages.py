"""What a transferable count tells of itself: its stages and its result. Votes are whole hundred-thousandths."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .ties import Tie

WHOLE = 100_000  # one vote: five decimals, as the Scottish rules have it
FIRST_PREFERENCES, TRANSFER_SURPLUS, EXCLUDE = "first_preferences", "transfer_surplus", "exclude"


def decimals(votes: int) -> str:
    """Hundred-thousandths of a vote as a decimal number with five places.

    >>> decimals(6314), decimals(12 * WHOLE)
    ('0.06314', '12.00000')
    """
    return f"{votes // WHOLE}.{votes % WHOLE:05}"


@dataclass(frozen=True)
class Stage:
    """One step of the count, and how everybody stands after it.

    `candidate` is whose surplus or whose papers moved. `transfer_values`: what a paper was worth -> what it
    is worth now. `elected` were elected at its end; of them `without_quota`, because only as many were left
    as there were seats.
    """

    number: int
    action: str
    candidate: str | None
    surplus: int
    transfer_values: Mapping[int, int]
    totals: Mapping[str, int]
    non_transferable: int
    elected: tuple[str, ...]
    without_quota: tuple[str, ...]

    def as_facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"stage": self.number, "action": self.action}
        if self.candidate is not None:
            facts["candidate"] = self.candidate
        if self.action == TRANSFER_SURPLUS:
            facts["surplus"] = decimals(self.surplus)
            facts["transfer_values"] = {
                decimals(old): decimals(new) for old, new in self.transfer_values.items()
            }
        facts["totals"] = {code: decimals(votes) for code, votes in self.totals.items()}
        facts["non_transferable"] = decimals(self.non_transferable)
        facts["elected"] = list(self.elected)
        if self.without_quota:
            facts["elected_without_quota"] = list(self.without_quota)
        return facts


@dataclass(frozen=True)
class Transferable:
    """The result: who is elected, in order; who went out, in order; each stage; each tie and what settled it.

    `outcome` is "elected", "no_votes" (no valid paper: nobody is elected) or "no_candidates". `empty_seats`
    is above nothing where fewer stood than there are seats.
    """

    outcome: str
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    seats: int
    ballots_total: int
    ballots_valid: int
    quota: int
    elected: tuple[str, ...]
    excluded: tuple[str, ...]
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]

    @property
    def empty_seats(self) -> int:
        return self.seats - len(self.elected)

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "scottish_stv",
            "outcome": self.outcome,
            "seats": self.seats,
            "candidates": list(self.candidates),
            "withdrawn": list(self.withdrawn),
            "ballots_total": self.ballots_total,
            "ballots_valid": self.ballots_valid,
            "quota": self.quota,
            "elected": list(self.elected),
            "excluded": list(self.excluded),
            "empty_seats": self.empty_seats,
            "stage_count": len(self.stages),
            "stages": [stage.as_facts() for stage in self.stages],
            "ties": [tie.as_facts() for tie in self.ties],
        }
