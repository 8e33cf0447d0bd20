"""Law 6 for the budget: what PostgreSQL itself refuses about lines, amendments, votes and the money of the year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.frozen import AMENDMENT_STEPS, YEAR_STEPS
from coop.budget.models import Actual, Amendment, Ceiling, InBloc, OrderMove, PartOf, Unmet, Year
from coop.members.models import Body, Department
from coop.proposals.models import BudgetMotion, Proposal
from tests import make, make_budget
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone
from tests.make_budget import CHAIR, admitted, at, voted


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A bakery with a year that runs and one that is amended, and a mill with a draft and one that is voted."""
    made: dict[str, Any] = {}
    bakery, mill = make_budget.plant(), make_budget.plant("mill")
    _running(bakery, made)
    _open(bakery, made)
    made["draft"] = year = make_budget.draft(mill)
    budget.set_ceiling(
        year=year,
        department=Department.objects.get(cooperative=mill.cooperative, code="OVN"),
        amount=Decimal(5),
        by=mill.kim,
        at=at(),
    )
    made["draft_ceiling"] = Ceiling.objects.get(year=year)
    made["draft_line"] = year.lines.get(code="E-GAS")
    _put(mill, made)
    return {name: row.pk for name, row in made.items()}


def _running(plant: Any, made: dict[str, Any]) -> None:
    year = make_budget.draft(plant)
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    budget.set_ceiling(year=year, department=ovens, amount=Decimal(5), by=plant.kim, at=at())
    budget.publish(year=year, by=plant.kim, at=at(), **make_budget.days_of(at(), plant.cooperative))
    year = make_budget.fresh(year)
    lost = admitted(plant, year, {"E-FLR": 500, "E-BAG": -500})
    make_budget.put(plant, year)
    voted(lost, carried=False)
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    made["running"] = year = make_budget.running(plant, make_budget.fresh(year))
    made["ceiling"] = Ceiling.objects.get(year=year)
    made["voted"], made["unmet"] = lost, Unmet.objects.get(year=year)
    made["gas"], made["bags"] = year.lines.get(code="E-GAS"), year.lines.get(code="E-BAG")
    made["bread"] = year.lines.get(code="I-BRD")
    made["movement"] = budget.move_money(
        source=made["bags"],
        target=made["gas"],
        amount=Decimal(700),
        decision=make_budget.on_record(plant),
        reasons="The oven.",
        by=plant.kim,
        at=at(70),
    )
    budget.set_up_fund(
        line=made["gas"],
        title="Gas",
        words="For less of it.",
        amount=Decimal(10),
        method="greedy",
        checked_by=Body.objects.get(cooperative=plant.cooperative, code="ADM"),
        projects_until=plant.cooperative.day_of(at(90)),
        by=plant.kim,
        at=at(70),
    )
    when = make_budget.in_year(year, 2)
    budget.enter_month(
        year=year, month=1, amounts={"E-GAS": Decimal(5)}, source="Ledger", by=plant.kim, at=when
    )
    made["actual"] = Actual.objects.get()


def _open(plant: Any, made: dict[str, Any]) -> None:
    made["open"] = year = make_budget.opened(plant, ahead=2)
    made["open_line"] = year.lines.get(code="E-GAS")
    made["written"] = make_budget.amendment(year, {"E-GAS": 500}, by=plant.eve)
    made["its_move"] = made["written"].moves.get()
    made["straight"] = make_budget.amendment(year, {"E-GAS": 5, "E-BAG": -5}, by=plant.eve)
    made["handed_in"] = make_budget.handed_in(year, {"E-GAS": 500, "E-BAG": -500}, by=plant.eve)
    made["moved"] = made["handed_in"].moves.get(line=made["open_line"])
    made["signed"] = made["handed_in"].supports.get()
    made["lou"] = plant.lou
    one = admitted(plant, year, {"E-GAS": 600, "E-BAG": -600})
    two = admitted(plant, year, {"E-GAS": 700, "E-BAG": -700})
    made["common"] = budget.common_text(
        parts=[one, two], title="Both", moves={"E-GAS": Decimal(1)}, by=plant.hal, at=at(20)
    )
    first, made["part"] = PartOf.objects.filter(common=made["common"]).order_by("pk")
    budget.agree(part=first, by=plant.eve, at=at(21))
    made["agreed"], made["admitted"] = first, one
    made["sub"] = make_budget.handed_in(year, {"E-GAS": 1, "E-BAG": -1}, by=plant.eve, amends=two)


def _put(plant: Any, made: dict[str, Any]) -> None:
    year = make_budget.opened(plant, ahead=2)
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    made["fallen"] = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    made["waits"] = admitted(plant, year, {"E-FLR": 10, "E-BAG": -10})
    made["put"] = year = make_budget.laid(plant, year)
    made["laid"] = BudgetMotion.objects.get(amendment=more)
    made["laid_whole"] = BudgetMotion.objects.get(year=year, amendment=None)
    made["laid_text"] = BudgetMotion.objects.get(amendment=made["waits"]).proposal
    made["laid_whole_text"] = made["laid_whole"].proposal
    made["motion"] = make.motion(plant)
    made["by_hand"] = Proposal.objects.create(
        cooperative=plant.cooperative, kind="budget", title="By hand", author=plant.eve, written_at=at()
    )
    made["put_line"] = year.lines.get(code="E-GAS")
    budget.move_in_order(amendment=made["waits"], before=None, because="Later.", by=CHAIR, at=at(60))
    made["order"] = OrderMove.objects.get()
    made["in_bloc"] = InBloc.objects.create(amendment=made["waits"], put_in_by=plant.bo, put_in_at=at(60))
    voted(more)
    made["carried"] = more
    made["challenge"] = budget.challenge_fall(
        amendment=made["fallen"], because="It only takes back.", by=plant.eve, at=at(61)
    )


WRITTEN_ONCE = (
    "UPDATE budget_partof",
    "UPDATE budget_unmet",
    "UPDATE budget_challenge",
    "UPDATE budget_inbloc",
)
WITHOUT_RIGHT = [
    "DELETE FROM budget_year",
    "DELETE FROM budget_amendment",
    "UPDATE budget_amendmentsupport SET given_at = now()",
    "DELETE FROM budget_amendmentsupport",
    "UPDATE budget_partof SET part_id = common_id",
    "DELETE FROM budget_partof",
    "UPDATE budget_ordermove SET because = 'x'",
    "DELETE FROM budget_ordermove",
    "UPDATE budget_actual SET amount = 1",
    "DELETE FROM budget_actual",
    "UPDATE budget_movement SET amount = 1",
    "DELETE FROM budget_movement",
    "UPDATE budget_unmet SET amount = 1",
    "DELETE FROM budget_unmet",
    "DELETE FROM budget_challenge",
    "DELETE FROM budget_inbloc",
    "UPDATE proposals_budgetmotion SET amendment_id = NULL",
    "DELETE FROM proposals_budgetmotion",
]
HASH = "'" + "0" * 64 + "'"
BY_TRIGGER = [
    *each(
        "budget_year", "draft", "state = 'put'", "year = 2100", "text = 2", "hash = 'x'", "decided_by = 'x'"
    ),
    *each("budget_year", "open", "state = 'draft'", "floor = 1", "vote_on = now()", "state = 'put'"),
    *each(
        "budget_year",
        "put",
        "state = 'open'",
        f"state = 'adopted', decided_by = 'x', hash = {HASH}, settled_at = now()",  # no line has its amount yet
    ),
    *each("budget_year", "running", "state = 'adopted'", f"hash = {HASH}", "decided_by = 'x'", "floor = 0"),
    again("budget_year", "{open}", year="2100", state="'open'"),
    *each("budget_line", "draft_line", "adopted = 1", "year_id = {open}"),
    *each("budget_line", "open_line", "proposed = 1", "adopted = 1", "title = 'x'", "year_id = {draft}"),
    *each("budget_line", "put_line", "proposed = 1", "adopted = 1, title = 'x'"),
    *each("budget_line", "gas", "adopted = 1", "adopted = NULL", "proposed = 1"),
    "DELETE FROM budget_line WHERE id = {open_line}",
    again("budget_line", "{open_line}", code="'E-NEW'"),
    *each("budget_ceiling", "ceiling", "amount = 1"),
    "DELETE FROM budget_ceiling WHERE id = {ceiling}",
    *each(
        "budget_amendment",
        "written",
        "state = 'submitted', number = 900, submitted_at = now()",  # it does not balance
        "state = 'admitted'",
        "author_id = {lou}",
        "kind = 'common'",
        "number = 900",
    ),
    *each("budget_amendment", "handed_in", "title = 'x'", "proof = 'x'", "state = 'draft'", "number = 900"),
    *each("budget_amendment", "handed_in", "state = 'carried', ended_at = now(), decided_by = 'x'"),
    *each("budget_amendment", "carried", "state = 'not_carried'", "decided_by = 'x'", "ended_at = now()"),
    *each("budget_amendment", "fallen", "state = 'carried'", "fell_because = 'source'"),
    again("budget_amendment", "{handed_in}", number="901", state="'admitted'"),
    again("budget_amendment", "{written}", year_id="{running}"),
    again("budget_amendment", "{written}", amends_id="{sub}"),
    again("budget_amendment", "{written}", amends_id="{carried}"),
    again("budget_amendment", "{written}", kept_from_id="{carried}"),
    *each("budget_amendmentmove", "moved", "amount = 1", "amendment_id = {written}"),
    *each("budget_amendmentmove", "its_move", "amendment_id = {handed_in}", "line_id = {gas}"),
    "DELETE FROM budget_amendmentmove WHERE id = {moved}",
    again("budget_amendmentmove", "{moved}", amendment_id="{sub}"),
    again("budget_amendmentsupport", "{signed}", amendment_id="{admitted}", member_id="{lou}"),
    *each("budget_partof", "agreed", "agreed_at = now()", "agreed_by_id = NULL"),
    again("budget_partof", "{agreed}", common_id="{handed_in}"),
    again("budget_partof", "{agreed}", part_id="{carried}"),
    again("budget_actual", "{actual}", line_id="{open_line}"),
    again("budget_movement", "{movement}", number="900", year_id="{open}"),
    again("budget_movement", "{movement}", number="900", target_id="{bread}"),
    again("budget_movement", "{movement}", number="900", amount="19301"),
    again("budget_movement", "{movement}", number="900", source_id="{open_line}"),
    again(  # all that the line has, and a fund has some of it
        "budget_movement", "{movement}", number="900", source_id="{gas}", target_id="{bags}", amount="30700"
    ),
    *each("budget_unmet", "unmet", "title = 'x'"),
    *each("budget_challenge", "challenge", "because = 'x'", "answered_at = now(), amendment_id = {waits}"),
    again("budget_challenge", "{challenge}", amendment_id="{carried}"),
    again("budget_challenge", "{challenge}", amendment_id="{handed_in}"),
    *each("budget_inbloc", "in_bloc", "put_in_at = now()", "out_at = now(), amendment_id = {fallen}"),
    again("budget_inbloc", "{in_bloc}", amendment_id="{carried}"),
    again("budget_inbloc", "{in_bloc}", amendment_id="{fallen}"),
    again("budget_inbloc", "{in_bloc}", amendment_id="{admitted}"),
    *each("proposals_proposal", "laid_text", "state = 'settled', settled_at = now(), carried = TRUE"),
    *each("proposals_proposal", "laid_whole_text", "state = 'settled', settled_at = now(), carried = FALSE"),
    again("proposals_budgetmotion", "{laid_whole}", proposal_id="{motion}"),
    again("proposals_budgetmotion", "{laid_whole}", proposal_id="{by_hand}", year_id="{draft}"),
    again("proposals_budgetmotion", "{laid_whole}", proposal_id="{by_hand}", year_id="{running}"),
    again("proposals_budgetmotion", "{laid}", proposal_id="{by_hand}", amendment_id="{sub}"),
    again("proposals_budgetmotion", "{laid}", proposal_id="{by_hand}", amendment_id="{fallen}"),
]
FORWARD = [
    *each("budget_year", "draft", "vote_on = NULL"),
    *each("budget_line", "draft_line", "proposed = 1", "title = 'x'"),
    "DELETE FROM budget_line WHERE id = {draft_line}",
    *each("budget_line", "put_line", "adopted = 1"),
    *each("budget_ceiling", "draft_ceiling", "amount = 1"),
    *each("budget_amendment", "straight", "state = 'submitted', number = 900, submitted_at = now()"),
    *each(
        "budget_amendment",
        "fallen",
        "state = 'admitted', ended_at = NULL, fell_because = '', through_id = NULL, wanted_at = now()",
    ),
    *each("budget_amendmentmove", "its_move", "amount = 1"),
    *each("budget_partof", "part", "agreed_by_id = {lou}, agreed_at = now()"),
    *each("proposals_proposal", "laid_text", "state = 'settled', settled_at = now(), carried = FALSE"),
    again("budget_movement", "{movement}", number="900", amount="19300"),
    again("budget_actual", "{actual}", revision="2"),
    *each("budget_unmet", "unmet", "carried_to_id = {open}"),
    *each(
        "budget_challenge",
        "challenge",
        "is_right = TRUE, answer = 'x', answered_by_id = {lou}, answered_at = now()",
    ),
    *each("budget_inbloc", "in_bloc", "out_by_id = {lou}, out_at = now()"),
    *each("budget_amendment", "written", "on_behalf_of_id = NULL, revision = 1"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    refused = house.tried(hat, statement)[0]
    if hat == "application" and statement.startswith(WRITTEN_ONCE):
        assert refused in (TRIGGER, NO_RIGHT)
    else:
        assert refused == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_budget"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []


def test_the_states_of_the_tables_are_all_of_the_models() -> None:
    for steps, states in ((YEAR_STEPS, Year.State), (AMENDMENT_STEPS, Amendment.State)):
        assert {name for step in steps for name in step.split(">") if name} == set(states.values)
