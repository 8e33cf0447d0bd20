"""The budget with some changes, as it is read: only the lines that move, what each department then has, what breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from coop.budget.balance import Applied, Break, Change, Side, applied

from .told import Round, signed, told_broken
from .words import told


@dataclass(frozen=True)
class Moved:
    """A line that moves. `by`: who moves it; `wrong`: it falls under what has to stay."""

    title: str
    code: str
    side: str
    before: str
    change: str
    after: str
    by: str
    wrong: bool


@dataclass(frozen=True)
class Block:
    """A department. `rest`: its lines that stay as they are."""

    name: str
    rows: list[Moved]
    rest: list[str]
    sums: list[str]
    ceiling: str
    over: bool


@dataclass(frozen=True)
class Effect:
    blocks: list[Block]
    income: str
    expense: str
    contingency: str
    broken: list[tuple[str, bool]]  # the sentence, and whether it forbids
    stands: bool
    untouched: int

    @property
    def forbidden(self) -> list[str]:
        return [words for words, forbids in self.broken if forbids]

    @property
    def to_know(self) -> list[str]:
        return [words for words, forbids in self.broken if not forbids]


def effect(found: Applied, round_: Round, *, folded: bool = False) -> Effect:
    """`folded`: departments in which nothing moves stand there too, with their lines folded."""
    wrong = {one.where for one in found.broken if one.kind.forbids}
    over = {one.where for one in found.broken if not one.kind.forbids}
    of_department: dict[str, tuple[list[Moved], list[str]]] = {}
    for one in found.lines:
        rows, rest = of_department.setdefault(one.line.department, ([], []))
        line = round_.lines[one.line.code]
        if not one.moved:
            rest.append(f"{line.title} ({line.code}): {told(one.after)}")
            continue
        rows.append(
            Moved(
                line.title,
                line.code,
                str(line.get_side_display()),
                told(one.line.amount),
                signed(one.moved),
                told(one.after),
                ", ".join(round_.amendments[key].short for key in one.by if key in round_.amendments),
                line.code in wrong,
            )
        )
    blocks = []
    for sums in found.departments:
        rows, rest = of_department[sums.code]
        if not rows and not folded:
            continue
        both = (
            (
                _("Comes in: %(now)s, in the draft %(before)s."),
                _("Comes in: %(now)s."),
                sums.income_before,
                sums.income,
            ),
            (
                _("Goes out: %(now)s, in the draft %(before)s."),
                _("Goes out: %(now)s."),
                sums.expense_before,
                sums.expense,
            ),
        )
        ceiling = round_.table.plan.ceilings.get(sums.code)
        blocks.append(
            Block(
                round_.department(sums.code),
                rows,
                rest,
                [told_sum(*one) for one in both if any(one[2:])],
                told(ceiling) if ceiling is not None else "",
                sums.code in over,
            )
        )
    return Effect(
        blocks,
        told(found.income),
        told(found.expense),
        contingency_of(found, round_),
        [(told_broken(one, round_), one.kind.forbids) for one in found.broken],
        found.stands,
        len(found.lines) - len(found.changed),
    )


def told_sum(changed: str, same: str, before: Decimal, now: Decimal) -> str:
    return (same if before == now else changed) % {"now": told(now), "before": told(before)}


def contingency_of(found: Applied, round_: Round) -> str:
    """What is left for what nobody foresaw, against what has to stay there."""
    plan, code = round_.table.plan, round_.contingency
    if not code:
        return ""
    left = next(one.after for one in found.lines if one.line.code == code)
    facts = {"left": told(left), "floor": told(plan.floor), "above": told(abs(left - plan.floor))}
    if left < plan.floor:
        words = _("For what nobody foresaw %(left)s are left: %(above)s under the floor of %(floor)s.")
    else:
        words = _("For what nobody foresaw %(left)s are left: %(above)s above the floor of %(floor)s.")
    return words % facts


@dataclass(frozen=True)
class Balance:
    """What somebody writes, weighed: taken from lines, given to lines, and what is missing to zero."""

    takes: str
    gives: str
    missing: str
    effect: Effect
    is_even: bool

    @property
    def can_be_put(self) -> bool:
        return self.is_even and self.effect.stands


def balance(round_: Round, moves: Mapping[str, Decimal], *, with_proof: bool) -> Balance | None:
    """Of moves on lines that are there; None while there is none."""
    if not moves:
        return None
    change = Change(0, moves, with_proof=with_proof)
    found = applied(round_.table.plan, [change])
    besides = tuple(one for one in found.broken if one.kind != Break.NOT_BALANCED)  # told by `missing`
    found = replace(found, broken=besides)
    money = [
        amount if round_.table.plan.lines[code].side == Side.EXPENSE else -amount
        for code, amount in moves.items()
    ]
    gives = sum((one for one in money if one > 0), Decimal(0))
    takes = -sum((one for one in money if one < 0), Decimal(0))
    if gives == takes:
        words = _("It balances: what it gives is what it takes.")
    elif gives > takes:
        words = _("%(amount)s are missing: say where they come from.") % {"amount": told(gives - takes)}
    else:
        words = _("%(amount)s are left over: say where they go.") % {"amount": told(takes - gives)}
    return Balance(told(takes), told(gives), words, effect(found, round_), gives == takes)
