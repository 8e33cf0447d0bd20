"""Projects inside an envelope by the Method of Equal Shares: everybody has the same share, and pays for what
they chose.

The supporters of a project pay its cost in equal parts (who has less pays all they have). Funded next is the
project whose largest part is smallest for what it costs: the one with most effective votes, cost / largest
part. Of what ties, the cheaper goes first, then the one with more votes, then a lot tells. Shares that leave
money over are raised in whole units until one more raise would overspend (add1). Money is counted exactly:
fractions, never floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from .greedy import count_greedy
from .lots import Lot
from .money import Cost, as_number, checked_costs
from .papers import Papers, checked_papers
from .purses import Bought, Purses, TiedProjects


@dataclass(frozen=True)
class Purchases:
    """What one share for everybody buys, in order."""

    share: Fraction
    bought: tuple[Bought, ...]
    ties: tuple[TiedProjects, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        return tuple(one.project for one in self.bought)


@dataclass(frozen=True)
class Shares:
    """The result is `completed` (add1). Beside it stand what the bare share buys, and two other ways to spend
    the rest.

    `exhausted`: raised only until nothing more fits into what is left. `then_greedy`: the rest of `completed`
    spent by votes. `outcome`: "selected", "nothing_fits" (nobody's supporters can pay), "no_votes",
    "no_candidates".
    """

    outcome: str
    envelope: Cost
    step: Cost
    costs: Mapping[str, Cost]
    votes: Mapping[str, int]
    ballots: int
    bare: Purchases
    completed: Purchases
    exhausted: Purchases
    then_greedy: tuple[str, ...]

    @property
    def selected(self) -> tuple[str, ...]:
        return self.completed.projects

    def cost_of(self, projects: tuple[str, ...]) -> Cost:
        return sum(self.costs[code] for code in projects)

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "equal_shares",
            "outcome": self.outcome,
            "envelope": as_number(self.envelope),
            "step": as_number(self.step),
            "costs": {code: as_number(cost) for code, cost in self.costs.items()},
            "totals": dict(self.votes),
            "ballots_total": self.ballots,
            "selected": list(self.selected),
            "total_cost": as_number(self.cost_of(self.selected)),
            "left_over": as_number(self.envelope - self.cost_of(self.selected)),
            "share": as_number(self.completed.share),
            "steps": [one.as_facts() for one in self.completed.bought],
            "ties": [tie.as_facts() for tie in self.completed.ties],
            "no_completion": self._way(self.bare) | {"steps": [one.as_facts() for one in self.bare.bought]},
            "add1_stop_when_exhaustive": self._way(self.exhausted),
            "add1_then_greedy": {
                "selected": list(self.then_greedy),
                "total_cost": as_number(self.cost_of(self.then_greedy)),
            },
        }

    def _way(self, way: Purchases) -> dict[str, Any]:
        return {
            "share": as_number(way.share),
            "selected": list(way.projects),
            "total_cost": as_number(self.cost_of(way.projects)),
        }


def count_shares(
    papers: Papers, *, costs: Mapping[str, Cost], envelope: Cost, step: Cost = 1, lot: Lot | None = None
) -> Shares:
    """Counts papers that mark projects; on which rank they stand makes no difference. Blank papers have a
    share too.

    Ten people, 10 each. The six can pay b with 6.67 each and then not a; the four can pay c. By votes alone a
    and b would have taken all of it.

    >>> papers = {(("a", "b"),): 6, (("c",),): 4}
    >>> result = count_shares(papers, costs={"a": 60, "b": 40, "c": 40}, envelope=100)
    >>> result.selected, result.completed.share, result.bare.bought[0].largest_payment
    (('b', 'c'), Fraction(16, 1), Fraction(20, 3))

    `step`: by how much the share is raised, in units of the currency; it starts at the whole units of
    envelope / papers. A larger step is quicker and can stop earlier.

    Raises LotNeeded ("project"); ValueError as `money.checked_costs`, on papers that cannot be and on a step
    that is none.
    """
    if step <= 0:
        raise ValueError("a step is above zero")
    ballots = checked_papers(papers, costs)
    marks: dict[str, int] = dict.fromkeys(costs, 0)
    for paper, number in papers.items():
        for rank in paper:
            for code in rank:
                marks[code] += number
    votes = checked_costs(costs, envelope, marks)
    purses = Purses(papers, costs, votes, lot)
    share = Fraction(envelope) / max(ballots, 1)
    bare = Purchases(share, *purses.buy(share))
    completed, exhausted = _raised(purses, Fraction(share.__floor__()), Fraction(step), Fraction(envelope))
    rest = envelope - sum(costs[code] for code in completed.projects)
    others = {code: number for code, number in votes.items() if code not in completed.projects}
    greedy = count_greedy(others, costs=costs, envelope=rest, lot=lot)
    if completed.bought:
        outcome = "selected"
    elif any(votes.values()):
        outcome = "nothing_fits"
    else:
        outcome = "no_votes" if votes else "no_candidates"
    return Shares(
        outcome=outcome,
        envelope=envelope,
        step=step,
        costs=dict(costs),
        votes=votes,
        ballots=ballots,
        bare=bare,
        completed=completed,
        exhausted=exhausted,
        then_greedy=completed.projects + greedy.selected,
    )


def _raised(
    purses: Purses, share: Fraction, step: Fraction, envelope: Fraction
) -> tuple[Purchases, Purchases]:
    """The last purchases before a raise overspends, and the first after which nothing more fits.

    Raises that can bring nothing new are passed over: below cost / votes not even full purses pay for a
    project that is missing, and without one of those nothing is overspent.
    """
    completed = Purchases(share, *purses.buy(share))
    exhausted = None
    while True:
        left = envelope - purses.cost(completed.projects)
        missing = purses.wanted - set(completed.projects)
        if exhausted is None and all(purses.costs[code] > left for code in missing):
            exhausted = completed
        if not missing:
            break
        within_reach = min(purses.costs[code] / purses.votes[code] for code in missing)
        share += step * max(1, ceil((within_reach - share) / step) - 1)
        following = Purchases(share, *purses.buy(share))
        if purses.cost(following.projects) > envelope:
            break
        completed = following
    return completed, exhausted or completed
