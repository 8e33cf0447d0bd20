"""Two people at one finding: it is closed once, and what two clocks find is owed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coop.journal.models import Entry
from coop.meetings.models import Request
from coop.oversight import actions as oversight
from coop.refusals import Refused
from tests import make, make_oversight
from tests.races.race import race


def test_two_who_close_a_finding_at_once_close_it_once(committed_db: str) -> None:
    plant = make.plant()
    found = make_oversight.finding(plant)

    def close(settled: bool) -> Callable[[], Any]:
        return lambda: oversight.close_finding(
            finding=found, settled=settled, text="So.", by=plant.dee, at=make.now()
        )

    ended = race([close(True), close(False)])
    assert sorted(type(one).__name__ for one in ended) == ["Finding", "Refused"]
    (no,) = (one for one in ended if isinstance(one, Refused))
    assert [reason.code for reason in no.reasons] == ["finding-closed"]


def test_two_clocks_owe_an_unanswered_finding_once(committed_db: str) -> None:
    plant = make.plant()
    found = make_oversight.finding(plant, at=make.now() - make.days(30))
    tick = [lambda: oversight.lay_before_assembly(finding=found, at=make.now())] * 3
    ended = race(tick)
    assert [one.pk for one in ended] == [found.pk] * 3
    assert Request.objects.count() == 1
    assert Entry.objects.filter(verb="finding-unanswered").count() == 1
