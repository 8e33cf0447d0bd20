"""What stands in the way of moving money in an adopted budget, and of entering what a month cost (C16)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from coop.letters import one_line
from coop.members.models import Member
from coop.members.rules.protection import decided_by_the_assembly
from coop.refusals import Reason

from ..balance import Side
from ..models import Line, Year
from ..money import plain
from ..tables import left_on
from .funds import obstacles_in_funds_of
from .years import obstacles_in_amounts, obstacles_to_keeping


def obstacles_to_moving(
    source: Line,
    target: Line,
    *,
    amount: Decimal,
    decision: str,
    reasons: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """From a line to one of expense, of the same adopted budget, with no line below zero; the assembly decided it."""
    year = source.year
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state not in (Year.State.ADOPTED, Year.State.RUNNING):
        return [*found, Reason("budget-not-running", {"label": year.label})]
    if target.year_id != year.pk:
        found.append(Reason("budget-no-such-line", {"code": target.code}))
    if source.pk == target.pk or target.side != Side.EXPENSE:
        found.append(Reason("budget-moved-to-expense", {"code": target.code}))
    if not decision.strip():
        found.append(Reason("budget-without-decision"))
    elif not decided_by_the_assembly(year.cooperative, decision, at):
        found.append(Reason("budget-decision-not-on-record", {"decision": one_line(decision)}))
    if not reasons.strip():
        found.append(Reason("no-reason-given"))
    wrong = obstacles_in_amounts(year.cooperative, [amount])
    if not amount and not wrong:
        wrong.append(Reason("budget-moves-nothing", {"code": source.code}))
    if not wrong and source.side == Side.EXPENSE and amount > left_on(source):
        found.append(Reason("budget-line-has-less", {"code": source.code, "amount": plain(left_on(source))}))
    return found + wrong + ([] if wrong else obstacles_in_funds_of(source, amount))


def obstacles_to_entering_a_month(
    year: Year,
    month: int,
    amounts: Mapping[str, Decimal],
    *,
    source: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Of a year that runs, of a month that has begun, on lines that are there, out of a ledger that is named."""
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state != Year.State.RUNNING:
        return [*found, Reason("budget-not-running", {"label": year.label})]
    day = year.cooperative.day_of(at)
    if not 1 <= month <= 12:
        found.append(Reason("budget-no-such-month"))
    elif (year.year, month) > (day.year, day.month):
        found.append(Reason("budget-month-to-come"))
    if not source.strip():
        found.append(Reason("budget-without-source"))
    if not amounts:
        found.append(Reason("budget-month-without-figures"))
    there = set(Line.objects.filter(year=year, code__in=list(amounts)).values_list("code", flat=True))
    found += [Reason("budget-no-such-line", {"code": code}) for code in amounts if code not in there]
    return found + obstacles_in_amounts(year.cooperative, list(amounts.values()))
