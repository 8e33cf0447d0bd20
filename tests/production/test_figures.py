"""Plan, output and cost: copied from decisions by two, in time, never mended in silence."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from coop.production import actions as production
from coop.production.models import CostSheet, Output, PlanLine
from coop.refusals import Refused
from tests import make, make_selling

pytestmark = pytest.mark.django_db

FIFTH = datetime.datetime(2026, 10, 5, 15, tzinfo=datetime.UTC)


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


def output(
    plant: make.Plant, amount: str = "402", *, month: int = 9, at: datetime.datetime = FIFTH, **more: Any
) -> Output:
    facts = {
        "product": more.get("product") or make_selling.product(plant),
        "year": 2026,
        "by": plant.ida,
    } | more
    return production.enter_output(month=month, amount=Decimal(amount), at=at, **facts)


def plan(plant: make.Plant, **more: Any) -> PlanLine:
    facts: dict[str, Any] = {
        "product": more.get("product") or make_selling.product(plant),
        "year": 2026,
        "target": Decimal(420),
        "capacity": Decimal(600),
        "decision": "D GA 2026-3",
        "by": plant.gus,
        "at": FIFTH,
    }
    return production.enter_plan(**(facts | more))


def test_figures_within_the_days_of_the_bylaws_are_in_time(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    assert output(plant, product=product).late is False
    late = output(plant, product=product, month=8)
    assert (late.late, late.due_on) == (True, datetime.date(2026, 9, 5))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"amount": "-0.001"}, "output-below-zero"),
        ({"amount": "1000000001"}, "amount-out-of-range"),
        ({"month": 10}, "month-not-over"),
        ({"month": 13}, "no-such-month"),
        ({"month": 0}, "no-such-month"),
        ({"year": 9999}, "year-out-of-range"),
        ({"year": 1}, "year-out-of-range"),
    ],
)
def test_bad_figures_are_refused_with_a_reason(plant: make.Plant, facts: dict[str, Any], why: str) -> None:
    assert refused(lambda: output(plant, **facts)) == [why]
    assert Output.objects.count() == 0


def test_who_answers_for_the_department_or_keeps_the_budget_enters_them(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    assert refused(lambda: output(plant, product=product, by=plant.eve)) == ["answers-for-no-such-place"]
    output(plant, product=product, by=plant.gus)


def test_a_wrong_figure_is_followed_by_another_with_its_reason(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    output(plant, product=product)
    assert refused(lambda: output(plant, product=product)) == ["figure-changes-nothing", "no-reason-given"]
    assert refused(lambda: output(plant, "410", product=product)) == ["no-reason-given"]
    again = output(
        plant, "410", product=product, because="A lorry was counted twice", at=FIFTH + make.days(9)
    )
    assert (again.version, again.late) == (2, False)
    assert list(Output.objects.values_list("amount", flat=True)) == [Decimal(402), Decimal(410)]


def test_a_plan_counts_when_two_have_compared_it(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    line = plan(plant, product=product)
    assert refused(lambda: production.confirm_plan(line=line, by=plant.gus, at=FIFTH)) != []
    assert refused(lambda: plan(plant, product=product)) == ["planned-already"]
    production.turn_down_plan(line=line, because="It says 430", by=plant.ana, at=FIFTH)
    second = plan(plant, product=product, target=Decimal(430))
    production.confirm_plan(line=second, by=plant.ana, at=FIFTH)
    second.refresh_from_db()
    assert second.confirmed_by == plant.ana


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"decision": " "}, "without-a-decision"),
        ({"decision": "D GA 2026-99"}, "decision-not-on-record"),
        ({"decision": "The assembly wants it"}, "decision-not-on-record"),
        ({"target": Decimal(-1)}, "output-below-zero"),
        ({"capacity": Decimal(0)}, "capacity-of-nothing"),
        ({"year": 2029}, "year-out-of-range"),
        ({"from_month": 13}, "no-such-month"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plant: make.Plant, facts: dict[str, Any], why: str) -> None:
    assert refused(lambda: plan(plant, **facts)) == [why]


def test_what_cannot_wait_changes_a_plan_until_the_next_production_meeting(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    act: dict[str, Any] = {
        "product": product,
        "target": Decimal(300),
        "because": "The kiln is out",
        "at": FIFTH,
    }
    assert refused(lambda: production.change_plan(by=plant.ida, **act)) == ["nothing-planned"]
    production.confirm_plan(line=plan(plant, product=product), by=plant.ana, at=FIFTH)
    assert refused(lambda: production.change_plan(by=plant.gus, **act)) == ["answers-for-no-such-place"]
    made = production.change_plan(by=plant.ida, **act)
    assert (made.since, made.until) == (datetime.date(2026, 10, 5), datetime.date(2026, 10, 19))
    soon = act | {"at": FIFTH + make.days(13)}
    assert refused(lambda: production.change_plan(by=plant.ida, **soon)) == ["plan-changed-already"]
    production.change_plan(by=plant.jo, **(act | {"at": FIFTH + make.days(14)}))
    wrong = act | {"target": Decimal(-1), "because": " ", "at": FIFTH + make.days(29)}
    assert refused(lambda: production.change_plan(by=plant.ida, **wrong)) == [
        "output-below-zero",
        "no-reason-given",
    ]


def test_a_list_of_outputs_is_entered_whole_or_not_at_all(plant: make.Plant) -> None:
    loaf, roll = make_selling.product(plant), make_selling.product(plant, "ROLL")
    good = production.Figure(loaf, 2026, 9, Decimal(402))
    bad = production.Figure(roll, 2026, 9, Decimal(-1))
    act: dict[str, Any] = {"cooperative": plant.cooperative, "by": plant.ida, "at": FIFTH}
    assert refused(lambda: production.enter_outputs(figures=[good, bad], **act)) == ["output-below-zero"]
    assert Output.objects.count() == 0
    production.enter_outputs(figures=[good, bad._replace(amount=Decimal(0))], **act)
    assert {one.product.code: one.amount for one in Output.objects.all()} == {"LOAF": 402, "ROLL": 0}


def test_a_cost_sheet_adds_up_by_itself(plant: make.Plant) -> None:
    parts = dict(zip(CostSheet.PARTS, map(Decimal, ("39.10", "11.20", "4.30", "12.40", "4.50")), strict=True))
    act: dict[str, Any] = {"product": make_selling.product(plant), "work_hours": Decimal("0.62"), "at": FIFTH}
    sheet = production.enter_cost_sheet(parts=parts, by=plant.gus, **act)
    assert sheet.total == Decimal("71.50")
    assert refused(lambda: production.enter_cost_sheet(parts=parts, by=plant.eve, **act)) == ["no-mandate"]
    assert refused(lambda: production.enter_cost_sheet(parts={"work": Decimal(1)}, by=plant.gus, **act)) == [
        "cost-sheet-incomplete"
    ]
    assert refused(
        lambda: production.enter_cost_sheet(parts=parts | {"wear": Decimal(-1)}, by=plant.gus, **act)
    ) == ["amount-out-of-range"]


@pytest.mark.parametrize(
    ("code", "why"),
    [("", "product-code-not-plain"), ("A B", "product-code-not-plain"), ("LOAF", "code-taken")],
)
def test_a_product_has_a_plain_code_of_its_own(plant: make.Plant, code: str, why: str) -> None:
    product = make_selling.product(plant)
    act = {"department": product.department, "name": "Roll", "unit": "kg", "by": plant.gus, "at": make.now()}
    assert refused(lambda: production.add_product(code=code, **act)) == [why]
