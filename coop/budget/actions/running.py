"""The year that runs: money that a decision moves, and what each month came to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import in_full, refuse_if

from ..models import Actual, Line, Movement, Year
from ..money import plain
from ..rules.running import obstacles_to_entering_a_month, obstacles_to_moving
from .locks import locked, subject_of


@transaction.atomic
def move_money(
    *,
    source: Line,
    target: Line,
    amount: Decimal,
    decision: str,
    reasons: str,
    by: Member,
    at: datetime.datetime,
) -> Movement:
    """From one line to another of the same budget, by a decision. From a line of income: both are raised."""
    year = locked(source.year_id)
    source, target = (
        Line.objects.select_related("year__cooperative").get(pk=one.pk) for one in (source, target)
    )
    refuse_if(
        obstacles_to_moving(source, target, amount=amount, decision=decision, reasons=reasons, by=by, at=at)
    )
    last = Movement.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    movement = Movement.objects.create(
        year=year,
        number=(last or 0) + 1,
        source=source,
        target=target,
        amount=amount,
        decided_by=one_line(decision),
        reasons=one_line(reasons),
        entered_by=by,
        entered_at=at,
    )
    write(
        year.cooperative.chain,
        verb="budget-money-moved",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={
            "number": movement.number,
            "source": source.code,
            "target": target.code,
            "amount": plain(amount),
            "decision": movement.decided_by,
        },
    )
    return movement


@transaction.atomic
def enter_month(
    *,
    year: Year,
    month: int,
    amounts: Mapping[str, Decimal],
    source: str,
    by: Member,
    at: datetime.datetime,
) -> int:
    """What came in or went out in a month (1 to 12), by line. What is entered again is a correction: another row, with
    the old one kept. The same amount again is none. Returns how many rows were new.
    """
    year = locked(year)
    refuse_if(obstacles_to_entering_a_month(year, month, amounts, source=source, by=by, at=at))
    source = in_full(source, 200)
    lines = {line.code: line for line in Line.objects.filter(year=year, code__in=list(amounts))}
    there = {
        one.line_id: one
        for one in Actual.objects.filter(line__in=lines.values(), month=month).order_by("revision")
    }
    rows = []
    for code, amount in amounts.items():
        old = there.get(lines[code].pk)
        if old is None or old.amount != amount:
            rows.append(
                Actual(
                    line=lines[code],
                    month=month,
                    revision=old.revision + 1 if old else 1,
                    amount=amount,
                    source=source,
                    entered_by=by,
                    entered_at=at,
                )
            )
    Actual.objects.bulk_create(rows)
    write(
        year.cooperative.chain,
        verb="budget-month-entered",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={
            "month": month,
            "lines": len(rows),
            "corrected": sum(row.revision > 1 for row in rows),
            "source": source,
        },
    )
    return len(rows)
