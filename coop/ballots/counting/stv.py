"""Seats by the single transferable vote, by the rules of the Scottish local elections of 2007.

Checked by law, countable by hand: whole numbers only, one surplus or one exclusion a stage, values cut after
five decimals.

Quota: valid papers / (seats + 1), cut, plus one. A surplus moves *all* papers of whom it belongs to, each
worth surplus x what it was worth on arrival / total, cut on *each paper*; what the cut loses is not
transferable. Nobody who is elected gets papers, even while their own surplus waits. Who has just the quota
has no surplus. Ties: `ties.settle`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from .lots import Lot
from .papers import Papers, checked_papers, rankings, standing
from .stages import EXCLUDE, FIRST_PREFERENCES, TRANSFER_SURPLUS, WHOLE, Stage, Transferable
from .ties import Tie, settle

Pile = dict[int, list[tuple[tuple[str, ...], int]]]  # value on arrival -> (ranking, how many papers)


def count_stv(
    papers: Papers,
    *,
    candidates: Sequence[str],
    seats: int,
    withdrawn: Collection[str] = (),
    lot: Lot | None = None,
) -> Transferable:
    """Counts the papers until the seats are filled.

    Quota 4 of 9 papers: Ada has just that and no surplus, so Cleo goes out and her papers elect Ben.

    >>> papers = {(("ada",), ("ben",)): 4, (("ben",),): 3, (("cleo",), ("ben",)): 2}
    >>> result = count_stv(papers, candidates=["ada", "ben", "cleo"], seats=2)
    >>> result.quota, result.elected, [stage.action for stage in result.stages]
    (4, ('ada', 'ben'), ['first_preferences', 'exclude'])

    Six of ten for Ada, quota 4: each of her papers goes on with 2 x 1 / 6 = 0.33333, and 0.00002 are lost.

    >>> papers = {(("ada",), ("ben",)): 6, (("ben",),): 1, (("cleo",),): 3}
    >>> last = count_stv(papers, candidates=["ada", "ben", "cleo"], seats=2).stages[1].as_facts()
    >>> last["transfer_values"], last["totals"], last["non_transferable"]
    ({'1.00000': '0.33333'}, {'ada': '4.00000', 'ben': '2.99998', 'cleo': '3.00000'}, '0.00002')

    Who withdrew is struck before the count, and their papers pass on. Blank papers, and those that name
    nobody who is left, are not valid and do not count for the quota. Equal ranks and gaps end a paper
    (`papers.rankings`). Where no more stand than there are seats, all are elected after the first stage; what
    stays empty is told. Without a valid paper nobody is elected.

    Raises LotNeeded ("exclusion", "surplus") at a tie that no earlier stage settles; ValueError on fewer
    seats than one and on papers that cannot be.
    """
    if seats < 1:
        raise ValueError("fewer seats than one")
    left = standing(candidates, withdrawn)
    orders = rankings(papers, candidates=candidates, left=left)
    valid = sum(orders.values())
    count = _Count(left, seats, valid // (seats + 1) + 1, lot)
    outcome = "no_votes" if left else "no_candidates"
    if valid and left:
        count.run(orders)
        outcome = "elected"
    return Transferable(
        outcome=outcome,
        candidates=tuple(candidates),
        withdrawn=tuple(code for code in candidates if code in withdrawn),
        seats=seats,
        ballots_total=checked_papers(papers, candidates),
        ballots_valid=valid,
        quota=count.quota,
        elected=tuple(count.elected),
        excluded=tuple(count.excluded),
        stages=tuple(count.stages),
        ties=tuple(count.ties),
    )


class _Count:
    """One count while it runs: the piles on the table, and what has been written down."""

    def __init__(self, candidates: Sequence[str], seats: int, quota: int, lot: Lot | None) -> None:
        self.seats, self.quota, self.lot = seats, quota, lot
        self.continuing = list(candidates)
        self.piles: dict[str, Pile] = {code: {} for code in candidates}
        self.totals = dict.fromkeys(candidates, 0)
        self.non_transferable = 0
        self.waiting: list[str] = []  # elected, and their surplus not yet transferred
        self.elected: list[str] = []
        self.excluded: list[str] = []
        self.stages: list[Stage] = []
        self.ties: list[Tie] = []

    def run(self, orders: Mapping[tuple[str, ...], int]) -> None:
        self.move(orders.items(), WHOLE)
        self.write_down(FIRST_PREFERENCES)
        while len(self.elected) < self.seats and self.continuing:
            if self.waiting:
                self.transfer_a_surplus()
            else:
                self.exclude_the_lowest()

    def move(self, papers: Iterable[tuple[tuple[str, ...], int]], value: int) -> int:
        """Lays papers worth `value` each onto the piles of the next who continue. Votes moved."""
        continuing, moved = set(self.continuing), 0
        for order, number in papers:
            for code in order:
                if code in continuing:
                    self.piles[code].setdefault(value, []).append((order, number))
                    self.totals[code] += number * value
                    moved += number * value
                    break
        return moved

    def transfer_a_surplus(self) -> None:
        most = max(self.totals[code] for code in self.waiting)
        code = self.settled(
            [one for one in self.totals if one in self.waiting and self.totals[one] == most], "surplus"
        )
        self.waiting.remove(code)
        total, surplus = self.totals[code], self.totals[code] - self.quota * WHOLE
        pile, self.piles[code] = self.piles[code], {}
        values = {value: surplus * value // total for value in sorted(pile, reverse=True)}
        moved = sum(self.move(pile[old], new) for old, new in values.items())
        self.totals[code] = self.quota * WHOLE
        self.non_transferable += surplus - moved
        self.write_down(TRANSFER_SURPLUS, code, surplus, values)

    def exclude_the_lowest(self) -> None:
        least = min(self.totals[code] for code in self.continuing)
        code = self.settled([code for code in self.continuing if self.totals[code] == least], "exclusion")
        self.continuing.remove(code)
        self.excluded.append(code)
        pile, self.piles[code] = self.piles[code], {}
        moved = sum(self.move(pile[value], value) for value in sorted(pile, reverse=True))
        self.totals[code] = 0
        self.non_transferable += least - moved
        self.write_down(EXCLUDE, code)

    def settled(self, tied: list[str], about: str) -> str:
        history = [stage.totals for stage in self.stages]
        best = max if about == "surplus" else min
        chosen, told = settle(tied, history, best, about=about, stage=len(self.stages) + 1, lot=self.lot)  # type: ignore[arg-type]
        self.ties.extend(told)
        return chosen

    def by_votes(self, codes: Sequence[str]) -> list[str]:
        """Most votes first; of equals who had more at the latest stage where they differed."""
        backwards = [self.totals, *(stage.totals for stage in reversed(self.stages))]
        return sorted(codes, key=lambda one: [-totals[one] for totals in backwards])

    def write_down(
        self, action: str, code: str | None = None, surplus: int = 0, values: Mapping[int, int] | None = None
    ) -> None:
        """The end of a stage: who has the quota is elected; when only as many are left as seats, they are too."""
        reached = [one for one in self.continuing if self.totals[one] >= self.quota * WHOLE]
        vacant = self.seats - len(self.elected) - len(reached)
        rest = [one for one in self.continuing if one not in reached]
        without_quota = self.by_votes(rest) if len(rest) <= vacant else []
        elected = self.by_votes(reached) + without_quota
        self.waiting += [one for one in reached if self.totals[one] > self.quota * WHOLE]
        self.elected += elected
        self.continuing = [one for one in self.continuing if one not in elected]
        self.stages.append(
            Stage(
                number=len(self.stages) + 1,
                action=action,
                candidate=code,
                surplus=surplus,
                transfer_values=dict(values or {}),
                totals=dict(self.totals),
                non_transferable=self.non_transferable,
                elected=tuple(elected),
                without_quota=tuple(without_quota),
            )
        )
