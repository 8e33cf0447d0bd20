"""What a search found is kept until the journal has a new line, or somebody says something to a problem."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.production import actions as production
from coop.search.finding import last_said
from tests import make, make_production
from tests.conftest import plain_connection
from tests.untold import Watch

SEARCH = "/bakery/search/?words=quince"


@pytest.fixture
def plant(committed_db: str, watch: Watch) -> make.Plant:
    watch.warm = True
    return make_production.plant()


def papers(client: Client) -> tuple[int, int]:
    """How many are found, and how many questions that takes."""
    with CaptureQueriesContext(connection) as seen:
        page = client.get(SEARCH).content.decode()
    return len(re.findall('<li class="story">', page)), len(seen)


def test_what_is_said_to_a_problem_is_found_at_once(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    make_production.problem(plant, title="A quince in the oven")
    eve, lou = (make.sign_in(Client(), who) for who in (plant.eve, plant.lou))
    production.say(problem=problem, kind="note", words="Look here.", by=plant.lou, at=make.now())
    assert (papers(eve)[0], papers(lou)[0]) == (1, 1)
    production.say(problem=problem, kind="note", words="It is the quince.", by=plant.lou, at=make.now())
    found, asked = papers(lou)
    assert (found, papers(eve)[0]) == (2, 2)
    assert papers(eve)[1] < asked, "whoever asks next is told what was found"


def test_while_somebody_writes_the_last_word_is_not_sure(plant: make.Plant) -> None:
    problem = make_production.problem(plant)
    production.say(problem=problem, kind="note", words="Look here.", by=plant.lou, at=make.now())
    assert last_said() is not None
    with plain_connection(connection.get_connection_params()) as other:
        with other.transaction():
            other.execute(
                "INSERT INTO production_problemevent SELECT * FROM production_problemevent WHERE FALSE"
            )
            assert last_said() is None
        assert last_said() is not None


def test_who_has_drafts_finds_them(plant: make.Plant) -> None:
    eve, lou = (make.sign_in(Client(), who) for who in (plant.eve, plant.lou))
    production.say(
        problem=make_production.problem(plant), kind="note", words="Here.", by=plant.lou, at=make.now()
    )
    assert papers(lou)[0] == papers(eve)[0] == 0
    make.motion(plant, title="Quinces for all")
    assert (papers(eve)[0], papers(lou)[0]) == (1, 0)
