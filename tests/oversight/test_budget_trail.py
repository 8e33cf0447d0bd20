"""A decision on a budget is followed to what it made of it, carried or not; the proposal leads to the budget."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.budget.models import Year
from coop.oversight.trail import Mark, What, settled, trails
from tests import make, make_budget
from tests.make_budget import admitted, decided, in_session, item_for

pytestmark = pytest.mark.django_db


def test_carried_or_not_the_decision_stands_at_the_budget() -> None:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    less = admitted(plant, year, {"E-FLR": -10, "E-BAG": 10})
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    for one, carried in ((more, True), (less, False), (None, True)):
        decided(plant, item_for(meeting, one), carried=carried)

    def effects() -> list[tuple[str, Mark]]:
        found = trails(list(settled(plant.cooperative.pk)), day=plant.cooperative.day_of(make.now()))
        return [
            (trail.decision.title, step.mark)
            for trail in found
            for step in trail.steps
            if step.what == What.EFFECT
        ]

    label = year.label
    assert effects() == [
        (f"{label}: the budget of {year.year}", Mark.ORDER),
        (f"{less.label}: More of it", Mark.ORDER),
        (f"{more.label}: More of it", Mark.ORDER),
    ]
    client = make.sign_in(Client(), plant.dee)
    key = settled(plant.cooperative.pk)[0].pk
    assert "it stands at the budget" in client.get(f"/bakery/decisions/{key}/followed/").content.decode()
    proposal = item_for(meeting, more).proposal_id
    assert f"/bakery/budget/{year.pk}/vote/" in client.get(f"/bakery/proposals/{proposal}/").content.decode()
    assert Year.objects.get(pk=year.pk).state == "adopted"
