"""Law 6 for what comes after a decision: what PostgreSQL itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.decisions import actions as decisions
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _carried(plant: make.Plant, title: str) -> Any:
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title=title)])
    make.cast(decision.ballot, plant.ana)
    return meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())


def _rows() -> dict[str, int]:
    """Two that were carried, one ended by the other; a third that a proposal still wants to end."""
    plant, at = make.plant(), make.now()
    made: dict[str, Any] = {"hal": plant.hal, "lou": plant.lou, "fay": plant.fay}
    made["earlier"], made["third"] = _carried(plant, "Benches"), _carried(plant, "Lamps")
    text = make.supported_motion(plant, title="Chairs")
    made["came_true"] = decisions.name_earlier(
        proposal=text, earlier=made["earlier"], how="supersedes", by=plant.ana, at=at
    )
    vote = make.open_vote(plant, motions=[text])
    make.cast(vote.ballot, plant.ana)
    made["later"] = meetings.close_vote(
        item=AgendaItem.objects.get(decision=vote), by=plant.bo, at=make.now()
    )
    waits = make.supported_motion(plant, title="Candles")
    made["settled_text"], made["open_text"] = text, make.published_motion(plant, title="Torches")
    made["named"] = decisions.name_earlier(
        proposal=waits, earlier=made["third"], how="repeals", by=plant.ana, at=at
    )
    made["struck"] = decisions.name_earlier(
        proposal=waits, earlier=made["later"], how="repeals", by=plant.ana, at=at
    )
    decisions.strike_earlier(ending=made["struck"], by=plant.ana, at=at)
    day = plant.cooperative.day_of(at)
    made["review"] = decisions.review(
        decision=made["later"], due_on=day.replace(year=day.year + 1), by=plant.ana, at=at
    )
    made["statement"] = decisions.state_minority(
        decision=made["later"], text="No.", by=plant.ana, at=make.now()
    )
    return {name: row.pk for name, row in made.items()}


WITHOUT_RIGHT = [
    *each("decisions_review", "review", "found = 'x'", "due_on = due_on + 1"),
    *each("decisions_minoritystatement", "statement", "text = 'x'"),
    *each("decisions_ending", "named", "how = 'supersedes'", "words = 'x'", "made_id = {earlier}"),
    *(
        f"DELETE FROM decisions_{table} WHERE id = {{{row}}}"
        for table, row in (("ending", "named"), ("review", "review"), ("minoritystatement", "statement"))
    ),
]
BY_TRIGGER = [
    *each("decisions_ending", "came_true", "ended_at = now() + interval '1 day'"),
    *each("decisions_ending", "came_true", "through_id = {third}"),
    *each("decisions_ending", "struck", "struck_at = NULL"),
    *each("decisions_ending", "named", "through_id = {later}, ended_at = now()"),  # carried on another text
    again("decisions_ending", "{came_true}", proposal_id="{open_text}", through_id="NULL", ended_at="NULL"),
    again("decisions_ending", "{came_true}", made_id="{third}"),
    again("decisions_minoritystatement", "{statement}", member_id="{hal} + 100000"),
]
ALLOWED = [
    *each("decisions_ending", "named", "struck_at = now()"),
    again("decisions_review", "{review}"),
    again("decisions_minoritystatement", "{statement}", member_id="{hal}"),
]


@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows(house: House, statement: str) -> None:
    assert house.tried("application", statement)[0] == NO_RIGHT
    for hat in ("owner", "owner, replica"):
        assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_decisions"]) == []
