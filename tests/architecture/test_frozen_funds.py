"""Law 6 for funds: what PostgreSQL itself refuses about money set aside, projects, checks and what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.frozen_funds import FUND_STEPS, PROJECT_STEPS
from coop.budget.models import Fund, Project, ProjectCheck
from tests import make, make_budget, make_funds
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A fund that is chosen from, one that is voted, one whose list is open, one that is given up; 20,000 of bags."""
    made: dict[str, Any] = {}
    plant = make_funds.plant()
    year = make_funds.adopted(plant)
    made["draft_line"] = make_budget.draft(plant, ahead=2).lines.get(code="E-GAS")
    made["bread"], made["gas"] = year.lines.get(code="I-BRD"), year.lines.get(code="E-GAS")
    made["chosen"] = fund = make_funds.closed(plant, make_funds.set_up(plant, year))
    ballot = make_funds.opened(plant, fund)
    make_funds.cast(plant, fund, ballot, {"eve": ["Roof"]})
    make_funds.count(plant, ballot)
    made["roof"], made["van"] = (Project.objects.get(fund=fund, title=title) for title in ("Roof", "Van"))
    made["check"] = ProjectCheck.objects.filter(project=made["roof"]).get()
    made["paid"] = budget.pay_project(
        project=made["roof"],
        amount=Decimal(3_000),
        paid_on=plant.cooperative.day_of(make.now()),
        proof="Bill 77",
        by=plant.kim,
        at=make.now(),
    )
    made["voting"] = make_funds.closed(plant, make_funds.set_up(plant, year, code="E-GAS"))
    make_funds.drawn_up(plant, made["voting"])
    made["on_paper"] = made["voting"].projects.get(title="Roof")
    made["open"] = make_funds.set_up(plant, year, code="E-FLR")
    made["waits"] = make_funds.put_forward(plant, made["open"])
    made["feasible"] = make_funds.checked(plant, make_funds.put_forward(plant, made["open"], "Van", 6_000))
    made["its_check"] = ProjectCheck.objects.get(project=made["feasible"])
    made["gone"] = make_funds.set_up(plant, year, code="E-RES", amount=Decimal(10))
    budget.give_up_fund(fund=made["gone"], because="No need.", by=plant.kim, at=make.now())
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = [
    "DELETE FROM budget_fund",
    "DELETE FROM budget_project",
    "UPDATE budget_projectcheck SET feasible = NOT feasible",
    "DELETE FROM budget_projectcheck",
    "UPDATE budget_spending SET amount = 1",
    "DELETE FROM budget_spending",
]
LEFT = "left_over = 10000, chosen_at = now(), decided_by = 'x', state = 'chosen'"
BY_TRIGGER = [
    *each("budget_fund", "chosen", "left_over = 1", "decided_by = 'x'", "vote = 900", "state = 'voting'"),
    *each("budget_fund", "chosen", "amount = 9", "method = 'shares'", "title = 'x'"),
    *each("budget_fund", "open", "amount = 1", "projects_until = now()", "checked_by_id = checked_by_id + 1"),
    *each("budget_fund", "open", f"{LEFT}, vote = 900, put_at = now(), closed_at = now()"),
    *each("budget_fund", "gone", "state = 'open', ended_at = NULL, said = ''", "said = 'x'"),
    *each("budget_fund", "voting", LEFT),  # its projects are neither chosen nor not
    again(
        "budget_fund", "{open}", number="900", amount="60000"
    ),  # the line has 60,000, and 10,000 are set aside
    again("budget_fund", "{open}", number="900", amount="5", line_id="{bread}"),
    again("budget_fund", "{open}", number="900", amount="5", line_id="{draft_line}"),
    again("budget_fund", "{gone}", number="900"),  # not begun as it is
    *each(
        "budget_project", "roof", "cost = 1", "state = 'not_chosen', rank = NULL", "rank = 9", "title = 'x'"
    ),
    *each("budget_project", "van", "state = 'chosen', rank = 2"),
    *each("budget_project", "on_paper", "cost = 1", "title = 'x'", "state = 'not_feasible'"),
    *each("budget_project", "feasible", "cost = 1", "words = 'x'", "state = 'chosen', rank = 1"),
    *each("budget_project", "waits", "author_id = author_id + 1", "number = 900", "fund_id = {chosen}"),
    again("budget_project", "{waits}", number="900", fund_id="{voting}"),
    again("budget_project", "{waits}", number="900", state="'feasible'"),
    again("budget_projectcheck", "{check}"),  # its list is closed
    again("budget_projectcheck", "{its_check}", revision="9"),
    again("budget_spending", "{paid}", number="900", amount="2001"),
    again("budget_spending", "{paid}", number="900", amount="-3001"),
    again("budget_spending", "{paid}", number="900", project_id="{van}"),
]
FORWARD = [
    *each("budget_project", "waits", "title = 'x', cost = 5, revision = 2", "state = 'not_feasible'"),
    *each("budget_project", "on_paper", "state = 'chosen', rank = 1", "state = 'not_chosen'"),
    *each("budget_fund", "voting", "vote = 900"),
    again("budget_fund", "{open}", number="900", amount="50000"),
    again("budget_projectcheck", "{its_check}"),
    again("budget_spending", "{paid}", number="900", amount="2000"),
    again("budget_spending", "{paid}", number="900", amount="-3000"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_funds"]) == []


def test_the_states_of_the_tables_are_all_of_the_models() -> None:
    for steps, states in ((FUND_STEPS, Fund.State), (PROJECT_STEPS, Project.State)):
        assert {name for step in steps for name in step.split(">") if name} == set(states.values)
