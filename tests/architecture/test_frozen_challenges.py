"""Law 6 for challenges: what PostgreSQL itself refuses about them, and about what was proclaimed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.elections import actions as elections
from tests import make, make_offices, make_proclaimed
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone
from tests.elections.test_elections import called


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A challenge that waits, one that was dismissed, and an election that is only called."""
    plant, now = make_offices.plant(), make.now()
    made: dict[str, Any] = {"ana": plant.ana}
    done = make_proclaimed.proclaimed(plant, {"sol": 3, "uma": 1})
    made["contest"] = done.contests.get()
    made["open"] = elections.challenge(election=done, text="So.", by=plant.ana, at=now)
    made["dismissed"] = elections.decide_challenge(
        challenge=elections.challenge(election=done, text="So.", by=plant.eve, at=now),
        upheld=False,
        reasons="No.",
        by=plant.hal,
        at=now,
    )
    first = now - 44 * make_proclaimed.DAY
    made["called"] = young = called(plant, [make_offices.mandate(plant.ana).seat], at=first)
    made["young"] = young.contests.get()
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = ["DELETE FROM elections_challenge"]
BY_TRIGGER = [
    *each(
        "elections_challenge",
        "open",
        "text = 'x'",
        "member_id = member_id + 1",
        "decide_until = decide_until + 1",
        "state = 'appealed', appeal = 'x', appealed_at = now(), decided_by_id = {ana}, reasons = 'x'",
        "state = 'appeal_upheld'",
        "contest_id = {contest}",
    ),
    *each(
        "elections_challenge",
        "dismissed",
        "state = 'open'",
        "state = 'upheld'",
        "reasons = 'x'",
        "appeal_until = appeal_until + 1",
    ),
    again("elections_challenge", "{open}", number="9", election_id="{called}"),
    again("elections_challenge", "{open}", number="9", contest_id="{young}"),
    again("elections_challenge", "{open}", number="9", state="'upheld'"),
]
FORWARD = [
    *each("elections_challenge", "dismissed", "state = 'appealed', appeal = 'x', appealed_at = now()"),
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
    tables = ELSEWHERE["test_frozen_challenges"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
