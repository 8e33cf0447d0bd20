"""Law 6 for the auditor's work: what PostgreSQL itself refuses about findings and what was said to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.oversight import actions as oversight
from tests import make, make_oversight
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
    """A finding that waits, one that is before the assembly unanswered, one that is answered, one that is closed."""
    plant, now = make.plant(), make.now()
    made: dict[str, Any] = {"dee": plant.dee, "ana": plant.ana}
    made["open"] = make_oversight.finding(plant)
    made["late"] = make_oversight.finding(plant, at=now - make.days(30), title="Late")
    oversight.lay_before_assembly(finding=made["late"], at=now)
    made["late"].refresh_from_db()
    made["owed"] = made["late"].owed
    made["answered"] = answered = make_oversight.finding(plant, title="Answered")
    made["word"] = oversight.answer_finding(finding=answered, text="Yes.", by=plant.ana, at=now)
    made["closed"] = closed = make_oversight.finding(plant, title="Closed")
    made["last_word"] = oversight.remark(finding=closed, text="So.", by=plant.dee, at=now)
    oversight.close_finding(finding=closed, settled=True, text="Done.", by=plant.dee, at=now)
    made["signed"] = make_oversight.count(plant, plant.fay)
    oversight.sign_count(sheet=made["signed"], agrees=False, says="Too late.", by=plant.fay, at=now)
    make_oversight.report(plant)
    oversight.verify_journal(checkpoint=None, by=plant.dee, at=now)
    oversight.carry_books_out(for_whom="Perez", by=plant.dee, at=now)
    made["appeal"] = make_oversight.appeal(plant, plant.eve)
    oversight.note_reading(what="person", key="17", by=plant.dee, at=now)
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = [
    "DELETE FROM oversight_finding",
    "UPDATE oversight_findingword SET text = 'x'",
    "DELETE FROM oversight_findingword",
    "UPDATE oversight_reading SET hour = now()",
    "DELETE FROM oversight_reading",
    "DELETE FROM oversight_appeal",
    "UPDATE oversight_auditreport SET text = 'x'",
    "DELETE FROM oversight_auditreport",
    "UPDATE oversight_countsheet SET counted = 1",
    "DELETE FROM oversight_countsheet",
    "UPDATE oversight_countline SET pieces = 1",
    "DELETE FROM oversight_countline",
    "UPDATE oversight_journalcheck SET faults = 0",
    "DELETE FROM oversight_journalcheck",
    "UPDATE oversight_export SET for_whom = 'x'",
    "DELETE FROM oversight_export",
]
BY_TRIGGER = [
    *each(
        "oversight_finding",
        "open",
        "title = 'x'",
        "text = 'x'",
        "article = 'x'",
        "rule = 'x'",
        "answer_by = now()",
        "body_id = body_id + 1",
        "written_by_id = {ana}",
        "about_label = 'x'",
        "number = 900",
        "closing = 'x'",
    ),
    *each("oversight_finding", "late", "owed_id = NULL", "answer_by = now()"),
    *each("oversight_finding", "answered", "state = 'open'", "text = 'x'"),
    *each(
        "oversight_finding",
        "closed",
        "state = 'open'",
        "state = 'unsettled', owed_id = {owed}",
        "closing = 'x'",
        "closed_at = now()",
    ),
    *each(
        "oversight_appeal",
        "appeal",
        "text = 'x'",
        "standing_id = standing_id + 1",
        "owed_id = NULL",
        "made_at = now()",
        "decided_at = now()",
    ),
    *each("oversight_countsheet", "signed", "agrees = true", "says = 'x'", "signed_at = now()"),
    again("oversight_appeal", "{appeal}", number="900", standing_id="900", state="'lifted'"),
    again("oversight_finding", "{open}", number="901", state="'answered'"),
    again("oversight_findingword", "{last_word}", text="'More.'"),
]
FORWARD = [
    *each("oversight_finding", "open", "state = 'answered'"),
    *each(
        "oversight_finding",
        "answered",
        "state = 'settled', closing = 'x', closed_by_id = {dee}, closed_at = now()",
    ),
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
    tables = ELSEWHERE["test_frozen_oversight"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
