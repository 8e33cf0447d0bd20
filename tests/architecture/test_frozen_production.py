"""Law 6 for the shop floor: what PostgreSQL itself refuses about problems, their events, photos and stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.production import actions as production
from coop.production.frozen import PROBLEM_STEPS
from coop.production.models import Problem, Stop
from tests import make, make_production
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A problem in every state, one line that stands still and one that runs again, a meeting that was held."""
    plant = make_production.plant()
    now = make.now()
    made: dict[str, Any] = {"area": make_production.area(), "belt": make_production.area("Belt")}
    made |= {name: plant.people[name] for name in ("eve", "fay", "gus", "ida")}
    production.close_area(area=made["belt"], by=plant.cy, at=now)
    made["open"] = make_production.problem(plant, photos=[make_production.photo()])
    production.say_me_too(problem=made["open"], by=plant.gus, at=now)
    made["solved"] = make_production.solved(plant)
    made["by_ida"] = make_production.solved(plant, by=plant.ida)
    made["verified"] = make_production.solved(plant)
    production.verify(problem=made["verified"], by=plant.eve, at=now)
    made["joined"] = make_production.problem(plant)
    production.join(problem=made["joined"], other=made["open"], by=plant.eve, at=now)
    made["conduct"] = make_production.problem(plant)
    production.move_to_conduct(problem=made["conduct"], by=plant.ida, at=now)
    # What an event has told may become so; nothing else.
    made["told"] = make_production.problem(plant)
    production.met(
        body=make_production.body(plant, "RP"), label="RP 1", touched=[], by=plant.kim.actor, at=now
    )
    made["stopped"] = make_production.problem(plant, stopped=True)
    made["lifted"] = make_production.problem(plant, stopped=True)
    stop = made["lifted"].stops.get()
    production.ask_to_lift(stop=stop, made_safe="Safe.", by=plant.fay, at=now)
    production.lift(stop=stop, by=plant.gus, at=now)
    made["runs"] = stop
    made["stands"] = Stop.objects.get(lifted_at=None)
    return {name: row.pk for name, row in made.items()}


TELLS = (
    "INSERT INTO production_problemevent (problem_id, kind, at, words, before, after, level, priority, measured)"
    " VALUES ({{{row}}}, '{kind}', now(), 'x', '{before}', '{after}', 'meeting', 'high', '')"
)


def told(row: str, kind: str, before: str, after: str, statement: str) -> str:
    """A statement behind the event that tells of it, in one."""
    insert = TELLS.format(row=row, kind=kind, before=before, after=after)
    return f"DO $do$ BEGIN {insert}; {statement}; END $do$ --  production_problem "


SOLVE = "UPDATE production_problem SET state = 'solved', solved_by_id = {fay}, solved_at = now() WHERE id = {open}"
VERIFY = (
    "UPDATE production_problem SET state = 'verified', verified_by_id = {who}, verified_at = now()"
    " WHERE id = {row}"
)


def verify(row: str, who: str) -> str:
    return VERIFY.replace("who", who).replace("row", row)


def verified(row: str, who: str) -> str:
    return told(row, "verified", "solved", "verified", verify(row, who))


WITHOUT_RIGHT = [
    "DELETE FROM production_area",
    "UPDATE production_area SET name = 'x'",
    "DELETE FROM production_problem",
    "UPDATE production_problemevent SET words = 'x'",
    "DELETE FROM production_problemevent",
    "UPDATE production_metoo SET member_id = {eve}",
    "DELETE FROM production_metoo",
    "UPDATE production_problemphoto SET content = ''",
    "DELETE FROM production_problemphoto",
    "DELETE FROM production_stop",
    "UPDATE production_stop SET stopped_by_id = NULL",
    "UPDATE production_meetingheld SET label = 'x'",
    "DELETE FROM production_meetingheld",
]
BY_TRIGGER = [
    *each("production_area", "belt", "closed_at = NULL", "closed_at = now()"),
    *each(
        "production_problem",
        "open",
        "title = 'x'",
        "raised_by_id = {ida}",
        "raised_at = now()",
        "number = 900",
        "area_id = {belt}",
        "state = 'verified', solved_by_id = {fay}, solved_at = now(), verified_by_id = {eve}, verified_at = now()",
        "state = 'conduct'",  # no event tells it
        "level = 'council'",
        "priority = 'low'",
        "reopened = 1",
        "met_since = 1",
    ),
    SOLVE,  # no event tells it
    verify("solved", "eve"),
    *each("production_problem", "solved", "solved_by_id = {gus}", "untouched = 1"),
    *each(
        "production_problem",
        "verified",
        "state = 'open'",
        "verified_by_id = {ida}",
        "answer_by = '2030-01-01'",
    ),
    *each("production_problem", "joined", "joined_to_id = {told}", "state = 'solved'"),
    *each("production_problem", "conduct", "state = 'open'", "level = 'council'"),
    verified("solved", "gus"),  # neither Eve nor a council
    told("open", "solved", "in_progress", "solved", SOLVE),  # the event found another state
    *each(
        "production_stop",
        "runs",
        "lifted_at = now()",
        "asked_by_id = {ida}",
        "lifted_by_id = NULL, lifted_at = NULL",
    ),
]
FORWARD = [
    verified("solved", "eve"),
    verified("solved", "ida"),
    told("open", "solved", "open", "solved", SOLVE),
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
def test_what_its_event_tells_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement)[0] is None


CHECK = "23514"
ASKED = "asked_by_id = {fay}, asked_at = now(), made_safe = 'x'"


@pytest.mark.parametrize(
    "statement",
    [
        verified("by_ida", "ida"),
        f"UPDATE production_stop SET {ASKED}, lifted_by_id = {{fay}}, lifted_at = now() WHERE id = {{stands}}",
        "UPDATE production_stop SET lifted_by_id = {fay}, lifted_at = now() WHERE id = {stands}",
    ],
)
def test_nobody_does_alone_what_takes_two(house: House, statement: str) -> None:
    """Ida sits in the council and said that it is solved: she does not confirm it as well."""
    assert house.tried("application", statement)[0] == CHECK


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_production"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []


def test_the_states_of_the_steps_are_all_of_the_model() -> None:
    assert {name for step in PROBLEM_STEPS for name in step.split(">") if name} == set(Problem.State.values)
