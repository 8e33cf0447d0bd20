"""One mark each, most votes first: one seat (with a majority and a second round, if asked) or several (some
reserved).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from .by_votes import Border, equals, first_of, in_order
from .lots import Lot
from .motion import HALF, needed


@dataclass(frozen=True)
class Plurality:
    """The result.

    `outcome`: "elected"; "second_round" (nobody has the majority; `second_round` go on); "tie" (on the
    border, and no lot: `elected` are those whom it leaves untouched); "no_votes" (nobody has one);
    "no_candidates". `reserved_to`: who of the elected holds a seat of which group. `empty_reserved`: reserved
    seats that nobody of the group can take; they stay empty. `alternates` come after the elected, in order of
    votes; `equal_alternates` are those whose order needs a lot when it comes to it.
    """

    outcome: str
    seats: int
    votes: Mapping[str, int]
    elected: tuple[str, ...] = ()
    second_round: tuple[str, ...] = ()
    base_count: int | None = None
    needed: int | None = None
    reserved_to: Mapping[str, str] = field(default_factory=dict)
    empty_reserved: Mapping[str, int] = field(default_factory=dict)
    alternates: tuple[str, ...] = ()
    equal_alternates: tuple[tuple[str, ...], ...] = ()
    ties: tuple[Border, ...] = ()

    def as_facts(self) -> dict[str, Any]:
        return {
            "method": "plurality",
            "outcome": self.outcome,
            "seats": self.seats,
            "candidates": list(self.votes),
            "totals": dict(self.votes),
            "elected": list(self.elected),
            "second_round": list(self.second_round),
            "base_count": self.base_count,
            "needed": self.needed,
            "reserved_to": dict(self.reserved_to),
            "empty_reserved": dict(self.empty_reserved),
            "empty_seats": self.seats - len(self.elected),
            "alternates": list(self.alternates),
            "equal_alternates": [list(group) for group in self.equal_alternates],
            "ties": [tie.as_facts() for tie in self.ties],
        }


def count_plurality(
    votes: Mapping[str, int],
    *,
    seats: int = 1,
    majority: Fraction | None = None,
    base_count: int | None = None,
    reserved: Mapping[str, int] | None = None,
    groups: Mapping[str, str] | None = None,
    lot: Lot | None = None,
) -> Plurality:
    """Gives the seats to whoever has most votes. `votes` are those who stand: strike who withdrew before.

    With a majority ("1/2" is more than half, others at least that share) of `base_count` (left out: of the
    votes given) one seat may need a second round between the two who lead; as many as are tied for first, or
    for second place, go on.

    >>> count_plurality({"ana": 40, "ben": 25, "cira": 25, "dora": 10}, majority=HALF).second_round
    ('ana', 'ben', 'cira')
    >>> count_plurality({"ana": 51, "ben": 49}, majority=HALF).elected
    ('ana',)

    Reserved seats first go to the best of each group, the others then to the best of all who are left. Nobody
    of the forge stands, so its seat stays empty:

    >>> votes, crews = {"ana": 9, "ben": 8, "cira": 7, "dora": 3}, {"cira": "office", "dora": "office"}
    >>> result = count_plurality(votes, seats=4, reserved={"office": 1, "forge": 1}, groups=crews)
    >>> result.elected, result.reserved_to, result.empty_reserved, result.alternates
    (('ana', 'ben', 'cira'), {'cira': 'office'}, {'forge': 1}, ('dora',))

    Nobody without a vote is elected, so seats can stay empty. One candidate is elected with one vote, or with
    the majority if there is one; to ask yes or no, count a motion.

    Raises ValueError on fewer seats than one, votes below zero, more votes than the base, more reserved seats
    than seats, and a majority over several seats.
    """
    reserved, groups = reserved or {}, groups or {}
    cast = sum(votes.values())
    base = cast if base_count is None else base_count
    _refuse(seats, majority, reserved, cast, base)
    order = in_order(votes)
    empty = {group: number for group, number in reserved.items() if number}
    nobody = Plurality("no_votes" if votes else "no_candidates", seats, dict(votes), empty_reserved=empty)
    if not order:
        return nobody
    if majority is None:
        return _seated(nobody, order, reserved, groups, lot)
    enough = max(needed(majority, base), 1)
    asked = replace(nobody, base_count=base, needed=enough)
    if votes[order[0]] < enough or (
        len(order) > 1 and votes[order[1]] >= enough
    ):  # half each of a base of two thirds
        return replace(asked, outcome="second_round", second_round=_leading(votes, order))
    return _with_alternates(replace(asked, outcome="elected", elected=(order[0],)), order[1:])


def _refuse(seats: int, majority: Fraction | None, reserved: Mapping[str, int], cast: int, base: int) -> None:
    if seats < 1:
        raise ValueError("fewer seats than one")
    if base < cast:
        raise ValueError("more votes than the base of the majority")
    if min(reserved.values(), default=0) < 0 or sum(reserved.values()) > seats:
        raise ValueError("more seats are reserved than there are")
    if majority is not None:
        if not HALF <= majority <= 1:
            raise ValueError("a majority is from one half to the whole")
        if seats > 1 or reserved:
            raise ValueError("a majority is asked for one open seat only")


def _leading(votes: Mapping[str, int], order: Sequence[str]) -> tuple[str, ...]:
    """The two who lead; all who are tied for the first place, or for the second."""
    first, *others = equals(votes, order)
    return tuple(first if len(first) > 1 or not others else [*first, *others[0]])


def _with_alternates(result: Plurality, order: Sequence[str]) -> Plurality:
    several = [tuple(alike) for alike in equals(result.votes, order) if len(alike) > 1]
    return replace(result, alternates=tuple(order), equal_alternates=tuple(several))


def _seated(
    nobody: Plurality,
    order: Sequence[str],
    reserved: Mapping[str, int],
    groups: Mapping[str, str],
    lot: Lot | None,
) -> Plurality:
    """Reserved seats first, then the open ones among all who are left over."""
    votes = nobody.votes
    holders: dict[str, str] = {}
    empty: dict[str, int] = {}
    ties: list[Border] = []
    for group, number in reserved.items():
        own = [code for code in order if groups.get(code) == group]
        inside, border = first_of(votes, own, number, about="reserved_seat", lot=lot, group=group)
        if border:
            ties.append(border)
            inside += (
                border.tied[: border.seats] if lot is None else ()
            )  # for the moment, to see who is left over
        holders |= dict.fromkeys(inside, group)
        if len(inside) < number:
            empty[group] = number - len(inside)
    pool = [code for code in order if code not in holders]
    inside, border = first_of(votes, pool, nobody.seats - sum(reserved.values()), about="seat", lot=lot)
    seated = {*holders, *inside}
    if lot is None:  # where all the tied have a seat, reserved or open, nothing hangs on it
        ties = [tie for tie in ties if not seated.issuperset(tie.tied)]
    ties += [border] if border else []
    undecided = bool(ties) and lot is None
    if undecided:
        seated -= {code for tie in ties for code in tie.tied}
    result = replace(
        nobody,
        outcome="tie" if undecided else "elected",
        elected=tuple(code for code in order if code in seated),
        reserved_to={code: group for code, group in holders.items() if code in seated},
        empty_reserved=empty,
        ties=tuple(ties),
    )
    return result if undecided else _with_alternates(result, [code for code in order if code not in seated])
