"""Two blocs at once, and one that is left while its vote is opened: what is voted is what the ballot says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.actions import blocs
from coop.budget.models import Amendment, Year
from coop.budget.tables import Table
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.actions import budgets
from coop.meetings.models import Meeting
from tests import make, make_budget
from tests.make_budget import admitted, fresh, in_session, item_for
from tests.races.race import one_after_the_other, refusals


def asked(plant: make.Plant, many: int) -> tuple[Year, list[Amendment]]:
    """Nobody disputes any of them; the first moves most."""
    year = make_budget.opened(plant)
    made = [
        admitted(plant, year, {"I-CAK": 90 - place, "E-BAG": 90 - place}, title=f"Bags {place}")
        for place in range(many)
    ]
    year = make_budget.laid(plant, year)
    return year, list(Amendment.objects.select_related("year").filter(pk__in=[one.pk for one in made]))


def formed(plant: make.Plant, year: Year, parts: list[Amendment]) -> Callable[[], Any]:
    return lambda: budget.form_bloc(year=year, parts=parts, by=plant.bo, at=make.now())


def read(one: Amendment) -> Amendment:
    return Amendment.objects.select_related("year__cooperative__chain", "on_behalf_of").get(pk=one.pk)


def test_of_two_blocs_at_once_one_stands(committed_db: str) -> None:
    plant = make_budget.plant()
    year, four = asked(plant, 4)
    results = one_after_the_other(formed(plant, year, four[:2]), formed(plant, year, four[2:]))
    assert refusals(results) == ["budget-bloc-there"]
    assert Table.of(fresh(year)).bloc == {one.pk for one in four[:2]}


def test_without_the_lock_they_become_one_that_nobody_asked_for(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = make_budget.plant()
    year, four = asked(plant, 4)
    monkeypatch.setattr(blocs, "locked", fresh)
    results = one_after_the_other(formed(plant, year, four[:2]), formed(plant, year, four[2:]))
    assert refusals(results) == []
    assert Table.of(fresh(year)).bloc == {one.pk for one in four}


def left_while_opened(plant: make.Plant) -> tuple[Year, list[Any]]:
    year, two = asked(plant, 2)
    meeting = in_session(plant, year)
    meetings.vote_in_bloc(year=fresh(year), parts=two, by=plant.bo, at=make.now())
    item = item_for(meeting, two[0])
    results = one_after_the_other(
        lambda: meetings.open_vote(item=item, by=plant.bo, at=make.now()),
        lambda: meetings.vote_singly(amendment=two[1], by=plant.gus, at=make.now()),
    )
    assert f"{two[1].label}: Bags 1" in Decision.objects.get().text
    return year, results


def test_nobody_leaves_a_bloc_whose_vote_is_being_opened(committed_db: str) -> None:
    year, results = left_while_opened(make_budget.plant())
    assert refusals(results) == ["vote-under-way"]
    assert len(Table.of(fresh(year)).bloc) == 2


def test_without_the_locks_the_ballot_asks_what_is_not_decided(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = make_budget.plant()
    act = meetings.vote_singly

    def without_locks(**facts: Any) -> None:
        with monkeypatch.context() as bare:
            bare.setattr(budgets, "locked", lambda held: Meeting.objects.get(pk=held.pk))
            bare.setattr(budgets, "locked_year", lambda year: fresh(Year(pk=getattr(year, "pk", year))))
            bare.setattr(blocs, "locked_amendment", read)
            act(**facts)

    monkeypatch.setattr(meetings, "vote_singly", without_locks)
    year, results = left_while_opened(plant)
    assert refusals(results) == []
    assert Table.of(fresh(year)).bloc == frozenset()
