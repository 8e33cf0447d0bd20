"""One's own area on the desk: how many are away today, never who or why."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.members import actions as members
from tests import make, make_offices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("floor", "told"), [(5, True), (7, False)])
def test_how_many_of_the_department_are_away_is_a_number(client: Client, floor: int, told: bool) -> None:
    plant = make_offices.plant(bylaws={"published_floor": floor})  # six people pack
    day = plant.cooperative.day_of(make.now())
    for name, status in (("rita", "medical_leave"), ("uma", "voluntary_leave"), ("tita", "active")):
        members.change_standing(
            member=plant.people[name],
            kind="member",
            status=status,
            since=day,
            reason="",
            by=make.FOUNDING,
            at=make.now(),
        )
    page = make.sign_in(client, plant.people["pia"]).get("/bakery/offices/mine/").content.decode()
    assert "6 people" in page
    assert ("2 of them are away today" in page) is told
    assert "Rita" not in page
