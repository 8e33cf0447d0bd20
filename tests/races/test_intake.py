"""Two at work on one list: the page of the one who confirmed, and the clock. Nobody is entered twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from coop.intake import actions, sheets
from coop.intake.models import Intake
from coop.journal.verify import verify
from coop.members.actions.many import admit_many
from coop.members.models import Member
from tests import make
from tests.intake.files import text

from .race import race, refusals

ROWS = 120


def confirmed(plant: make.Plant) -> Intake:
    lines = [
        "Number;Name;Joined on",
        *(f"{number};Rosa {number};2021-01-01" for number in range(100, 100 + ROWS)),
    ]
    read = actions.read_in(
        cooperative=plant.cooperative,
        file_name="list",
        digest="0" * 64,
        text_file=True,
        tables=sheets.read(text(*lines)),
        by=plant.cy,
        at=make.now(),
    )
    return actions.confirm(intake=read, document="Book", leave_out=False, by=plant.cy, at=make.now())


def test_each_row_is_entered_once(committed_db: str) -> None:
    plant = make.plant()
    intake = confirmed(plant)

    def work() -> None:
        while actions.work_off(intake=intake, by=plant.cy, at=make.now(), most=10):
            pass

    assert refusals(race([work] * 4)) == []
    while actions.work_off(intake=intake, by=plant.cy, at=make.now()):  # whoever found it locked went away
        pass
    intake.refresh_from_db()
    assert intake.state == "done"
    assert set(intake.rows.values_list("state", flat=True)) == {"done"}
    assert Member.objects.filter(number__gte=100).count() == ROWS
    assert verify([plant.cooperative.chain]) == []


def test_whoever_finds_it_locked_goes_away_at_once(committed_db: str) -> None:
    """The control: without the lock of the other the same call does its work."""
    plant = make.plant()
    intake = confirmed(plant)

    def beside() -> bool:
        return actions.work_off(intake=intake, by=plant.cy, at=make.now(), most=10)

    with transaction.atomic():
        Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
        assert race([beside]) == [False]
    assert race([beside]) == [True]
    assert intake.rows.filter(state="done").count() == 10


def test_a_batch_that_breaks_leaves_nothing_and_is_done_again(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = make.plant()
    intake = confirmed(plant)

    def entered_and_then_broken(**told: Any) -> None:
        admit_many(**told)
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr("coop.intake.actions.working.admit_many", entered_and_then_broken)
        actions.work_off(intake=intake, by=plant.cy, at=make.now(), most=10)
    assert intake.rows.filter(state="waiting").count() == ROWS
    assert not Member.objects.filter(number__gte=100).exists()
    assert actions.work_off(intake=intake, by=plant.cy, at=make.now(), most=10)
    assert Member.objects.filter(number__gte=100).count() == 10
    assert verify([plant.cooperative.chain]) == []
