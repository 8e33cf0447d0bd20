"""The purses of those who vote by equal shares, and what they can buy together. Exact, in whole numbers.

People with the same marks have the same purse at every moment, so one purse stands for all of them. All
purses are kept over one denominator; when a price does not divide, the denominator grows and every purse with
it. That is the same as fractions without their cost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from .lots import Lot, draw
from .money import Cost
from .papers import Papers


@dataclass(frozen=True)
class Bought:
    """A project, the largest part that any supporter pays for it, and cost / that part: its effective votes."""

    project: str
    largest_payment: Fraction
    effective_votes: Fraction

    def as_facts(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "largest_payment": f"{self.largest_payment.numerator}/{self.largest_payment.denominator}",
            "effective_votes": f"{float(self.effective_votes):.6f}",
        }


@dataclass(frozen=True)
class TiedProjects:
    """Projects with the same effective votes at one moment, and what settled it: "cheaper", "more_votes" or
    "lot".
    """

    among: tuple[str, ...]
    settled_by: str
    chosen: str

    def as_facts(self) -> dict[str, Any]:
        return {"among": list(self.among), "resolved_by": self.settled_by, "chosen": self.chosen}


class Purses:
    """Who wants what. `buy` can be asked again and again with other shares; nothing is kept between."""

    def __init__(
        self, papers: Papers, costs: Mapping[str, Cost], votes: Mapping[str, int], lot: Lot | None
    ) -> None:
        merged: dict[frozenset[str], int] = {}
        for paper, number in papers.items():
            marks = frozenset(code for rank in paper for code in rank)
            if marks and number:
                merged[marks] = merged.get(marks, 0) + number
        self.people = list(merged.values())
        self.supporters: dict[str, list[int]] = {code: [] for code in costs}
        for purse, marks in enumerate(merged):
            for code in marks:
                self.supporters[code].append(purse)
        self.costs = {code: Fraction(cost) for code, cost in costs.items()}
        self.votes, self.lot = votes, lot
        self.wanted = {code for code, number in votes.items() if number}

    def cost(self, projects: Iterable[str]) -> Fraction:
        return sum((self.costs[code] for code in projects), Fraction(0))

    def buy(self, share: Fraction) -> tuple[tuple[Bought, ...], tuple[TiedProjects, ...]]:
        """What they buy, in order, when everybody has `share` units of the currency, and the ties on the way."""
        table = _Table(self, share)
        bought: list[Bought] = []
        ties: list[TiedProjects] = []
        while tied := table.cheapest_parts():
            chosen, settled_by = self._settled(tied, table)
            if settled_by:
                ties.append(TiedProjects(tuple(tied), settled_by, chosen))
            bought.append(table.pay(chosen))
        return tuple(bought), tuple(ties)

    def _settled(self, tied: Sequence[str], table: "_Table") -> tuple[str, str]:
        """Cheaper, then more votes, then a lot; no lot where one does not take from the other."""
        if len(tied) == 1:
            return tied[0], ""
        cheapest = min(self.costs[code] for code in tied)
        left = [code for code in tied if self.costs[code] == cheapest]
        if len(left) == 1:
            return left[0], "cheaper"
        most = max(self.votes[code] for code in left)
        left = [code for code in left if self.votes[code] == most]
        if len(left) == 1:
            return left[0], "more_votes"
        if table.side_by_side(left):
            return left[0], ""
        return draw(self.lot, left, "project")[0], "lot"


class _Table:
    """One round of buying: money in each purse, over `whole`; the parts known so far are never too high."""

    def __init__(self, purses: Purses, share: Fraction) -> None:
        self.purses = purses
        self.whole = lcm(share.denominator, *(cost.denominator for cost in purses.costs.values()))
        self.money = [int(share * self.whole)] * len(purses.people)
        self.known = {  # part / cost, at least; everybody's part is smallest when nobody runs short
            code: Fraction(1, number)
            for code, number in purses.votes.items()
            if number and number * share >= purses.costs[code]
        }

    def cheapest_parts(self) -> list[str]:
        """The projects that can be paid with the smallest largest part for their cost; none when nothing can
        be paid.

        Purses only get lighter, so a part only grows: who was known to be dearer need not be looked at again.
        """
        best: Fraction | None = None
        tied: list[str] = []
        for code in sorted(self.known, key=self.known.__getitem__):
            if best is not None and self.known[code] > best:
                break
            part = self._part(code)
            if part is None:
                del self.known[code]
                continue
            self.known[code] = rate = part / self.purses.costs[code]
            if best is None or rate < best:
                best, tied = rate, []
            if rate == best:
                tied.append(code)
        order = list(self.purses.costs)
        return sorted(tied, key=order.index)

    def _part(self, code: str) -> Fraction | None:
        """The largest part for which the supporters together pay the cost; None when they cannot."""
        people: dict[int, int] = {}
        for purse in self.purses.supporters[code]:
            money = self.money[purse]
            people[money] = people.get(money, 0) + self.purses.people[purse]
        rest = int(self.purses.costs[code] * self.whole)
        paying = sum(people.values())
        for money in sorted(people):
            if money * paying >= rest:
                return Fraction(rest, paying * self.whole)
            rest -= money * people[money]
            paying -= people[money]
        return None

    def pay(self, code: str) -> Bought:
        part = self.known.pop(code) * self.purses.costs[code]
        grow = part.denominator // gcd(part.denominator, self.whole)
        if grow > 1:
            self.whole *= grow
            self.money = [money * grow for money in self.money]
        each = int(part * self.whole)
        for purse in self.purses.supporters[code]:
            self.money[purse] = max(0, self.money[purse] - each)
        return Bought(code, part, self.purses.costs[code] / part)

    def side_by_side(self, tied: Sequence[str]) -> bool:
        """Whether all of them can be paid at the same part in any order: nobody runs short by supporting
        several."""
        part = self.known[tied[0]] * self.purses.costs[tied[0]] * self.whole
        asked: dict[int, int] = {}
        for code in tied:
            for purse in self.purses.supporters[code]:
                asked[purse] = asked.get(purse, 0) + 1
        return all(
            times == 1 or not self.money[purse] or self.money[purse] >= times * part
            for purse, times in asked.items()
        )
