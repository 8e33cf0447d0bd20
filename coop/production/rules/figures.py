"""What stands in the way of products, plan, output and cost sheets (practice C14)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal

from coop.charter.models import Cooperative
from coop.members.models import Department, Member, Power
from coop.members.powers import obstacles_without, powers_of
from coop.members.rules.protection import decided_by_the_assembly
from coop.refusals import Reason

from ..clocks import month_ends
from ..models import CostSheet, Output, PlanChange, PlanLine, Product
from ..models.figures import MOST_AMOUNT
from .answering import answers_for

CODE = re.compile("[A-Z0-9][A-Z0-9-]{0,15}")
FARTHEST_YEARS = 2  # ahead; a plan is voted with the budget of the next year
OLDEST_YEARS = 10  # back; what is older stays in the books
MOST_MONEY = Decimal(10) ** 9  # of one unit
DECIMALS = 3  # of amounts


def obstacles_to_adding_product(
    department: Department, *, code: str, name: str, unit: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_keeping_figures(by=by, at=at)
    if department.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not CODE.fullmatch(code):
        reasons.append(Reason("product-code-not-plain"))
    if not name or not unit:
        reasons.append(Reason("no-name"))
    if Product.objects.filter(cooperative=by.cooperative_id, code=code).exists():
        reasons.append(Reason("code-taken", {"code": code}))
    return reasons


def obstacles_to_keeping_figures(*, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever keeps the budget keeps what was planned and at what price it is sold."""
    return obstacles_without(Power.KEEP_BUDGET, by=by, at=at)


def obstacles_to_planning(
    product: Product,
    *,
    year: int,
    from_month: int,
    target: Decimal,
    capacity: Decimal | None,
    decision: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Copied from a decision; a month is planned once, and the next line takes over from its month on."""
    reasons = obstacles_to_keeping_figures(by=by, at=at) + _of_the_house(product, by)
    reasons += _against_year(year, product, at) + _against_month(from_month)
    reasons += obstacles_in_amount(target)
    if capacity is not None:
        reasons += obstacles_in_amount(capacity)
        if capacity == 0:
            reasons.append(Reason("capacity-of-nothing"))
    reasons += obstacles_in_decision(product.cooperative, decision, at)
    standing = PlanLine.objects.filter(product=product, year=year, refused_at=None, replaced_at=None)
    if standing.filter(from_month=from_month).exists():
        reasons.append(Reason("planned-already"))
    return reasons


def obstacles_to_changing_plan(
    product: Product, *, target: Decimal, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """What cannot wait, by those who answer for the department; the production meeting says what comes after."""
    reasons = _of_the_house(product, by)
    if not answers_for(by, product.department, at):
        reasons.append(Reason("answers-for-no-such-place", {"department": product.department.name}))
    reasons += obstacles_in_amount(target)
    if not because:
        reasons.append(Reason("no-reason-given"))
    day = product.cooperative.day_of(at)
    planned = PlanLine.objects.filter(
        PlanLine.counted(), product=product, year=day.year, from_month__lte=day.month
    )
    if not planned.exists():
        reasons.append(Reason("nothing-planned"))
    held = PlanChange.objects.filter(product=product, until__gt=day).first()
    if held is not None:
        reasons.append(Reason("plan-changed-already", {"day": held.until.isoformat()}))
    return reasons


def obstacles_in_decision(cooperative: Cooperative, words: str, at: datetime.datetime) -> list[Reason]:
    """Prices, plans and exceptions are the assembly's: its decision stands on record, carried, with this number."""
    if not words:
        return [Reason("without-a-decision")]
    if decided_by_the_assembly(cooperative, words, at):
        return []
    return [Reason("decision-not-on-record", {"decision": words})]


def obstacles_to_output(
    product: Product,
    *,
    year: int,
    month: int,
    amount: Decimal,
    because: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Of a month that is over, by those who answer for the department, or who keep the budget."""
    reasons = _of_the_house(product, by)
    if not answers_for(by, product.department, at) and not powers_of(by, at).has(Power.KEEP_BUDGET):
        reasons.append(Reason("answers-for-no-such-place", {"department": product.department.name}))
    reasons += obstacles_in_amount(amount)
    wrong = _against_year(year, product, at) + _against_month(month)
    if not wrong and month_ends(year, month) >= product.cooperative.day_of(at):
        wrong = [Reason("month-not-over")]
    last = last_output(product, year, month)
    if last is not None:
        if last.amount == amount:
            reasons.append(Reason("figure-changes-nothing"))
        if not because:
            reasons.append(Reason("no-reason-given"))
    return reasons + wrong


def last_output(product: Product, year: int, month: int) -> Output | None:
    """The figure that counts."""
    return Output.objects.filter(product=product, year=year, month=month).order_by("-version").first()


def obstacles_to_cost_sheet(
    product: Product, parts: Mapping[str, Decimal], work_hours: Decimal, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_keeping_figures(by=by, at=at) + _of_the_house(product, by)
    if set(parts) != set(CostSheet.PARTS):
        reasons.append(Reason("cost-sheet-incomplete"))
    amounts = [*parts.values(), work_hours]
    if any(not 0 <= amount < MOST_MONEY for amount in amounts):
        reasons.append(Reason("amount-out-of-range"))
    return reasons


def obstacles_in_amount(amount: Decimal) -> list[Reason]:
    """Units of a product in a month: not below zero, and no more than anybody could mean."""
    if amount < 0:
        return [Reason("output-below-zero")]
    return [] if amount <= MOST_AMOUNT else [Reason("amount-out-of-range")]


def _of_the_house(product: Product, by: Member) -> list[Reason]:
    if product.cooperative_id == by.cooperative_id:
        return []
    return [Reason("not-of-this-cooperative", {"name": by.name})]


def _against_year(year: int, product: Product, at: datetime.datetime) -> list[Reason]:
    now = product.cooperative.day_of(at).year
    if now - OLDEST_YEARS <= year <= now + FARTHEST_YEARS:
        return []
    return [Reason("year-out-of-range", {"first": now - OLDEST_YEARS, "until": now + FARTHEST_YEARS})]


def _against_month(month: int) -> list[Reason]:
    return [] if 1 <= month <= 12 else [Reason("no-such-month")]
