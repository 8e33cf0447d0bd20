"""The front page says whose word an amendment waits for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Proposal
from tests import make, make_council

pytestmark = pytest.mark.django_db

HOURS = "Hours of others may not be more than six per cent of all hours."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    return make.supported_motion(plant, title="Hired work", clauses=[HOURS])


def front(who: Member) -> list[tuple[str, str, str]]:
    """What the front page says of amendments: kicker, headline, address."""
    answer: Any = make.sign_in(Client(), who).get("/bakery/")
    stories = [story for column in answer.context["waiting"] for story in column.stories]
    kickers = ("Your text is amended", "Your amendment is amended", "A common text", "Decision to name")
    return [(one.kicker, one.headline, one.address) for one in stories if one.kicker in kickers]


def test_the_mover_is_told_until_the_meeting_opens(plant: make.Plant, text: Proposal) -> None:
    assert front(plant.eve) == []
    four = Words(1, HOURS.replace("six", "four"))
    one = proposals.submit(proposal=text, changes=[four], by=plant.fay, at=make.now())
    told = [("Your text is amended", "Hired work", f"/bakery/proposals/{text.pk}/#text")]
    assert front(plant.eve) == told
    assert front(plant.fay) == []
    five = Words(1, HOURS.replace("six", "five"))
    sub = proposals.submit(proposal=text, changes=[five], amends=one, by=plant.gus, at=make.now())
    assert front(plant.fay) == [("Your amendment is amended", sub.label, f"/bakery/amendments/{sub.pk}/")]
    proposals.table(proposal=text, by=plant.bo.actor, at=make.now())
    proposals.hand_to_meeting(proposal=text, by=plant.bo.actor, at=make.now())
    assert front(plant.eve) == []
    assert front(plant.fay) == []


def test_a_common_text_waits_for_the_other_mover(plant: make.Plant, text: Proposal) -> None:
    made = [
        proposals.submit(
            proposal=text, changes=[Words(1, HOURS.replace("six", figure))], by=who, at=make.now()
        )
        for figure, who in (("four", plant.fay), ("eight", plant.gus))
    ]
    seven = Words(1, HOURS.replace("six", "seven"))
    common = proposals.propose_common(parts=made, changes=[seven], by=plant.fay, at=make.now())
    assert front(plant.fay) == []
    assert front(plant.gus) == [("A common text", common.label, f"/bakery/amendments/{common.pk}/")]
    proposals.agree(part=common.parts.get(part=made[1]), by=plant.gus, at=make.now())
    assert front(plant.gus) == []


def test_who_calls_a_council_is_asked_for_its_decision(plant: make.Plant, text: Proposal) -> None:
    body = make_council.council(plant)
    four = Words(1, HOURS.replace("six", "four"))
    one = proposals.submit(proposal=text, changes=[four], on_behalf_of=body, by=plant.fay, at=make.now())
    assert front(plant.fay) == [("Decision to name", one.label, f"/bakery/amendments/{one.pk}/council/")]
    assert front(plant.ana) == []
