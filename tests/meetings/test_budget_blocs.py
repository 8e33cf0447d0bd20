"""Amendments of a budget that the assembly votes in one question, and one that somebody wants voted by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.budget.models import Amendment, InBloc, Line, Year
from coop.budget.tables import Table
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import Meeting
from coop.meetings.ways import Way
from coop.proposals.models import BudgetMotion
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import admitted, again, decided, fresh, in_session, item_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    return make_budget.opened(plant)


def refused(act: Callable[..., Any], **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(at=make.now(), **facts)
    return [str(reason) for reason in refusal.value.reasons]


def four(plant: make.Plant, year: Year) -> list[Amendment]:
    """Two that clash, and two that nobody disputes."""
    asked = [
        admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas"),
        admitted(plant, year, {"E-GAS": -1_000, "E-RES": 1_000}, title="Less gas"),
        admitted(plant, year, {"E-RES": -100, "E-BAG": 100}, title="Paper bags"),
        admitted(plant, year, {"I-CAK": 2_000, "E-BAG": 2_000}, title="More cakes"),
    ]
    make_budget.laid(plant, year)
    return [again(one) for one in asked]


def places(meeting: Meeting, asked: list[Amendment]) -> list[str]:
    return [item_for(meeting, one).place for one in asked]


def test_one_vote_decides_all_of_a_bloc(plant: make.Plant, year: Year) -> None:
    gas, less, bags, cakes = four(plant, year)
    meeting = in_session(plant, year)
    assert places(meeting, [gas, cakes, less, bags]) == ["3.1", "3.2", "3.3", "3.4"]
    meetings.vote_in_bloc(year=fresh(year), parts=[bags, cakes], by=plant.bo, at=make.now())
    assert places(meeting, [gas, cakes, bags, less]) == ["3.1", "3.2", "3.3", "3.4"]

    decided(plant, item_for(meeting, gas))
    assert again(less).state == "fallen"
    alone = item_for(meeting, bags)
    assert refused(meetings.open_vote, item=alone, by=plant.bo) == ["budget-not-its-turn (label=A4)"]
    decision = decided(plant, item_for(meeting, cakes))
    assert decision.title == f"{year.label}: A3, A4, voted together"
    assert decision.ballot.title == decision.title
    assert decision.text.startswith(f"{year.label} A3: Paper bags\n\n1. E-BAG Bags: +100")
    assert f"{year.label} A4: More cakes\n\n1. E-BAG Bags: +2,000" in decision.text
    assert [again(one).state for one in (bags, cakes)] == ["carried", "carried"]
    assert {again(one).decided_by for one in (bags, cakes)} == {decision.label}
    ended = BudgetMotion.objects.filter(amendment__in=[bags, cakes]).values_list("proposal__state", flat=True)
    assert list(ended) == ["settled", "settled"]
    assert refused(meetings.open_vote, item=alone, by=plant.bo) != []

    decided(plant, item_for(meeting, None))
    amounts = dict(Line.objects.filter(year=year).values_list("code", "adopted"))
    assert (amounts["E-BAG"], amounts["E-RES"], amounts["I-CAK"]) == (22_100, 9_900, 22_000)
    told = compose(meeting, language="en")
    assert f"It was voted together with others, as A4: carried. {decision.label}" in told.replace("\\", "")
    assert Decision.objects.filter(outcome="carried").count() == 3


def test_a_bloc_that_is_lost_is_lost_together(plant: make.Plant, year: Year) -> None:
    gas, _less, bags, cakes = four(plant, year)
    meeting = in_session(plant, year)
    meetings.vote_in_bloc(year=fresh(year), parts=[bags, cakes], by=plant.bo, at=make.now())
    decided(plant, item_for(meeting, gas))
    decided(plant, item_for(meeting, cakes), carried=False)
    assert [again(one).state for one in (bags, cakes)] == ["not_carried", "not_carried"]
    carried = BudgetMotion.objects.filter(amendment__in=[bags, cakes]).values_list(
        "proposal__carried", flat=True
    )
    assert list(carried) == [False, False]
    decided(plant, item_for(meeting, None))
    assert Line.objects.get(year=year, code="E-BAG").adopted == 20_000


def test_anybody_who_votes_has_one_voted_by_itself(plant: make.Plant, year: Year) -> None:
    gas, _less, bags, cakes = four(plant, year)
    meeting = in_session(plant, year)
    meetings.vote_in_bloc(year=fresh(year), parts=[bags, cakes], by=plant.bo, at=make.now())
    assert refused(meetings.vote_singly, amendment=gas, by=plant.gus) == [
        f"budget-in-no-bloc (label={gas.label})"
    ]
    meetings.vote_singly(amendment=bags, by=plant.gus, at=make.now())
    assert Table.of(fresh(year)).bloc == frozenset()
    assert InBloc.objects.get(amendment=bags).out_by == plant.gus
    assert Entry.objects.filter(verb="budget-bloc-left", subject_label__contains="Paper bags").count() == 1
    decided(plant, item_for(meeting, gas))
    decision = decided(plant, item_for(meeting, cakes))
    assert decision.title == f"{cakes.label}: More cakes"
    assert (again(cakes).state, again(bags).state) == ("carried", "admitted")
    decided(plant, item_for(meeting, bags), carried=False)
    assert (again(cakes).state, again(bags).state) == ("carried", "not_carried")


def test_who_may_and_what_may_not_be_put_together(plant: make.Plant, year: Year) -> None:
    gas, less, bags, cakes = four(plant, year)
    both = {"year": fresh(year), "parts": [bags, cakes]}
    assert refused(meetings.vote_in_bloc, by=plant.bo, **both) == ["budget-on-no-agenda"]
    meeting = in_session(plant, year)
    assert refused(meetings.vote_in_bloc, by=plant.ana, **both) == [
        "no-mandate (power=chair, body=General assembly)"
    ]
    assert refused(meetings.vote_in_bloc, year=fresh(year), parts=[bags], by=plant.bo) == [
        "budget-bloc-of-two"
    ]
    assert refused(meetings.vote_in_bloc, year=fresh(year), parts=[gas, bags, less], by=plant.bo) == [
        "budget-bloc-not-of-these (label=A1)",
        "budget-bloc-not-of-these (label=A2)",
    ]
    meetings.vote_in_bloc(by=plant.bo, at=make.now(), **both)
    assert refused(meetings.vote_in_bloc, by=plant.bo, **both) == ["budget-bloc-there (labels=A3, A4)"]
    decided(plant, item_for(meeting, gas))
    meetings.open_vote(item=item_for(meeting, cakes), by=plant.bo, at=make.now())
    for one in (bags, cakes):
        assert refused(meetings.vote_singly, amendment=again(one), by=plant.gus) == ["vote-under-way"]
    assert refused(meetings.vote_in_bloc, by=plant.bo, **both) == ["vote-under-way"]
    assert refused(meetings.open_vote, item=item_for(meeting, bags), by=plant.bo) == [
        "vote-under-way-on (item=3.2)"
    ]


def test_a_secret_vote_made_ready_before_is_given_up(plant: make.Plant, year: Year) -> None:
    """What it asks is not asked any more: it names what was taken out."""
    gas, _less, bags, cakes = four(plant, year)
    meeting = in_session(plant, year)
    meetings.move_in_budget(amendment=cakes, before=gas, because="Now.", by=plant.bo, at=make.now())
    meetings.vote_in_bloc(year=fresh(year), parts=[bags, cakes], by=plant.bo, at=make.now())
    ready = meetings.prepare_vote(
        item=item_for(meeting, cakes), way=Way.SECRET_SCREENS, by=plant.bo, at=make.now()
    )
    assert "Paper bags" in ready.text
    meetings.vote_singly(amendment=bags, by=plant.gus, at=make.now())
    ready.refresh_from_db()
    assert ready.outcome == "void"
