"""A choice of projects voted in secret: the urn is opened, and the same transaction writes down what was chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.budget.models import Fund, Project
from coop.decisions import actions as decisions
from coop.members.models import Power
from coop.refusals import Refused
from tests import make, make_funds, make_votes
from tests.make_funds import closed, drawn_up, set_up

pytestmark = pytest.mark.django_db

MARKS = {"jo": ["Roof", "Canteen"], "kim": ["Roof"], "lou": ["Van", "Canteen"], "eve": ["Roof"], "fay": []}


@pytest.fixture
def plant() -> make.Plant:
    made = make_funds.plant(**make_votes.ON_SCREENS)
    make.office(made, made.assembly, "urn keeper", made.gus, [(Power.RUN_ELECTIONS, None)])
    return made


def test_an_urn_that_is_opened_chooses_from_the_fund(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant))
    ballot = drawn_up(plant, fund, secrecy="secret")
    codes = make_votes.with_key(ballot, plant)
    ballots.start(ballot=ballot, by=plant.bo, at=make.now())
    numbers = {one.title: one.code for one in fund.projects.all()}
    for name, titles in MARKS.items():
        who = plant.people[name]
        answer = "=".join(sorted(numbers[title] for title in titles)) or "blank"
        ballots.cast_secret(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())
    ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    ballot = Ballot.objects.get(pk=ballot.pk)

    with pytest.raises(Refused):
        decisions.count_up(ballot=ballot, by=plant.gus, at=make.now())
    with pytest.raises(Refused):
        decisions.open_urn(ballot=ballot, codes={1: codes[1]}, by=plant.gus, at=make.now())
    assert Fund.objects.get(pk=fund.pk).state == "voting"

    (tally,) = decisions.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    assert (tally.voted, tally.blank) == (5, 1)
    chosen = Fund.objects.get(pk=fund.pk)
    assert (chosen.state, chosen.left_over) == ("chosen", Decimal(2_000))
    found = Project.objects.filter(fund=fund, state="chosen").order_by("rank").values_list("title", flat=True)
    assert list(found) == ["Roof", "Canteen"]
