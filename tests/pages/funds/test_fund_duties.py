"""What a fund asks of somebody stands on their front page, and of nobody else's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.budget import actions as budget
from coop.members.models import Member
from tests import make, make_funds
from tests.make_funds import put_forward, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_funds.plant()


def front(who: Member) -> str:
    return make.sign_in(Client(), who).get("/bakery/").content.decode()


def to(name: str, key: int) -> str:
    return reverse(name, args=["bakery", key])


def test_whoever_is_named_answers_the_commission_checks_and_the_treasurer_closes(plant: make.Plant) -> None:
    fund = set_up(plant)
    roof = put_forward(plant, fund, answers=plant.gus, by=plant.eve)
    check, answer = (f'href="{to(name, roof.pk)}"' for name in ("fund-project-check", "fund-project"))
    assert [answer in front(one) for one in (plant.gus, plant.hal, plant.eve, plant.kim)] == [
        True,
        False,
        False,
        False,
    ]
    assert "A project that names you" in front(plant.gus)
    assert [check in front(one) for one in (plant.hal, plant.gus, plant.eve)] == [True, False, False]

    budget.answer_for(project=roof, by=plant.gus, at=make.now())
    assert answer not in front(plant.gus)
    assert f'href="{to("fund", fund.pk)}"' not in front(plant.kim)
    roof.refresh_from_db()
    budget.check_project(
        project=roof,
        revision=roof.revision,
        feasible=True,
        because="The offer is sound.",
        by=plant.hal,
        at=make.now(),
    )
    assert check not in front(plant.hal)
    assert f'href="{to("fund", fund.pk)}"' in front(plant.kim)
    assert "The list of a fund to close" not in front(plant.eve)
    budget.close_list(fund=fund, by=plant.kim, at=make.now())
    assert "The list of a fund to close" not in front(plant.kim)


def test_the_front_page_asks_one_question_more_however_many_there_are(plant: make.Plant) -> None:
    fund = set_up(plant)

    def questions() -> int:
        client = make.sign_in(Client(), plant.hal)
        client.get("/bakery/")
        with CaptureQueriesContext(connection) as found:
            client.get("/bakery/")
        return len(found)

    none = questions()
    put_forward(plant, fund)
    one = questions()
    for title in ("Van", "Canteen", "Training"):
        put_forward(plant, fund, title, 1_000)
    assert questions() == one
    assert one - none == 1
