"""Deputies and second signatures of two people at once: one wins, the other reads why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from coop.in_office import actions as office_work
from coop.in_office.models import Commitment
from coop.members import actions as members
from coop.members.models import Deputy, Mandate
from coop.refusals import Refused
from tests import make
from tests.make_in_office import office
from tests.make_signatures import commitment, limited
from tests.races.race import one_after_the_other, race


def names(plant: make.Plant, deputy: str) -> Callable[[], Any]:
    """Bo names somebody for the same three days."""
    held = {one.member_id: one for one in Mandate.objects.select_related("member")}
    since = make.now() + make.days(1)
    facts = {"mandate": held[plant.bo.pk], "through": held[plant.people[deputy].pk], "by": plant.bo}
    return lambda: members.name_deputy(since=since, until=since + make.days(3), at=make.now(), **facts)


def test_of_two_namings_for_the_same_days_the_second_is_refused(committed_db: str) -> None:
    plant = make.plant()
    first, second = one_after_the_other(names(plant, "ana"), names(plant, "cy"))
    assert isinstance(first, Deputy)
    assert isinstance(second, Refused)
    assert [reason.code for reason in second.reasons] == ["deputy-named-already"]
    assert Deputy.objects.count() == 1


def test_without_the_lock_only_postgresql_keeps_them_apart(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the second looks before the first is there, and runs into the constraint instead of a reason."""
    plant = make.plant()
    monkeypatch.setattr("coop.members.actions.deputies.locked", lambda mandate: mandate)
    first, second = one_after_the_other(names(plant, "ana"), names(plant, "cy"))
    assert isinstance(first, Deputy)
    assert isinstance(second, IntegrityError)
    assert "one_deputy_at_a_time" in str(second)


def test_what_is_countersigned_and_turned_down_at_once_becomes_one_of_both(committed_db: str) -> None:
    plant = make.plant()
    limited(plant)
    found, president, now = commitment(plant), office(plant), make.now()
    ended = race(
        [
            lambda: office_work.sign_second(commitment=found, office=president, by=plant.bo, at=now),
            lambda: office_work.turn_down_commitment(commitment=found, because="No.", by=plant.ana, at=now),
        ]
    )
    assert sorted(type(one).__name__ for one in ended) == ["Commitment", "Refused"]
    (no,) = (one for one in ended if isinstance(one, Refused))
    assert [reason.code for reason in no.reasons] == ["commitment-settled"]


def test_numbers_of_what_is_signed_at_once_have_no_gap(committed_db: str) -> None:
    plant = make.plant()
    ended = race([lambda: commitment(plant, "10")] * 4)
    assert sorted(one.number for one in ended) == [1, 2, 3, 4]
    assert Commitment.objects.count() == 4
