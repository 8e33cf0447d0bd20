"""One of several options by the Schulze method, strength by winning votes.

Every pair is compared; a path is as strong as its weakest comparison that is won; who has a stronger path to
each other than back is beaten by nobody. Where an option wins every comparison (a Condorcet winner), it is
that one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .lots import Lot, draw
from .papers import Paper, Papers, checked_papers, standing

Table = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Schulze:
    """`outcome`: "elected", "kept" (nothing beats what is there), "tie" (several `winners`, no lot),
    "no_votes", "no_candidates".

    `winner` is None where there is none, or not yet. `pairwise[a][b]`: papers that rank a above b.
    `set_aside`: options that do not beat `keep`. `ranking`: groups from first to last; within a group nobody
    beats another.
    """

    outcome: str
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    keep: str | None
    ballots_total: int
    winner: str | None
    winners: tuple[str, ...]
    condorcet_winner: str | None
    set_aside: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...]
    pairwise: Mapping[str, Mapping[str, int]]
    strongest_paths: Mapping[str, Mapping[str, int]]
    by_lot: bool

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "schulze",
            "strength": "winning_votes",
            "outcome": self.outcome,
            "candidates": list(self.candidates),
            "withdrawn": list(self.withdrawn),
            "keep": self.keep,
            "ballots_total": self.ballots_total,
            "winner": self.winner,
            "winners": list(self.winners),
            "by_lot": self.by_lot,
            "condorcet_winner": self.condorcet_winner,
            "set_aside": list(self.set_aside),
            "ranking": [list(group) for group in self.ranking],
            "pairwise": {code: dict(row) for code, row in self.pairwise.items()},
            "strongest_paths": {code: dict(row) for code, row in self.strongest_paths.items()},
        }


def count_schulze(
    papers: Papers,
    *,
    candidates: Sequence[str],
    withdrawn: Collection[str] = (),
    lot: Lot | None = None,
    keep: str | None = None,
) -> Schulze:
    """Counts the papers, equal ranks and all.

    Equals on a paper count for neither; what a paper does not name stands below all it names, equal among
    itself. So a blank paper takes part and compares nothing, and a gap closes up. Who withdrew is struck.

    >>> papers = {(("a", "b"), ("c",)): 3, (("b",), ("a",)): 2, (("c",),): 2, (("a",), ("c",), ("b",)): 1}
    >>> result = count_schulze(papers, candidates=["a", "b", "c"])
    >>> result.winner, result.pairwise["b"], result.strongest_paths["c"]
    ('b', {'a': 2, 'c': 5}, {'a': 0, 'b': 0})

    `keep` is the option "none of these" or "as it is now": what does not beat it in the comparison of the two
    is set aside, and where nothing is left it is kept. Here two against two is not enough:

    >>> count_schulze({(("a",), ("none",)): 2, (("none",),): 2}, candidates=["a", "none"], keep="none").outcome
    'kept'

    Several winners are the outcome "tie" without a lot, and one of them with it. One option wins without
    comparison, unless no paper names it.

    Raises ValueError on papers that cannot be, and a `keep` that nobody can choose.
    """
    left = standing(candidates, withdrawn)
    total = checked_papers(papers, candidates)
    if keep is not None and keep not in left:
        raise ValueError("what is kept must be one of the options")
    pairwise = _pairwise(papers, left)
    named = any(number and _compared(paper, left) for paper, number in papers.items())
    aside = [code for code in left if keep and code != keep and pairwise[code][keep] <= pairwise[keep][code]]
    stay = [code for code in left if code not in aside]
    paths = _strongest_paths(pairwise, stay)
    ranking = _ranking(paths)
    winners = ranking[0] if ranking and named else ()
    drawn = len(winners) > 1 and lot is not None
    winner = draw(lot, winners, "winner")[0] if drawn else winners[0] if len(winners) == 1 else None
    return Schulze(
        outcome=_outcome(left, winners, winner, keep),
        candidates=tuple(candidates),
        withdrawn=tuple(code for code in candidates if code in withdrawn),
        keep=keep,
        ballots_total=total,
        winner=winner,
        winners=winners,
        condorcet_winner=_condorcet_winner(pairwise) if named else None,
        set_aside=tuple(aside),
        ranking=ranking,
        pairwise=pairwise,
        strongest_paths=paths,
        by_lot=drawn,
    )


def _outcome(left: Sequence[str], winners: Sequence[str], winner: str | None, keep: str | None) -> str:
    if not left:
        return "no_candidates"
    if not winners:
        return "no_votes"
    if winner is None:
        return "tie"
    return "kept" if winner == keep else "elected"


def _pairwise(papers: Papers, left: Sequence[str]) -> Table:
    """How many papers rank the one above the other, for every pair."""
    table = {one: dict.fromkeys((other for other in left if other != one), 0) for one in left}
    for paper, number in papers.items():
        for above, below in _compared(paper, left):
            row = table[above]
            for code in below:
                row[code] += number
    return table


def _compared(paper: Paper, left: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each option that a paper names, with those it stands above."""
    below = list(left)
    compared: list[tuple[str, list[str]]] = []
    for rank in paper:
        named = [code for code in rank if code in below]
        below = [code for code in below if code not in named]
        compared += [(code, below) for code in named]
    return compared


def _strongest_paths(pairwise: Mapping[str, Mapping[str, int]], left: Sequence[str]) -> Table:
    """Strength of the strongest path between each two: the widest of the narrowest steps (Floyd and Warshall)."""
    paths = {
        one: {
            other: pairwise[one][other] if pairwise[one][other] > pairwise[other][one] else 0
            for other in left
            if other != one
        }
        for one in left
    }
    for middle in left:
        for one in left:
            for other in left:
                if len({one, middle, other}) == 3:
                    by_way = min(paths[one][middle], paths[middle][other])
                    paths[one][other] = max(paths[one][other], by_way)
    return paths


def _ranking(paths: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, ...], ...]:
    """Groups: those whom nobody beats, then those whom nobody of the rest beats, and so on."""
    rest, groups = list(paths), []
    while rest:
        unbeaten = [
            one
            for one in rest
            if all(paths[one][other] >= paths[other][one] for other in rest if other != one)
        ]
        groups.append(tuple(unbeaten))
        rest = [one for one in rest if one not in unbeaten]
    return tuple(groups)


def _condorcet_winner(pairwise: Mapping[str, Mapping[str, int]]) -> str | None:
    """Who wins every comparison, if anybody does."""
    for one, row in pairwise.items():
        if all(votes > pairwise[other][one] for other, votes in row.items()):
            return one
    return None
