"""All words of a problem stand together, follow what is said about it, and are what its passages hold."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from coop.production import actions as production
from coop.production.models import Problem
from coop.search.finding import keys_holding, queries
from coop.search.words import terms
from tests import make, make_production

pytestmark = pytest.mark.django_db

WORDS_OF = "SELECT problem_id, words::text FROM search_problemwords ORDER BY problem_id"


@pytest.fixture
def plant() -> make.Plant:
    return make_production.plant()


def holding(plant: make.Plant, typed: str) -> set[str]:
    keys = keys_holding("problem", plant.cooperative, queries(plant.cooperative, terms(typed)))
    return set(Problem.objects.filter(pk__in=keys).values_list("title", flat=True))


def two(plant: make.Plant) -> tuple[Problem, Problem]:
    door = make_production.problem(plant, details="The upper hinge is askew.", risk="Heat is lost.")
    belt = make_production.problem(plant, place="Belt", title="The belt slips", risk="Loaves fall.")
    production.say(problem=door, kind="idea", words="Oil on Mondays.", by=plant.gus, at=make.now())
    production.say(problem=belt, kind="cause", words="A worn bearing.", by=plant.gus, at=make.now())
    return door, belt


def test_words_are_found_together_wherever_they_stand_in_a_problem(plant: make.Plant) -> None:
    two(plant)
    assert holding(plant, "door askew heat oil") == {"The door does not shut"}
    assert holding(plant, "belt fall bearings") == {"The belt slips"}
    assert holding(plant, "door bearing") == set()  # each in another problem
    assert holding(plant, '"worn bearing"') == {"The belt slips"}
    assert holding(plant, '"bearing worn"') == set()


def test_what_is_said_later_is_found_too(plant: make.Plant) -> None:
    door, _belt = two(plant)
    assert holding(plant, "door grease") == set()
    production.say(problem=door, kind="note", words="Grease is there.", by=plant.fay, at=make.now())
    assert holding(plant, "door grease") == {"The door does not shut"}


def test_nothing_of_another_house_is_found(plant: make.Plant) -> None:
    two(plant)
    other = make.plant("mill")
    assert holding(other, "door") == set()


def test_what_the_triggers_wrote_is_what_the_migration_writes_anew(plant: make.Plant) -> None:
    """What stands in a house that is older than this table is found as what comes after it."""
    two(plant)
    made = import_module("coop.search.migrations.0003_problems_as_one")
    with connection.cursor() as cursor:
        cursor.execute(WORDS_OF)
        followed = cursor.fetchall()
        cursor.execute("DELETE FROM search_problemwords")
        cursor.execute(made.FILL)
        cursor.execute(WORDS_OF)
        assert cursor.fetchall() == followed
    assert len(followed) == 2
