"""What stands in the way of drawing up a budget, publishing it, and settling it (C16)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from coop.charter.models import Bylaws, Cooperative
from coop.letters import one_line
from coop.members.folding import fold
from coop.members.models import Department, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..balance import Applied, Side, applied
from ..models import Amendment, PartOf, Year
from ..money import plain, read
from ..reading import MOST_LINES, Written
from ..tables import Table, plan_of

State = Year.State
MOST_YEARS_AHEAD = 2


def obstacles_to_keeping(cooperative: Cooperative, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever keeps the budget of this co-operative."""
    found = obstacles_without(Power.KEEP_BUDGET, by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return found


def obstacles_to_beginning(
    cooperative: Cooperative, year: int, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """One budget a year; of this year, the next or the one after."""
    found = obstacles_to_keeping(cooperative, by=by, at=at)
    this = cooperative.day_of(at).year
    if not this <= year <= this + MOST_YEARS_AHEAD:
        found.append(Reason("budget-year-too-far", {"first": this, "until": this + MOST_YEARS_AHEAD}))
    there = Year.objects.filter(cooperative=cooperative, year=year)
    if there.exists():
        found.append(Reason("budget-there-already", {"year": year}))
    return found


def obstacles_to_drawing_up(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Lines and ceilings change while the budget is a draft."""
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.DRAFT:
        found.append(Reason("budget-not-a-draft", {"label": year.label}))
    return found


def obstacles_in_lines(cooperative: Cooperative, lines: Sequence[Written]) -> list[Reason]:
    """Lines that a budget can hold: each once, in a department that is there, with an amount that can be kept."""
    if len(lines) > MOST_LINES:
        return [Reason("budget-too-many-lines", {"most": MOST_LINES})]
    known = set(Department.objects.filter(cooperative=cooperative).values_list("code", flat=True))
    found: list[Reason] = []
    same: dict[str, list[str]] = {}  # as a spreadsheet is read, where small and large letters are the same
    for line in lines:
        same.setdefault(fold(one_line(line.code)), []).append(line.code)
    found += [Reason("budget-line-twice", {"code": codes[0]}) for codes in same.values() if len(codes) > 1]
    for line in lines:
        if not one_line(line.code) or not one_line(line.title):
            found.append(Reason("budget-line-without-head", {"code": line.code}))
        if len(line.code) > 20 or len(line.title) > 160 or len(line.basis) > 300:
            found.append(Reason("budget-line-too-long", {"code": line.code}))
        if line.department not in known:
            found.append(Reason("budget-department-unknown", {"department": line.department}))
        if line.side not in list(Side):
            found.append(Reason("budget-side-unknown", {"code": line.code}))
        found += obstacles_in_amounts(cooperative, [line.last, line.current, line.proposed])
    reserves = [line for line in lines if line.is_contingency]
    if len(reserves) > 1:
        found.append(Reason("budget-contingency-once"))
    if any(line.side != Side.EXPENSE for line in reserves):
        found.append(Reason("budget-contingency-is-expense"))
    return found


def obstacles_in_amounts(
    cooperative: Cooperative, amounts: Sequence[Decimal | None], *, signed: bool = False
) -> list[Reason]:
    """Money of this co-operative: finite, with no more decimals than it has, not below zero unless it may."""
    read_again = [
        read(amount, decimals=cooperative.currency_decimals, signed=signed)
        for amount in amounts
        if amount is not None
    ]
    return [found for found in read_again if isinstance(found, Reason)]


def obstacles_to_a_ceiling(
    year: Year, department: Department, amount: Decimal, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_to_drawing_up(year, by=by, at=at)
    if department.cooperative_id != year.cooperative_id:
        found.append(Reason("budget-department-unknown", {"department": department.code}))
    return found + obstacles_in_amounts(year.cooperative, [amount])


# --- The round ------------------------------------------------------------------------------------------------------


def obstacles_in_days(
    year: Year,
    *,
    amendments_until: datetime.date,
    conciliation_until: datetime.date,
    vote_on: datetime.date,
    day: datetime.date,
    bylaws: Bylaws,
) -> list[Reason]:
    """Departments have the weeks of the bylaws, conciliation its days; and the vote is not in a far year."""
    found = []
    weeks = datetime.timedelta(weeks=bylaws.budget_discussion_weeks)
    if amendments_until < day + weeks:
        found.append(Reason("budget-discussion-too-short", {"weeks": bylaws.budget_discussion_weeks}))
    if conciliation_until < amendments_until + datetime.timedelta(bylaws.budget_conciliation_days):
        found.append(Reason("budget-conciliation-too-short", {"days": bylaws.budget_conciliation_days}))
    if vote_on <= conciliation_until:
        found.append(Reason("budget-vote-too-early"))
    if vote_on.year > year.year:
        found.append(Reason("budget-vote-too-late", {"year": year.year}))
    return found


def obstacles_to_publishing(year: Year, *, by: Member, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """With lines, in balance, with its contingency over the floor."""
    found = obstacles_to_drawing_up(year, by=by, at=at)
    plan = plan_of(year)
    if not plan.lines:
        return [*found, Reason("budget-without-lines")]
    income, expense = plan.total(Side.INCOME), plan.total(Side.EXPENSE)
    if bylaws.budget_must_balance and income != expense:
        found.append(Reason("budget-not-balanced", {"income": plain(income), "expense": plain(expense)}))
    floor = bylaws.contingency_floor
    reserve = plan.lines.get(plan.contingency or "")
    if floor and reserve is None:
        found.append(Reason("budget-without-contingency", {"floor": plain(floor)}))
    if reserve is not None and reserve.amount < floor:
        found.append(
            Reason("budget-under-the-floor", {"floor": plain(floor), "short": plain(floor - reserve.amount)})
        )
    return found


def obstacles_to_closing_amendments(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """When the last day for them is over."""
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.OPEN:
        return [*found, Reason("budget-not-open", {"label": year.label})]
    assert year.amendments_until is not None
    if year.cooperative.day_of(at) <= year.amendments_until:
        found.append(Reason("budget-still-open", {"day": year.amendments_until.isoformat()}))
    return found


def obstacles_to_putting(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """After the days of conciliation: nobody is asked to agree any more."""
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.CONCILIATION:
        return [*found, Reason("budget-not-in-conciliation", {"label": year.label})]
    assert year.conciliation_until is not None
    if year.cooperative.day_of(at) <= year.conciliation_until:
        found.append(Reason("budget-still-in-conciliation", {"day": year.conciliation_until.isoformat()}))
    return found


def obstacles_to_settling(year: Year, *, decision: str) -> list[Reason]:
    found = [] if decision.strip() else [Reason("budget-without-decision")]
    if year.state != State.PUT:
        found.append(Reason("budget-not-put", {"label": year.label}))
    return found


def obstacles_to_adopting(year: Year, table: Table, *, decision: str) -> list[Reason]:
    """Every amendment is settled, and what comes of those that were carried balances."""
    found = obstacles_to_settling(year, decision=decision)
    if table.waiting:
        found.append(Reason("budget-amendments-wait", {"number": len(table.waiting)}))
    return found + obstacles_in_result(applied(table.plan, table.carried))


def obstacles_in_result(result: Applied) -> list[Reason]:
    return [
        Reason("budget-breaks", {"line": one.where or "=", "amount": plain(abs(one.amount))})
        for one in result.broken
        if one.kind.forbids
    ]


def obstacles_to_starting(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.ADOPTED:
        return [*found, Reason("budget-not-adopted", {"label": year.label})]
    if year.cooperative.day_of(at).year < year.year:
        found.append(Reason("budget-year-not-begun", {"year": year.year}))
    return found


def obstacles_to_closing(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.RUNNING:
        return [*found, Reason("budget-not-running", {"label": year.label})]
    if year.cooperative.day_of(at).year <= year.year:
        found.append(Reason("budget-year-not-over", {"year": year.year}))
    return found


def obstacles_to_the_next_text(year: Year, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != State.REJECTED:
        found.append(Reason("budget-not-rejected", {"label": year.label}))
    elif Year.objects.filter(follows=year).exists():
        found.append(Reason("budget-there-already", {"year": year.year}))
    return found


def unagreed(common: Amendment) -> list[PartOf]:
    """The parts of a common text whose mover has not agreed."""
    return [part for part in common.parts.select_related("part") if part.agreed_at is None]
