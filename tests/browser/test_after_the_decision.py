"""On telephones, with and without a script: what a text ends is named, the minority speaks, the register tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_decision_ends_another_and_the_minority_says_why_it_was_against(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    earlier = make.open_vote(plant, motions=[make.supported_motion(plant, title="Benches in the yard")])
    make.cast(earlier.ballot, plant.ana)
    earlier = meetings.close_vote(item=AgendaItem.objects.get(decision=earlier), by=plant.bo, at=make.now())
    text = make.supported_motion(plant, title="No benches in the yard")

    ana = people("bakery", PHONE, script=script).sign_in(plant.ana)
    ana.go(f"proposals/{text.pk}/").press("It takes the place of one, or repeals one")
    ana.fill("Number of the earlier decision", earlier.label).choose("Repeals").press("Name it")
    assert ana.reads(f"Repeals {earlier}")
    assert ana.sideways() == 0

    vote = make.open_vote(plant, motions=[text])
    make.cast(vote.ballot, plant.ana)
    make.cast(vote.ballot, plant.bo)
    make.cast(vote.ballot, plant.hal, "against")
    later = meetings.close_vote(item=AgendaItem.objects.get(decision=vote), by=plant.bo, at=make.now())

    hal = people("bakery", PHONE, script=script).sign_in(plant.hal)
    hal.go(f"decisions/{later.pk}/").press("Write a minority statement")
    hal.fill("What you say", "Old people sat there.").press("Put it beside the decision")
    assert hal.reads("Old people sat there.")
    assert hal.sideways() == 0

    ana.go("decisions/").pick("State", "repealed").press("Show these")
    assert ana.reads(f"repealed by {later.label}")
    assert ana.sideways() == 0
    ana.press("Benches in the yard")
    assert ana.reads("It was repealed by:")
    ana.go(f"decisions/{later.pk}/").press("Set a day")
    assert ana.sideways() == 0
    tomorrow = plant.cooperative.day_of(make.now() + make.days(40))
    ana.fill("On which day it is looked at (again)", tomorrow.isoformat()).press("Write it down")
    assert ana.reads("To be looked at on")
