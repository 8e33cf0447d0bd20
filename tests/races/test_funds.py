"""Money set aside while it is moved away, a list closed while somebody writes: each finds what the other left."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.actions import fund_projects, funds, running
from coop.budget.funds import set_aside_on
from coop.budget.models import Fund, Line, Project, Year
from coop.budget.tables import left_on
from tests import make, make_budget, make_funds
from tests.races.race import one_after_the_other, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same acts, and nobody holds the year."""

    def year(key: Year | int) -> Year:
        found = key if isinstance(key, int) else key.pk
        return Year.objects.select_related("cooperative__chain").get(pk=found)

    def fund(key: Fund | int) -> Fund:
        found = Fund.objects.select_related("checked_by", "line").get(
            pk=key if isinstance(key, int) else key.pk
        )
        found.year = found.line.year = year(found.year_id)
        return found

    for module in (funds, running):
        monkeypatch.setattr(module, "locked", year)
    for module in (funds, fund_projects):
        monkeypatch.setattr(module, "locked_fund", fund)


# --- The money ------------------------------------------------------------------------------------------------------


def aside_and_away() -> tuple[Line, Callable[[], Any], Callable[[], Any]]:
    """Of 20,000 for bags 10,000 are set aside while a decision moves 15,000 to gas."""
    plant = make_funds.plant()
    year = make_funds.adopted(plant)
    bags, gas = (year.lines.get(code=code) for code in ("E-BAG", "E-GAS"))
    decision = make_budget.on_record(plant)

    def away() -> Any:
        return budget.move_money(
            source=bags,
            target=gas,
            amount=Decimal(15_000),
            decision=decision,
            reasons="The oven.",
            by=plant.kim,
            at=make.now(),
        )

    return bags, lambda: make_funds.set_up(plant, year), away


def test_what_is_being_set_aside_is_not_moved_away() -> None:
    bags, aside, away = aside_and_away()
    assert refusals(one_after_the_other(aside, away)) == ["fund-keeps-its-money"]
    assert (left_on(bags), set_aside_on(bags)) == (20_000, 10_000)


def test_what_is_being_moved_away_is_not_set_aside() -> None:
    bags, aside, away = aside_and_away()
    assert refusals(one_after_the_other(away, aside)) == ["fund-line-has-less"]
    assert (left_on(bags), set_aside_on(bags)) == (5_000, 0)


def test_without_the_lock_the_line_has_less_than_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    bags, aside, away = aside_and_away()
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(aside, away)) == []
    assert (left_on(bags), set_aside_on(bags)) == (5_000, 10_000)


# --- The list -------------------------------------------------------------------------------------------------------


def writing_and_closing() -> tuple[Callable[[], Any], Callable[[], Any]]:
    """One project is feasible, another is put right while the list is closed."""
    plant = make_funds.plant()
    fund = make_funds.set_up(plant)
    make_funds.checked(plant, make_funds.put_forward(plant, fund))
    other = make_funds.checked(plant, make_funds.put_forward(plant, fund, "Van", 6_000), feasible=False)

    def writes() -> Any:
        return budget.rewrite_project(
            project=other,
            written=make_funds.written(plant.eve, "Van", 5_000),
            revision=1,
            by=plant.eve,
            at=make.now(),
        )

    return writes, lambda: budget.close_list(fund=fund, by=plant.kim, at=make.now())


def test_no_list_is_closed_over_a_project_that_waits() -> None:
    writes, closes = writing_and_closing()
    assert refusals(one_after_the_other(writes, closes)) == ["fund-projects-unchecked"]


def test_without_the_lock_a_project_waits_on_a_closed_list(monkeypatch: pytest.MonkeyPatch) -> None:
    writes, closes = writing_and_closing()
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(writes, closes)) == []
    assert (str(Fund.objects.get().state), str(Project.objects.get(title="Van").state)) == ("closed", "put")
