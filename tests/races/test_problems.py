"""Two people close one problem at once, or lift one stop: one of them has done it, the other is told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from coop.production import actions as production
from coop.production.actions import solving as acts
from coop.production.models import Problem, Stop
from coop.refusals import Refused
from tests import make, make_production
from tests.races.race import one_after_the_other

pytestmark = pytest.mark.usefixtures("committed_db")


def codes(results: list[object]) -> list[list[str]]:
    assert all(one is None or isinstance(one, Refused) for one in results)
    return [[reason.code for reason in one.reasons] for one in results if isinstance(one, Refused)]


def test_two_closings_at_once_are_one() -> None:
    plant = make_production.plant()
    problem = make_production.solved(plant, unnamed=True)

    def close(name: str) -> None:
        production.verify(problem=problem, by=plant.people[name], at=make.now())

    results = one_after_the_other(lambda: close("ida"), lambda: close("jo"))
    assert codes(list(results)) == [["problem-not-there"]]
    found = Problem.objects.get(pk=problem.pk)
    assert (found.state, found.events.filter(kind="verified").count()) == ("verified", 1)


def test_closing_and_objecting_at_once_are_not_both() -> None:
    plant = make_production.plant()
    problem = make_production.solved(plant)
    results = one_after_the_other(
        lambda: production.verify(problem=problem, by=plant.eve, at=make.now()),
        lambda: production.object_to(problem=problem, words="No.", by=plant.ida, at=make.now()),
    )
    assert codes(list(results)) == [["problem-not-there"]]


def test_two_who_ask_to_lift_one_stop_are_one() -> None:
    plant = make_production.plant()
    make_production.problem(plant, stopped=True)
    stop = Stop.objects.get()

    def ask(name: str) -> None:
        production.ask_to_lift(stop=stop, made_safe="Safe.", by=plant.people[name], at=make.now())

    results = one_after_the_other(lambda: ask("fay"), lambda: ask("gus"))
    assert codes(list(results)) == [["stop-asked-already"]]


def test_without_the_lock_the_second_is_stopped_by_postgresql_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: nobody holds the problem, so the second closing passes the rule and meets the trigger."""
    plant = make_production.plant()
    problem = make_production.solved(plant, unnamed=True)
    monkeypatch.setattr(acts, "locked", lambda one: Problem.objects.get(pk=one.pk))

    def close(name: str) -> None:
        acts.verify(problem=problem, by=plant.people[name], at=make.now())

    results = one_after_the_other(lambda: close("ida"), lambda: close("jo"))
    assert [type(one) for one in results] == [type(None), IntegrityError]
    assert Problem.objects.get(pk=problem.pk).verified_by == plant.ida
