"""What the assembly decides about a budget. The vote itself is held elsewhere; here its result becomes the budget.

`by` is an actor: who may tell the result is known where the vote is held. `decision`: as it is quoted, "D GA 2026-14".
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Actor
from coop.letters import one_line
from coop.refusals import refuse_if

from ..balance import Side, applied
from ..falls import Because
from ..models import Amendment, Line, OrderMove, Unmet, Year
from ..money import plain
from ..rules.amendments import obstacles_to_moving_in_order, obstacles_to_recording, obstacles_to_wanting
from ..rules.years import obstacles_to_adopting, obstacles_to_settling
from ..tables import Table, adopted_hash
from .locks import locked, locked_amendment, subject_of

State = Amendment.State


@transaction.atomic
def record_outcome(
    *, amendment: Amendment, carried: bool, decision: str, by: Actor, at: datetime.datetime
) -> None:
    """An amendment was voted. What cannot be voted any more after that falls in the same transaction."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_recording(amendment, Table.of(amendment.year), decision=decision))
    _record(amendment, carried, decision, by, at)
    _let_fall(amendment.year, by, at)


@transaction.atomic
def record_together(
    *, amendments: Sequence[Amendment], carried: bool, decision: str, by: Actor, at: datetime.datetime
) -> None:
    """They were voted in one question: all of them carried, or none; then what cannot be voted any more falls."""
    held = [locked_amendment(one) for one in amendments]
    table = Table.of(held[0].year)
    refuse_if([one for row in held for one in obstacles_to_recording(row, table, decision=decision)])
    for row in held:
        _record(row, carried, decision, by, at)
    _let_fall(held[0].year, by, at)


def _record(amendment: Amendment, carried: bool, decision: str, by: Actor, at: datetime.datetime) -> None:
    _end(
        amendment,
        by,
        at,
        verb="budget-amendment-carried" if carried else "budget-amendment-not-carried",
        facts={"decision": one_line(decision)},
        state=State.CARRIED if carried else State.NOT_CARRIED,
        decided_by=one_line(decision),
    )


def _let_fall(year: Year, by: Actor, at: datetime.datetime) -> None:
    """Every final fall; for want of money only when it would be put now, for a later vote may bring money back."""
    while True:
        table = Table.of(year)
        first = next(iter(table.order()), None)
        gone = [
            fall
            for fall in table.falls()
            if fall.is_final
            and (fall.because != Because.SOURCE or (first is not None and fall.key == first.key))
        ]
        if not gone:
            return
        rows = year.amendments.in_bulk([fall.key for fall in gone])
        for fall in gone:
            row = rows[fall.key]
            row.year = year
            _end(
                row,
                by,
                at,
                verb="budget-amendment-fell",
                facts={"fell": fall.because.value},
                state=State.FALLEN,
                fell_because=fall.because.value,
                through_id=fall.through,
            )


def _end(
    amendment: Amendment,
    by: Actor,
    at: datetime.datetime,
    *,
    verb: str,
    facts: dict[str, object],
    **changes: Any,
) -> None:
    Amendment.objects.filter(pk=amendment.pk).update(ended_at=at, **changes)
    chain = amendment.year.cooperative.chain
    write(chain, verb=verb, subject=subject_of(amendment), by=by, at=at, facts=facts)


@transaction.atomic
def want(*, amendment: Amendment, by: Actor, at: datetime.datetime) -> None:
    """The meeting votes on it although one that pulls the other way was carried (ruling 12), or because it can stand
    again since it fell."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_wanting(amendment, Table.of(amendment.year)))
    Amendment.objects.filter(pk=amendment.pk).update(
        state=State.ADMITTED, ended_at=None, fell_because="", through=None, wanted_at=at
    )
    write(
        amendment.year.cooperative.chain,
        verb="budget-amendment-wanted",
        subject=subject_of(amendment),
        by=by,
        at=at,
    )


@transaction.atomic
def move_in_order(
    *, amendment: Amendment, before: Amendment | None, because: str, by: Actor, at: datetime.datetime
) -> None:
    """Whoever leads puts it before another, or at the end."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_moving_in_order(amendment, before, because=because))
    OrderMove.objects.create(amendment=amendment, before=before, because=one_line(because), moved_at=at)
    write(
        amendment.year.cooperative.chain,
        verb="budget-order-moved",
        subject=subject_of(amendment),
        by=by,
        at=at,
        facts={"before": before.label if before else "", "because": one_line(because)},
    )


@transaction.atomic
def adopt(*, year: Year, decision: str, by: Actor, at: datetime.datetime) -> Year:
    """The whole was carried: every line gets its amount, the text its hash; from now on it moves by decisions only."""
    year = locked(year)
    table = Table.of(year)
    refuse_if(obstacles_to_adopting(year, table, decision=decision))
    result = applied(table.plan, table.carried)
    lines = {line.code: line for line in year.lines.all()}
    for one in result.lines:
        lines[one.line.code].adopted = one.after
    Line.objects.bulk_update(lines.values(), ["adopted"], batch_size=500)
    year.hash = adopted_hash(year)
    _unmet(year, table)
    Year.objects.filter(pk=year.pk).update(
        state=Year.State.ADOPTED, settled_at=at, decided_by=one_line(decision), hash=year.hash
    )
    write(
        year.cooperative.chain,
        verb="budget-adopted",
        subject=subject_of(year),
        by=by,
        at=at,
        facts={
            "decision": one_line(decision),
            "hash": year.hash,
            "income": plain(result.income),
            "expense": plain(result.expense),
        },
    )
    return locked(year)


def _unmet(year: Year, table: Table) -> None:
    """What was asked for and not given: voted down, not put, or fallen for want of money or against another."""
    asked = year.amendments.filter(amends=None, number__isnull=False).filter(
        state__in=[State.NOT_CARRIED, State.NOT_PUT, State.FALLEN]
    )
    left = asked.exclude(fell_because__in=[Amendment.Because.REPLACED, Amendment.Because.PART_CARRIED])
    departments = {
        line.code: line.department_id
        for line in year.lines.filter(side=Side.EXPENSE).only("code", "department_id")
    }
    rows = []
    for one in left:
        given = {
            code: amount
            for code, amount in table.changes[one.pk].moves.items()
            if amount > 0 and code in departments
        }
        where = {departments[code] for code in given}
        if given:
            rows.append(
                Unmet(
                    year=year,
                    amendment=one,
                    department_id=where.pop() if len(where) == 1 else None,
                    title=one.title,
                    amount=sum(given.values(), Decimal(0)),
                )
            )
    Unmet.objects.bulk_create(rows)


@transaction.atomic
def reject(*, year: Year, decision: str, by: Actor, at: datetime.datetime) -> Year:
    """The whole was turned down. Last year's lines go on (`tables.continued`) until another text is adopted."""
    year = locked(year)
    refuse_if(obstacles_to_settling(year, decision=decision))
    Year.objects.filter(pk=year.pk).update(
        state=Year.State.REJECTED, settled_at=at, decided_by=one_line(decision)
    )
    write(
        year.cooperative.chain,
        verb="budget-turned-down",
        subject=subject_of(year),
        by=by,
        at=at,
        facts={"decision": one_line(decision)},
    )
    return locked(year)
