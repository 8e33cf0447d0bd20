"""Products, the plan as it was voted, the output of each month, cost sheets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.models import Department, Member
from coop.refusals import refuse_if

from ..clocks import figures_due, month_ends
from ..models import CostSheet, Output, PlanChange, PlanLine, Product
from ..rules import figures as rules
from .locks import hold


class Figure(NamedTuple):
    """What a month brought of a product, in its units; `because` when it corrects what stood there."""

    product: Product
    year: int
    month: int
    amount: Decimal
    because: str = ""


@transaction.atomic
def add_product(
    *, department: Department, code: str, name: str, unit: str, by: Member, at: datetime.datetime
) -> Product:
    """`unit`: in which it is counted and priced, such as "t"."""
    cooperative = hold(department.cooperative)
    code, name, unit = one_line(code).upper(), one_line(name), one_line(unit)
    refuse_if(rules.obstacles_to_adding_product(department, code=code, name=name, unit=unit, by=by, at=at))
    product = Product.objects.create(
        cooperative=cooperative, department=department, code=code, name=name, unit=unit, made_at=at
    )
    facts = {"code": code, "unit": unit}
    write(cooperative.chain, verb="product-added", subject=_subject(product), by=by.actor, at=at, facts=facts)
    return product


@transaction.atomic
def enter_plan(
    *,
    product: Product,
    year: int,
    from_month: int = 1,
    target: Decimal,
    capacity: Decimal | None = None,
    decision: str,
    by: Member,
    at: datetime.datetime,
) -> PlanLine:
    """`target` and `capacity` in units a month; `decision`: what adopted it. It waits for a second signature."""
    cooperative = hold(product.cooperative)
    decision = one_line(decision)
    refuse_if(
        rules.obstacles_to_planning(
            product,
            year=year,
            from_month=from_month,
            target=target,
            capacity=capacity,
            decision=decision,
            by=by,
            at=at,
        )
    )
    line = PlanLine.objects.create(
        cooperative=cooperative,
        product=product,
        year=year,
        from_month=from_month,
        target=target,
        capacity=capacity,
        decision=decision,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    facts = {"year": year, "month": from_month, "target": f"{target:f}", "decision": decision}
    write(cooperative.chain, verb="plan-entered", subject=_subject(product), by=by.actor, at=at, facts=facts)
    return line


@transaction.atomic
def confirm_plan(*, line: PlanLine, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(line.product.cooperative)
    confirm_entry(entry=line, by=by, at=at)
    facts = {"year": line.year, "decision": line.decision}
    write(
        cooperative.chain,
        verb="plan-confirmed",
        subject=_subject(line.product),
        by=by.actor,
        at=at,
        facts=facts,
    )


@transaction.atomic
def turn_down_plan(*, line: PlanLine, because: str, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(line.product.cooperative)
    turn_down_entry(entry=line, because=because, by=by, at=at)
    facts = {"year": line.year, "because": because.strip()}
    write(
        cooperative.chain,
        verb="plan-turned-down",
        subject=_subject(line.product),
        by=by.actor,
        at=at,
        facts=facts,
    )


@transaction.atomic
def change_plan(
    *, product: Product, target: Decimal, because: str, by: Member, at: datetime.datetime
) -> PlanChange:
    """`target`: units a month, from today until the next production meeting, at most as long as lies between two."""
    cooperative, because = hold(product.cooperative), one_line(because)
    refuse_if(rules.obstacles_to_changing_plan(product, target=target, because=because, by=by, at=at))
    day = cooperative.day_of(at)
    days = Bylaws.in_force(cooperative, day).production_every_days
    change = PlanChange.objects.create(
        product=product,
        target=target,
        because=because,
        since=day,
        until=day + datetime.timedelta(days=days),
        entered_by=by,
        entered_at=at,
    )
    facts = {"target": f"{target:f}", "until": change.until.isoformat(), "because": because}
    write(cooperative.chain, verb="plan-changed", subject=_subject(product), by=by.actor, at=at, facts=facts)
    return change


@transaction.atomic
def enter_outputs(
    *, cooperative: Cooperative, figures: Sequence[Figure], by: Member, at: datetime.datetime
) -> list[Output]:
    """All of a month's list, or none of it."""
    cooperative = hold(cooperative)
    return [
        enter_output(
            product=one.product,
            year=one.year,
            month=one.month,
            amount=one.amount,
            because=one.because,
            by=by,
            at=at,
        )
        for one in figures
    ]


@transaction.atomic
def enter_output(
    *,
    product: Product,
    year: int,
    month: int,
    amount: Decimal,
    because: str = "",
    by: Member,
    at: datetime.datetime,
) -> Output:
    """What a month brought, in units; once more with a reason when the figure was wrong."""
    cooperative = hold(product.cooperative)
    because = one_line(because)
    refuse_if(
        rules.obstacles_to_output(
            product, year=year, month=month, amount=amount, because=because, by=by, at=at
        )
    )
    last = rules.last_output(product, year, month)
    days = Bylaws.in_force(cooperative, month_ends(year, month)).monthly_figures_days
    output = Output.objects.create(
        product=product,
        year=year,
        month=month,
        version=last.version + 1 if last else 1,
        amount=amount,
        because=because,
        due_on=figures_due(year, month, days),
        entered_on=cooperative.day_of(at),
        entered_by=by,
        entered_at=at,
    )
    facts = {"year": year, "month": month, "amount": f"{amount:f}", "because": because}
    write(
        cooperative.chain,
        verb="output-corrected" if last else "output-entered",
        subject=_subject(product),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return output


@transaction.atomic
def enter_cost_sheet(
    *,
    product: Product,
    parts: Mapping[str, Decimal],
    work_hours: Decimal,
    by: Member,
    at: datetime.datetime,
) -> CostSheet:
    """`parts`: an amount for each of `CostSheet.PARTS`, of one unit; the total is their sum."""
    cooperative = hold(product.cooperative)
    refuse_if(rules.obstacles_to_cost_sheet(product, parts, work_hours, by=by, at=at))
    total = sum(parts.values(), Decimal(0))
    sheet = CostSheet.objects.create(
        product=product, **parts, total=total, work_hours=work_hours, entered_by=by, entered_at=at
    )
    facts = {"total": f"{total:f}"}
    write(
        cooperative.chain,
        verb="cost-sheet-entered",
        subject=_subject(product),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return sheet


def _subject(product: Product) -> Subject:
    return Subject("product", str(product.pk), product.name)
