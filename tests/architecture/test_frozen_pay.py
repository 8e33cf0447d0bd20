"""Law 6 for pay: what PostgreSQL itself refuses about scales, months and slips."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.pay.models import PayMonth, Slip, SlipSupplement
from tests import make, make_pay
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
    """A scale in force with a month paid by it, and one that waits."""
    plant = make_pay.plant()
    made: dict[str, Any] = {"lou": plant.lou, "bo": plant.bo, "hal": plant.hal}
    made["held"], made["waits"] = make_pay.scale(plant), make_pay.entered(plant)
    made["grade"], made["other_grade"] = made["held"].grades.all()[0], made["waits"].grades.all()[0]
    made["extra"], made["other_extra"] = (
        made["held"].supplements.all()[0],
        made["waits"].supplements.all()[0],
    )
    made["month"] = make_pay.month(plant)
    made["of_grade"] = made["month"].grades.all()[0]
    told = {
        name: getattr(made["month"], name)
        for name in ("ratio", "ratio_with", "ceiling", "counts_supplements")
    }
    made["empty"] = PayMonth.objects.create(
        cooperative=plant.cooperative,
        month=datetime.date(2026, 5, 1),
        number=1,
        scale=made["held"],
        people=1,
        differing=0,
        entered_by=plant.lou,
        entered_at=make.now(),
        **told,
    )
    made["slip"] = Slip.objects.get(month=made["month"], member=plant.eve)
    made["part"] = SlipSupplement.objects.all()[0]
    return {name: row.pk for name, row in made.items()}


TABLES = ("grade", "supplement", "paymonth", "gradeinmonth", "slip", "slipsupplement")
WITHOUT_RIGHT = [
    "DELETE FROM pay_payscale",
    "UPDATE pay_payscale SET valid_from = '2020-01-01'",
    "UPDATE pay_grade SET amount = 1",
    "UPDATE pay_supplement SET percent = 1",
    "UPDATE pay_paymonth SET ratio = '1/1'",
    "UPDATE pay_gradeinmonth SET people = 9",
    "UPDATE pay_slip SET paid = 1",
    "UPDATE pay_slipsupplement SET amount = 1",
    *(f"DELETE FROM pay_{table}" for table in TABLES),
]
BY_TRIGGER = [
    *each("pay_payscale", "held", "confirmed_by_id = {hal}"),
    again("pay_payscale", "{held}", number="900"),  # with both signatures from the first moment
    again("pay_grade", "{grade}", place="50", code="'Z'"),
    again("pay_supplement", "{extra}", place="50", code="'z'"),
    again("pay_paymonth", "{month}", number="2", because="'So.'", scale_id="{waits}"),
    again("pay_paymonth", "{month}", number="2", because="'So.'", month="'2024-03-01'"),
    again("pay_slip", "{slip}", month_id="{empty}", grade_id="{other_grade}"),
    again("pay_slip", "{slip}", member_id="{hal}"),
]
FORWARD = [
    again("pay_slip", "{slip}", month_id="{empty}"),
    "UPDATE pay_payscale SET confirmed_by_id = {bo}, confirmed_at = now() WHERE id = {waits}",
    again("pay_grade", "{other_grade}", place="50", code="'Z'"),
    again("pay_supplement", "{other_extra}", place="50", code="'z'"),
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
    tables = ELSEWHERE["test_frozen_pay"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []


def test_it_is_the_statement_that_wants_all_slips_at_once(house: House) -> None:
    """Without that trigger one slip more would go in, so it is this one that refuses it."""
    one_more = again("pay_slip", "{slip}", member_id="{hal}")
    with house.connection.transaction(force_rollback=True):
        house.connection.execute("ALTER TABLE pay_slip DISABLE TRIGGER all_at_once")
        assert house.tried("owner", one_more) == (None, 1)
