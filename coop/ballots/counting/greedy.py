"""Projects inside an envelope, the greedy way: by votes, whatever fits. Plain, and blind to minorities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .by_votes import equals, in_order
from .lots import Lot, draw
from .money import Cost, as_number, checked_costs

Variant = Literal["skip", "stop"]


@dataclass(frozen=True)
class EqualVotes:
    """Projects with the same votes that do not all fit: the cheaper went first, or among the same cost a lot."""

    among: tuple[str, ...]
    settled_by: Literal["cheaper", "lot"]
    chosen: tuple[str, ...]

    def as_facts(self) -> dict[str, Any]:
        return {"among": list(self.among), "resolved_by": self.settled_by, "chosen": list(self.chosen)}


@dataclass(frozen=True)
class Greedy:
    """`selected` in the order of funding; costs and `envelope` in units of the currency.

    `outcome`: "selected", "nothing_fits" (there are votes, but no money for any of them), "no_votes",
    "no_candidates".
    """

    outcome: str
    variant: Variant
    threshold: int
    envelope: Cost
    costs: Mapping[str, Cost]
    votes: Mapping[str, int]
    selected: tuple[str, ...]
    ties: tuple[EqualVotes, ...]

    @property
    def total_cost(self) -> Cost:
        return sum(self.costs[code] for code in self.selected)

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "budget_greedy",
            "outcome": self.outcome,
            "variant": self.variant,
            "threshold": self.threshold,
            "envelope": as_number(self.envelope),
            "costs": {code: as_number(cost) for code, cost in self.costs.items()},
            "totals": dict(self.votes),
            "selected": list(self.selected),
            "total_cost": as_number(self.total_cost),
            "left_over": as_number(self.envelope - self.total_cost),
            "ties": [tie.as_facts() for tie in self.ties],
        }


def count_greedy(
    votes: Mapping[str, int],
    *,
    costs: Mapping[str, Cost],
    envelope: Cost,
    variant: Variant = "skip",
    threshold: int = 0,
    lot: Lot | None = None,
) -> Greedy:
    """Funds projects by votes while the envelope lasts.

    What no longer fits is passed over ("skip"), or ends it ("stop"). Projects below `threshold`, or without a
    vote, are not looked at. The van at 60 does not fit any more; the canteen and the training do:

    >>> votes = {"roof": 7, "van": 6, "canteen": 5, "training": 1}
    >>> costs = {"roof": 50, "van": 60, "canteen": 30, "training": 20}
    >>> count_greedy(votes, costs=costs, envelope=100).selected
    ('roof', 'canteen', 'training')
    >>> count_greedy(votes, costs=costs, envelope=100, variant="stop").selected
    ('roof',)

    Equal votes matter only where not all of them fit: then the cheaper goes first, and among the same cost a
    lot tells.

    Raises LotNeeded ("project"); ValueError as `money.checked_costs`, and on a variant that is none.
    """
    if variant not in {"skip", "stop"} or threshold < 0:
        raise ValueError("the variants are skip and stop; a threshold is not below zero")
    every = checked_costs(costs, envelope, votes)
    left = envelope
    selected: list[str] = []
    ties: list[EqualVotes] = []
    for alike in equals(
        every, in_order({code: number for code, number in every.items() if number >= threshold})
    ):
        taken, told = _funded(alike, costs, left, variant, lot)
        selected += taken
        ties += told
        left -= sum(costs[code] for code in taken)
        if variant == "stop" and len(taken) < len(alike):
            break
    if selected:
        outcome = "selected"
    elif any(every.values()):
        outcome = "nothing_fits"
    else:
        outcome = "no_votes" if every else "no_candidates"
    return Greedy(outcome, variant, threshold, envelope, dict(costs), every, tuple(selected), tuple(ties))


def _funded(
    alike: Sequence[str], costs: Mapping[str, Cost], left: Cost, variant: Variant, lot: Lot | None
) -> tuple[list[str], list[EqualVotes]]:
    """Which of the projects with the same votes get money, and how a tie among them was settled."""
    fitting = [code for code in alike if costs[code] <= left]
    if sum(costs[code] for code in (fitting if variant == "skip" else alike)) <= left:
        return fitting, []  # in whatever order they come, it is the same ones
    taken: list[str] = []
    ties: list[EqualVotes] = []
    for cost in sorted({costs[code] for code in fitting}):
        same = [code for code in fitting if costs[code] == cost]
        number = min(len(same), int(left // cost))
        left -= number * cost
        if 0 < number < len(same):
            same = draw(lot, same, "project")
            ties.append(EqualVotes(tuple(sorted(same)), "lot", tuple(same[:number])))
        taken += same[:number]
    if len(fitting) > 1 and len({costs[code] for code in alike}) > 1:
        ties.insert(0, EqualVotes(tuple(alike), "cheaper", tuple(taken)))
    return taken, ties
