"""One post by instant run-off: the last goes out, papers pass on whole, until two are left.

It elects whom the transferable vote with one seat elects; the rounds are shown to the end, so that nobody
asks what the losers' papers would have said. Ties: an earlier round tells, otherwise a lot (`ties.settle`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .lots import Lot
from .papers import Papers, checked_papers, rankings, standing
from .ties import Tie, settle


@dataclass(frozen=True)
class Round:
    """Votes of those still in; `exhausted` are valid papers that name none of them any more."""

    totals: Mapping[str, int]
    exhausted: int

    @property
    def majority(self) -> bool:
        """Whether somebody has more than half of the papers still active."""
        return 2 * max(self.totals.values()) > sum(self.totals.values())


@dataclass(frozen=True)
class Runoff:
    """`outcome`: "elected", "no_votes" (no valid paper) or "no_candidates"; without a winner `winner` is None."""

    outcome: str
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    ballots_total: int
    ballots_valid: int
    winner: str | None
    eliminated: tuple[str, ...]
    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]

    @property
    def majority_reached_in_round(self) -> int | None:
        return next((number for number, one in enumerate(self.rounds, 1) if one.majority), None)

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "instant_runoff",
            "outcome": self.outcome,
            "seats": 1,
            "candidates": list(self.candidates),
            "withdrawn": list(self.withdrawn),
            "ballots_total": self.ballots_total,
            "ballots_valid": self.ballots_valid,
            "winner": self.winner,
            "eliminated": list(self.eliminated),
            "majority_reached_in_round": self.majority_reached_in_round,
            "rounds": [
                {"round": number, "totals": dict(one.totals), "exhausted": one.exhausted}
                for number, one in enumerate(self.rounds, 1)
            ],
            "ties": [tie.as_facts() for tie in self.ties],
        }


def count_runoff(
    papers: Papers, *, candidates: Sequence[str], withdrawn: Collection[str] = (), lot: Lot | None = None
) -> Runoff:
    """Counts the papers round by round; one goes out at a time, those without votes too.

    Memphis leads to the end, and loses it: Chattanooga's papers go to Knoxville, then Nashville's too.

    >>> def ranking(text): return tuple((code,) for code in text)
    >>> papers = {ranking("mnck"): 42, ranking("nckm"): 26, ranking("cknm"): 15, ranking("kcnm"): 17}
    >>> result = count_runoff(papers, candidates=list("mnck"))
    >>> result.winner, result.eliminated, [dict(one.totals) for one in result.rounds][1:]
    ('k', ('c', 'n'), [{'m': 42, 'n': 26, 'k': 32}, {'m': 42, 'k': 58}])

    Withdrawn, blank, equal ranks and gaps: as in `stv.count_stv`. One candidate is elected in one round,
    given one valid paper: ask yes or no instead where the bylaws want a majority.

    Raises LotNeeded ("elimination", and "winner" between the last two) at a tie that no earlier round
    settles; ValueError on papers that cannot be.
    """
    left = standing(candidates, withdrawn)
    orders = rankings(papers, candidates=candidates, left=left)
    valid = sum(orders.values())
    rounds: list[Round] = []
    ties: list[Tie] = []
    out: list[str] = []
    winner = None
    while valid and left and winner is None:
        totals = _first_choices(orders, left)
        rounds.append(Round(totals, valid - sum(totals.values())))
        history = [one.totals for one in rounds]
        if len(left) > 2:
            last = [code for code in left if totals[code] == min(totals.values())]
            chosen, told = settle(last, history, min, about="elimination", stage=len(rounds), lot=lot)
            left = [code for code in left if code != chosen]
            out.append(chosen)
        else:
            first = [code for code in left if totals[code] == max(totals.values())]
            winner, told = settle(first, history, max, about="winner", stage=len(rounds), lot=lot)
        ties.extend(told)
    return Runoff(
        outcome="elected" if winner else "no_votes" if left else "no_candidates",
        candidates=tuple(candidates),
        withdrawn=tuple(code for code in candidates if code in withdrawn),
        ballots_total=checked_papers(papers, candidates),
        ballots_valid=valid,
        winner=winner,
        eliminated=tuple(out),
        rounds=tuple(rounds),
        ties=tuple(ties),
    )


def _first_choices(orders: Mapping[tuple[str, ...], int], left: Sequence[str]) -> dict[str, int]:
    totals = dict.fromkeys(left, 0)
    for order, number in orders.items():
        for code in order:
            if code in totals:
                totals[code] += number
                break
    return totals
