"""Two of the register office at one person, and two newcomers with one number; each with a control that loses."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.db import IntegrityError

from coop.members import actions
from coop.members.actions import applications, corrections, people
from coop.members.models import Correction, Department, Member
from coop.members.rules.entering import Newcomer
from coop.members.seen import last_entry
from tests import make
from tests.races.race import PATIENCE, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def correct_at_once(plant: make.Plant, many: int = 4) -> list[Any]:
    """Everybody had the same state before their eyes."""
    seen = last_entry(plant.eve)

    def act(number: int) -> Any:
        return lambda: actions.correct(
            member=plant.eve,
            changes={"job": f"job {number}"},
            reason="list",
            seen=seen,
            by=plant.cy,
            at=make.now(),
        )

    return race([act(number) for number in range(many)])


def test_of_several_keepers_at_one_person_one_writes() -> None:
    results = correct_at_once(make.plant())
    assert refusals(results) == ["person-changed-meanwhile"] * 3
    assert Correction.objects.count() == 1


def test_control_without_what_was_seen_each_writes_over_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "obstacles_to_writing", lambda *a, **k: [])
    assert refusals(correct_at_once(make.plant())) == []
    assert Correction.objects.count() == 4


def enter_at_once(plant: make.Plant) -> list[Any]:
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")

    def act(name: str) -> Any:
        person = Newcomer(
            16, name, plant.cooperative.day_of(make.now()), department=ovens, document="Minute 8"
        )
        return lambda: actions.enter_person(
            cooperative=plant.cooperative, person=person, by=plant.cy, at=make.now()
        )

    return race([act(name) for name in ("Pia", "Pau", "Pol")])


def test_one_number_is_given_to_one_person() -> None:
    results = enter_at_once(make.plant())
    assert refusals(results) == ["number-taken"] * 2
    assert Member.objects.filter(number=16).count() == 1


def test_control_without_the_lock_the_others_run_into_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has asked whether the number is free before any of them wrote; asking a second time is luck."""
    gate = threading.Barrier(3)
    asked = applications.obstacles_to_entering

    def slow(*arguments: Any, **more: Any) -> Any:
        found = asked(*arguments, **more)
        gate.wait(timeout=PATIENCE)
        return found

    monkeypatch.setattr(applications, "_hold_numbers", lambda cooperative: None)
    monkeypatch.setattr(applications, "obstacles_to_entering", slow)
    monkeypatch.setattr(people, "obstacles_to_admitting", lambda *a: [])
    results = enter_at_once(make.plant())
    assert [type(one) for one in results].count(IntegrityError) == 2


def test_moving_and_leaving_at_once_do_not_wait_for_each_other() -> None:
    """Both take the member first; whoever comes second sees what the first wrote. Bo is in office and wants both."""
    plant = make.plant()
    for to in ("move", "leave"):
        actions.give_consent(to=to, by=plant.bo, at=make.now())
    day = plant.cooperative.day_of(make.now())
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    move = {"member": plant.bo, "department": packing, "crew": None, "since": day, "reason": ""}
    results = race(
        [
            lambda: actions.move(**move, by=plant.cy, at=make.now()),
            lambda: actions.leave(
                member=plant.bo, since=day + datetime.timedelta(days=1), by=plant.cy, at=make.now()
            ),
        ]
    )
    assert refusals(results) == []
