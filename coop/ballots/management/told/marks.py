"""Marked papers from a .csv file: most votes first."""

from __future__ import annotations

from pathlib import Path

from coop.ballots.ballot_files import read_marks
from coop.ballots.counting import Approval, Plurality, count_approval, count_plurality

from .wish import Told, Wish, most_first, seats_for


def told_plurality(file: Path, wish: Wish) -> Told:
    marked = read_marks(file)
    seats = seats_for(wish, 1, len(marked.options))
    votes, spoiled = marked.votes(most=seats)
    result = count_plurality(votes, seats=seats, lot=wish.lot)
    return _by_votes(result, marked.ballots) | {"spoiled": spoiled}


def told_approval(file: Path, wish: Wish) -> Told:
    marked = read_marks(file)
    seats = seats_for(wish, 1, len(marked.options))
    votes, _none = marked.votes()
    return _by_votes(count_approval(votes, seats=seats, lot=wish.lot), marked.ballots)


def _by_votes(result: Plurality | Approval, ballots: int) -> Told:
    facts = result.as_facts()
    ranking = most_first(facts["totals"])
    told = {"seats": facts["seats"], "candidates": ranking, "ballots_total": ballots}
    told |= {"totals": {code: facts["totals"][code] for code in ranking}, "ranking_by_votes": ranking}
    told |= {
        "elected": sorted(facts["elected"]),
        "outcome": facts["outcome"],
        "empty_seats": facts["empty_seats"],
    }
    return told | ({"ties": facts["ties"]} if facts["ties"] else {})
