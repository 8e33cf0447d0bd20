"""A choice of technique that ends in a tie between its options, in a meeting: a lot is drawn before two witnesses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Lot
from coop.charter.actions import adopt_bylaws
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.proposals import actions as proposals
from coop.proposals.actions.floor import write_technique
from coop.proposals.floor_words import Way
from coop.proposals.models import Proposal
from tests import make, make_selling

pytestmark = pytest.mark.django_db

OVENS = [
    Way("Gas oven", "90,000 out of the fund", "Nobody loses work", "Gas alarm", "Two days"),
    Way("Electric oven", "120,000 on credit", "One more person", "Less heat", "Five days"),
]


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def by_lot(plant: make.Plant) -> None:
    adopt_bylaws(
        cooperative=plant.cooperative,
        valid_from=make_selling.today(plant),
        adopted_by="D GA 2026-3",
        changes={"tie_rule": "lot"},
        by=plant.ana.actor,
        at=make.now(),
    )


def tied(plant: make.Plant) -> AgendaItem:
    """All eight want an oven: four rank the one first, four the other."""
    draft = write_technique(title="The oven", ways=OVENS, took_part="Ida and Jo", by=plant.eve, at=make.now())
    proposals.publish(proposal=draft, by=plant.eve, at=make.now())
    for who in (plant.ida, plant.jo):
        proposals.support(proposal=draft, by=who, at=make.now())
    draft = Proposal.objects.get(pk=draft.pk)
    item = make.meeting_in_session(plant, motions=[draft]).items.get(proposal=draft)
    ballot = meetings.open_vote(item=item, by=plant.bo, at=make.now()).ballot
    for place, name in enumerate(make.NAMES[:8]):
        who, answers = plant.people[name.lower()], {1: "for", 2: "1>2" if place % 2 else "2>1"}
        ballots.cast(ballot=ballot, answers=answers, form=f"{who.pk:032x}", by=who, at=make.now())
    return AgendaItem.objects.select_related("meeting", "decision__ballot").get(pk=item.pk)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_lot_is_written_down_on_its_page_and_the_count_goes_by_it(plant: make.Plant) -> None:
    by_lot(plant)
    item = tied(plant)
    assert item.decision is not None
    bo = make.sign_in(Client(), plant.bo)
    close = f"/bakery/meetings/{item.meeting_id}/items/{item.place}/vote/close/"
    lot = f"/bakery/ballots/{item.decision.ballot_id}/lot/"
    assert bo.post(close).headers["Location"] == close
    waits = bo.post(close)
    assert waits.status_code == 409
    (names,) = re.findall(r"Question 2 ends in a tie: ([^.]*)\. A lot is drawn in public", words(waits))
    assert sorted(names.split(", ")) == ["Electric oven", "Gas oven"]
    assert f'href="{lot}"' in words(waits)
    told = {"seed": "4 2 6 6 1 3", "how": "Three dice, by Hal", "witness_1": "5", "witness_2": "6"}
    assert bo.post(lot, told).status_code == 302
    assert Lot.objects.get().ballot == item.decision.ballot
    assert bo.post(close).status_code == 302
    settled = Decision.objects.get(pk=item.decision.pk)
    found = settled.ballot.questions.get(number=2).tally.result
    assert (settled.outcome, sorted(found["winners"])) == ("carried", ["1", "2"])
    name = OVENS[int(found["winner"]) - 1].name
    assert settled.adopted_text.split("\n\n")[1].startswith(f"1. {name}\n")
    assert Proposal.objects.get(pk=item.proposal_id).carried is True


def test_where_the_rules_know_no_lot_a_tie_chooses_nothing(plant: make.Plant) -> None:
    item = tied(plant)
    made = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    assert Proposal.objects.get(pk=item.proposal_id).carried is False
    eve = make.sign_in(Client(), plant.eve)
    said = "but no option was chosen"
    for page in ("decisions/", f"decisions/{made.pk}/", f"proposals/{item.proposal_id}/", "proposals/", ""):
        assert f"arried, {said}" in words(eve.get(f"/bakery/{page}")), page
    assert f"{said}, in force" not in words(eve.get("/bakery/decisions/"))
    assert said not in words(eve.get("/bakery/decisions/?state=in_force"))
