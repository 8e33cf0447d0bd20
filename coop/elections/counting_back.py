"""Who comes next when somebody who was elected has left: the papers of the election are counted again. Pure.

For one seat, by the same way of counting, as if nobody had stood but those who may still have it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from coop.ballots.acta.gathering import Gathered
from coop.ballots.acta.outcomes import Terms, outcome_of
from coop.ballots.counting import LotNeeded, read

ANOTHER_ROUND = 2  # most votes decide: no majority is asked of a count that fills the rest of a term


def counted_back(terms: Terms, gather: Callable[[Terms], Gathered], out: Collection[str]) -> tuple[str, ...]:
    """The code of who comes next; several where they tie, none where nobody is left whom anybody marked.

    `gather` brings the papers together for the terms it is given: a ranked paper on which only others stand is blank
    then. `out`: who left, and who cannot have the seat.

    >>> given = Gathered(additive=True)
    >>> given.add_papers("paper", {"ana": 5, "ben": 3, "cira": 2, "dee": 2})
    >>> terms = Terms("plurality", ("ana", "ben", "cira", "dee"), seats=2, marks=2, persons=True)
    >>> counted_back(terms, lambda narrowed: given, {"ana"})
    ('ben',)
    >>> counted_back(terms, lambda narrowed: given, {"ana", "ben"})
    ('cira', 'dee')
    >>> counted_back(terms, lambda narrowed: given, {"ana", "ben", "cira", "dee"})
    ()
    """
    gone = frozenset(out) & set(terms.options)
    narrowed = replace(
        terms,
        seats=1,
        reserved={},
        withdrawn=terms.withdrawn | gone,
        tie_rule="runoff",
        round=ANOTHER_ROUND,
        persons=True,
    )
    given = gather(narrowed)
    marked = _marked(given)
    unmarked = {code for code in narrowed.standing if code not in marked}
    narrowed = replace(narrowed, withdrawn=narrowed.withdrawn | unmarked)
    if not narrowed.standing or not given.valid:
        return ()
    try:
        counted = outcome_of(narrowed, given)
    except LotNeeded as tie:
        return tuple(tie.tied)
    result = counted.result
    if counted.outcome == "elected":
        winner = result.get("winner")
        return tuple(result.get("elected") or ([winner] if winner else []))[:1]
    tied = [code for tie in result.get("ties", ()) if not tie.get("resolved_by") for code in tie["tied"]]
    return tuple(tied or result.get("winners", ()))


def _marked(given: Gathered) -> set[str]:
    """Who stands on some paper."""
    if given.additive:
        return {code for code, votes in given.totals.items() if votes}
    return {code for text, number in given.papers.items() if number for rank in read(text) for code in rank}
