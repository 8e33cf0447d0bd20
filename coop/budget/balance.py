"""A budget with any set of changes applied: line by line, department by department, and what breaks. Pure, exact.

A move is signed and stands on a line. What balances leaves income - expense as it was: what is taken from one line
is given to another, or income is raised and spent. So every set of balanced changes balances, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class Side(StrEnum):
    INCOME = "income"
    EXPENSE = "expense"


@dataclass(frozen=True)
class Line:
    """An account of the budget, its amount never below zero."""

    code: str
    department: str
    side: Side
    amount: Decimal


@dataclass(frozen=True)
class Plan:
    """The lines of a year. `contingency`: code of the line that never falls under `floor`.

    `ceilings`: what a department may spend at most in the draft; above it is told, and not forbidden.
    """

    lines: Mapping[str, Line]
    contingency: str | None = None
    floor: Decimal = NOTHING
    ceilings: Mapping[str, Decimal] = field(default_factory=dict)

    @staticmethod
    def of(
        lines: Iterable[Line],
        *,
        contingency: str | None = None,
        floor: Decimal = NOTHING,
        ceilings: Mapping[str, Decimal] | None = None,
    ) -> Plan:
        return Plan({line.code: line for line in lines}, contingency, floor, ceilings or {})

    def least(self, code: str) -> Decimal:
        """What has to stay on a line."""
        return self.floor if code == self.contingency else NOTHING

    def free(self, code: str) -> Decimal:
        """What can be taken from a line; below nothing when it lies under its floor already."""
        return self.lines[code].amount - self.least(code)

    def total(self, side: Side) -> Decimal:
        return sum((line.amount for line in self.lines.values() if line.side == side), NOTHING)


@dataclass(frozen=True)
class Change:
    """What one amendment moves. `key` names it; `came`: its place among those that were handed in.

    `amends`: the one in whose place these moves stand; `replaces`: those that a common text stands for; `with_proof`:
    income that it raises is shown by a paper.
    """

    key: int
    moves: Mapping[str, Decimal]
    came: int = 0
    amends: int | None = None
    replaces: frozenset[int] = frozenset()
    with_proof: bool = False

    @property
    def distance(self) -> Decimal:
        """How far it goes from the draft: everything that it moves, whichever way (practice C17)."""
        return sum((abs(amount) for amount in self.moves.values()), NOTHING)


class Break(StrEnum):
    UNKNOWN_LINE = "unknown-line"
    BELOW_ZERO = "below-zero"
    BELOW_FLOOR = "below-floor"
    NOT_BALANCED = "not-balanced"
    WITHOUT_PROOF = "without-proof"  # income is raised and nothing shows where it comes from
    OVER_CEILING = "over-ceiling"

    @property
    def forbids(self) -> bool:
        """The last two are told in red and may be voted (practice C16)."""
        return self not in (Break.WITHOUT_PROOF, Break.OVER_CEILING)


@dataclass(frozen=True)
class Broken:
    """`where`: the line or the department, empty for the whole; `amount`: by how much. `by`: who moves there."""

    kind: Break
    where: str
    amount: Decimal
    by: tuple[int, ...] = ()


@dataclass(frozen=True)
class LineResult:
    line: Line
    after: Decimal
    by: tuple[int, ...] = ()

    @property
    def moved(self) -> Decimal:
        return self.after - self.line.amount


@dataclass(frozen=True)
class DepartmentResult:
    code: str
    income_before: Decimal
    income: Decimal
    expense_before: Decimal
    expense: Decimal


@dataclass(frozen=True)
class Applied:
    lines: tuple[LineResult, ...]
    departments: tuple[DepartmentResult, ...]
    income: Decimal
    expense: Decimal
    broken: tuple[Broken, ...]

    @property
    def stands(self) -> bool:
        return not any(one.kind.forbids for one in self.broken)

    @property
    def changed(self) -> list[LineResult]:
        return [one for one in self.lines if one.moved]

    def plan(self, plan: Plan) -> Plan:
        """The budget that comes of it."""
        lines = {
            one.line.code: Line(one.line.code, one.line.department, one.line.side, one.after)
            for one in self.lines
        }
        return Plan(lines, plan.contingency, plan.floor, plan.ceilings)


def missing(plan: Plan, moves: Mapping[str, Decimal]) -> Decimal:
    """By how much the changes of expense go beyond those of income: 0 balances. Lines that are not there count nothing.

    >>> plan = Plan.of([Line("E", "A", Side.EXPENSE, Decimal(9)), Line("I", "A", Side.INCOME, Decimal(9))])
    >>> missing(plan, {"E": Decimal(5), "I": Decimal(2)})
    Decimal('3')
    """
    found = NOTHING
    for code, amount in moves.items():
        if code in plan.lines:
            found += amount if plan.lines[code].side == Side.EXPENSE else -amount
    return found


def standing(changes: Iterable[Change]) -> list[Change]:
    """What of a set moves money: moves of an amended one are those of its amendment; a replaced one moves nothing.

    An amendment of one that is not in the set moves nothing: there is nothing that it changes.
    """
    asked = sorted(changes, key=lambda one: one.key)
    replaced = {key for one in asked for key in one.replaces}
    subs = {one.amends: one for one in reversed(asked) if one.amends is not None}
    found = []
    for one in asked:
        if one.key in replaced or one.amends is not None:
            continue
        sub = subs.get(one.key)
        found.append(one if sub is None else as_amended(one, sub))
    return found


def as_amended(change: Change, sub: Change) -> Change:
    """A change with the moves of its amendment in place of its own."""
    return Change(
        change.key, sub.moves, change.came, None, change.replaces, change.with_proof or sub.with_proof
    )


def applied(plan: Plan, changes: Iterable[Change]) -> Applied:
    """The budget with a set of changes. Whatever breaks is told; nothing is left out for that."""
    moved: dict[str, Decimal] = {}
    by: dict[str, list[int]] = {}
    unproven: dict[str, list[int]] = {}
    broken: list[Broken] = []
    together = NOTHING
    taken = standing(changes)
    for one in taken:
        short = missing(plan, one.moves)
        together += short
        if short:
            broken.append(Broken(Break.NOT_BALANCED, "", short, (one.key,)))
        for code, amount in one.moves.items():
            line = plan.lines.get(code)
            if line is None:
                broken.append(Broken(Break.UNKNOWN_LINE, code, amount, (one.key,)))
                continue
            moved[code] = moved.get(code, NOTHING) + amount
            by.setdefault(code, []).append(one.key)
            if line.side == Side.INCOME and amount > 0 and not one.with_proof:
                unproven.setdefault(code, []).append(one.key)
    results = tuple(
        LineResult(line, line.amount + moved.get(code, NOTHING), tuple(by.get(code, ())))
        for code, line in plan.lines.items()
    )
    broken += _broken_lines(plan, results)
    broken += [Broken(Break.WITHOUT_PROOF, code, moved[code], tuple(keys)) for code, keys in unproven.items()]
    departments = _departments(results)
    broken += [
        Broken(Break.OVER_CEILING, one.code, one.expense - plan.ceilings[one.code])
        for one in departments
        if one.code in plan.ceilings and one.expense > plan.ceilings[one.code]
    ]
    income, expense = (sum((one.after for one in results if one.line.side == side), NOTHING) for side in Side)
    if expense - income != together:  # the draft itself does not balance
        broken.append(Broken(Break.NOT_BALANCED, "", expense - income - together))
    return Applied(results, departments, income, expense, tuple(broken))


def _broken_lines(plan: Plan, results: Sequence[LineResult]) -> Iterable[Broken]:
    for one in results:
        code = one.line.code
        if one.after < 0:
            yield Broken(Break.BELOW_ZERO, code, -one.after, one.by)
        elif one.after < plan.least(code):
            yield Broken(Break.BELOW_FLOOR, code, plan.least(code) - one.after, one.by)


def _departments(results: Sequence[LineResult]) -> tuple[DepartmentResult, ...]:
    found: dict[str, list[Decimal]] = {}
    for one in results:
        sums = found.setdefault(one.line.department, [NOTHING] * 4)
        place = 0 if one.line.side == Side.INCOME else 2
        sums[place] += one.line.amount
        sums[place + 1] += one.after
    return tuple(DepartmentResult(code, *sums) for code, sums in sorted(found.items()))
