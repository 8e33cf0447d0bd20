"""From what a question was given to its outcome: which way of counting, under which rules. Computes only.

The action that counts and the recount of a published bundle both come here, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..counting import (
    Base,
    Lot,
    LotNeeded,
    Papers,
    count_approval,
    count_greedy,
    count_motion,
    count_plurality,
    count_runoff,
    count_schulze,
    count_shares,
    count_stv,
    drawn_lot,
    read,
)
from ..counting.motion import Outcome
from .gathering import FOLLOWED, Gathered

ADDITIVE = frozenset({"motion", "plurality", "approval", "greedy"})
KEEP = "keep"
STEPS_OF_A_SHARE = (
    1_000  # equal shares are raised by this part of a share, at least one unit: so the raises are bounded
)


@dataclass(frozen=True)
class Terms:
    """What was asked and the rules copied onto the ballot.

    `options`: the codes that can be chosen, in the order of the paper, without blank; `lot`: the seed of the lot that
    was drawn; `chair`: what the chair decided at a tie ("for", "against"), where the rules leave it to the chair.
    """

    method: str
    options: tuple[str, ...]
    seats: int = 1
    marks: int | None = None
    persons: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
    reserved: Mapping[str, int] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    costs: Mapping[str, Decimal] = field(default_factory=dict)
    money: Decimal | None = None
    threshold: int = 0
    majority: str = "1/2"
    base: str = "for_against"
    tie_rule: str = "not_carried"
    round: int = 1
    present: int = 0
    register: int = 0
    lot: str = ""
    chair: str = ""

    @property
    def additive(self) -> bool:
        return self.method in ADDITIVE

    @property
    def standing(self) -> tuple[str, ...]:
        return tuple(code for code in self.options if code not in self.withdrawn)

    @property
    def followed(self) -> frozenset[str] | None:
        """Who stands, where a paper is followed name by name: what `gathered` needs to tell blank and spoiled ones."""
        return frozenset(self.standing) if self.method in FOLLOWED else None

    @property
    def asks_majority(self) -> bool:
        """One post and one mark, in the first round; in a second round most votes decide."""
        one = self.seats == 1 and self.marks in (None, 1)
        return self.method == "plurality" and one and not self.reserved and self.round == 1


@dataclass(frozen=True)
class Counted:
    """The outcome as a tally names it, the figures of the majority where one was asked, and what the count tells."""

    outcome: str
    result: Mapping[str, Any]
    base_count: int | None = None
    needed: int | None = None


def outcome_of(terms: Terms, given: Gathered) -> Counted:
    """Counts one question.

    Raises LotNeeded where a tie waits for a lot, TieForChair where it waits for the chair; ValueError on figures that
    cannot be.

    >>> terms = Terms("motion", ("for", "against", "abstain"), present=9, register=12, majority="2/3", base="present")
    >>> given = Gathered(additive=True)
    >>> given.add_papers("phone", {"for": 6, "against": 2})
    >>> counted = outcome_of(terms, given)
    >>> counted.outcome, counted.needed, counted.base_count
    ('carried', 6, 9)
    """
    counted = _WAYS[terms.method](terms, given)
    if counted.result.get("ballots_valid", given.valid) != given.valid or given.valid < 0:
        raise ValueError("valid, blank and spoiled papers are not all the papers")
    return counted


class TieForChair(Exception):  # the count goes on once the chair has decided
    """As many for as against, and the rules leave it to the chair, who has not said anything yet."""


# --- Methods whose papers are added up -------------------------------------------------------------------------------


def _motion(terms: Terms, given: Gathered) -> Counted:
    votes = {code: given.totals.get(code, 0) for code in ("for", "against", "abstain")}
    found = count_motion(
        votes_for=votes["for"],
        against=votes["against"],
        abstain=votes["abstain"],
        present=terms.present,
        register=terms.register,
        majority=Fraction(terms.majority),
        base=Base(terms.base),
    )
    result: dict[str, Any] = {"method": "yes_no_abstain", "outcome": found.outcome.value, "totals": votes}
    outcome = found.outcome.value
    if found.outcome is Outcome.TIE and terms.tie_rule in ("lot", "chair_decides"):
        chosen = _settled_motion(terms)
        outcome = (Outcome.CARRIED if chosen == "for" else Outcome.NOT_CARRIED).value
        by = "lot" if terms.tie_rule == "lot" else "chair"
        result["ties"] = [{"for": "motion", "tied": ["for", "against"], "resolved_by": by, "chosen": chosen}]
    return Counted(outcome, result, found.base_count, found.needed)


def _settled_motion(terms: Terms) -> str:
    if terms.tie_rule == "chair_decides":
        if terms.chair not in ("for", "against"):
            raise TieForChair
        return terms.chair
    if not terms.lot:
        raise LotNeeded(("for", "against"), "winner")
    return drawn_lot(terms.lot)(("for", "against"))[0]


def _plurality(terms: Terms, given: Gathered) -> Counted:
    votes = {code: given.totals.get(code, 0) for code in terms.standing}
    asked: dict[str, Any] = {}
    if terms.asks_majority:
        asked = {"majority": Fraction(terms.majority), "base_count": _base_of(terms, given, votes)}
    found = count_plurality(
        votes,
        seats=terms.seats,
        reserved=terms.reserved,
        groups=terms.groups,
        lot=_lot_if_it_settles(terms),
        **asked,
    )
    tied = [code for tie in found.ties for code in tie.tied]
    return Counted(_seated(found.outcome, terms, tied), found.as_facts(), found.base_count, found.needed)


def _base_of(terms: Terms, given: Gathered, votes: Mapping[str, int]) -> int:
    """What the majority of a single post is a share of. A blank paper is a vote cast, a spoiled one is not."""
    return {
        Base.FOR_AGAINST: sum(votes.values()),
        Base.VALID: given.all_cast - given.spoiled,
        Base.PRESENT: terms.present,
        Base.REGISTER: terms.register,
    }[Base(terms.base)]


def _approval(terms: Terms, given: Gathered) -> Counted:
    votes = {code: given.totals.get(code, 0) for code in terms.standing}
    found = count_approval(votes, seats=terms.seats, lot=_lot_if_it_settles(terms))
    tied = [code for tie in found.ties for code in tie.tied]
    return Counted(_seated(found.outcome, terms, tied), found.as_facts())


def _lot_if_it_settles(terms: Terms) -> Lot | None:
    """The lot, where the rules let one settle a tie for a seat. Raises nothing: the tie is told by the count."""
    return drawn_lot(terms.lot) if terms.lot and terms.tie_rule == "lot" else None


def _seated(outcome: str, terms: Terms, tied: Sequence[str]) -> str:
    """A tie for a seat waits for a lot, or for another round among the tied, as the rules have it."""
    if outcome == "tie" and terms.tie_rule == "lot":
        raise LotNeeded(tied, "seat")
    if outcome == "tie":
        return "second_round" if terms.tie_rule == "runoff" else "tie"
    if outcome == "elected":
        return "elected" if terms.persons else "chosen"
    return "second_round" if outcome == "second_round" else "nobody"


def _greedy(terms: Terms, given: Gathered) -> Counted:
    found = count_greedy(
        {code: given.totals.get(code, 0) for code in terms.standing},
        costs={code: terms.costs[code] for code in terms.standing},
        envelope=terms.money or Decimal(0),
        threshold=terms.threshold,
        lot=_any_lot(terms),
    )
    return Counted("chosen" if found.selected else "nobody", found.as_facts())


# --- Methods that want whole papers ----------------------------------------------------------------------------------


def _papers(given: Gathered) -> Papers:
    merged: dict[Any, int] = {}
    for text, number in given.papers.items():
        paper = read(text)
        merged[paper] = merged.get(paper, 0) + number
    return merged


def _any_lot(terms: Terms) -> Lot | None:
    """These counts cannot go on without a lot, whatever the rules say about ties for a seat."""
    return drawn_lot(terms.lot) if terms.lot else None


def _stv(terms: Terms, given: Gathered) -> Counted:
    found = count_stv(
        _papers(given),
        candidates=terms.options,
        seats=terms.seats,
        withdrawn=terms.withdrawn,
        lot=_any_lot(terms),
    )
    return Counted(_ranked(found.outcome, terms), found.as_facts())


def _runoff(terms: Terms, given: Gathered) -> Counted:
    found = count_runoff(
        _papers(given), candidates=terms.options, withdrawn=terms.withdrawn, lot=_any_lot(terms)
    )
    return Counted(_ranked(found.outcome, terms), found.as_facts())


def _ranked(outcome: str, terms: Terms) -> str:
    if outcome != "elected":
        return "nobody"
    return "elected" if terms.persons else "chosen"


def _schulze(terms: Terms, given: Gathered) -> Counted:
    found = count_schulze(
        _papers(given),
        candidates=terms.options,
        withdrawn=terms.withdrawn,
        lot=_lot_if_it_settles(terms),
        keep=KEEP if KEEP in terms.standing else None,
    )
    outcome = "elected" if found.outcome == "kept" else found.outcome
    return Counted(_seated(outcome, terms, found.winners), _with_valid(found.as_facts(), given))


def _shares(terms: Terms, given: Gathered) -> Counted:
    papers: dict[Any, int] = {}
    for paper, number in _papers(given).items():
        left = tuple(tuple(code for code in rank if code not in terms.withdrawn) for rank in paper)
        left = tuple(rank for rank in left if rank)
        papers[left] = papers.get(left, 0) + number
    money = terms.money or Decimal(0)
    found = count_shares(
        papers,
        costs={code: terms.costs[code] for code in terms.standing},
        envelope=money,
        step=max(1, int(money) // (STEPS_OF_A_SHARE * max(sum(papers.values()), 1))),
        lot=_any_lot(terms),
    )
    return Counted("chosen" if found.selected else "nobody", _with_valid(found.as_facts(), given))


def _with_valid(facts: Mapping[str, Any], given: Gathered) -> dict[str, Any]:
    """These count blank papers among all; the valid ones are told so that a recount can add up without the papers."""
    return {**facts, "ballots_valid": given.valid}


_WAYS = {
    "motion": _motion,
    "plurality": _plurality,
    "approval": _approval,
    "greedy": _greedy,
    "runoff": _runoff,
    "schulze": _schulze,
    "stv": _stv,
    "shares": _shares,
}
