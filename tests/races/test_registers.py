"""The row of the register holds off what must not overtake: a claim and the final list, two decisions on one claim."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError

from coop.ballots import actions
from coop.ballots.actions import registers
from coop.ballots.models import Claim, Register
from coop.refusals import Refused
from tests import make
from tests.races.race import one_after_the_other

pytestmark = pytest.mark.usefixtures("committed_db")
SECOND = datetime.timedelta(seconds=1)


def without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        registers,
        "_locked",
        lambda register: Register.objects.select_related("cooperative__chain", "body__cooperative").get(
            pk=register.pk
        ),
    )


def posted(plant: make.Plant) -> Register:
    return actions.draw_register(
        body=plant.assembly,
        closes_on=plant.cooperative.day_of(make.now()) - make.days(1),
        needed_at=make.now() + make.days(9),
        by=make.FOUNDING,
        at=make.now(),
    )


def claim_in_the_last_second(plant: make.Plant, register: Register) -> list[Any]:
    return one_after_the_other(
        lambda: actions.claim(
            register=register,
            kind="addition",
            member=plant.oz,
            text="Look again.",
            claimed_by=plant.oz,
            by=plant.oz,
            at=register.claims_until - SECOND,
        ),
        lambda: actions.make_final(register=register, at=register.claims_until),
    )


def test_a_claim_of_the_last_second_is_decided_before_the_list_is_final() -> None:
    plant = make.plant()
    register = posted(plant)
    results = claim_in_the_last_second(plant, register)
    assert isinstance(results[0], Claim)
    register.refresh_from_db()
    assert (register.final_at, register.claims.get().state) == (None, "open")


def test_control_without_the_lock_the_list_is_final_and_a_claim_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant = make.plant()
    register = posted(plant)
    without_the_lock(monkeypatch)
    # Without the journal too: its head would hold the two apart by accident.
    monkeypatch.setattr(registers, "write", lambda *all_of_it, **facts: None)
    claim_in_the_last_second(plant, register)
    register.refresh_from_db()
    assert (register.final_at is not None, register.claims.get().state) == (True, "open")


def two_decisions(plant: make.Plant, register: Register) -> list[Any]:
    pia = make.member(plant.cooperative, 16, "Pia", joined=register.closes_on)
    claim = actions.claim(
        register=register,
        kind="addition",
        member=pia,
        text="Look again.",
        claimed_by=pia,
        by=pia,
        at=make.now(),
    )
    return one_after_the_other(
        lambda: actions.grant_claim(claim=claim, by=plant.ana, at=make.now()),
        lambda: actions.refuse_claim(claim=claim, reasons="No.", by=plant.bo, at=make.now()),
    )


def test_of_two_decisions_on_one_claim_the_second_is_refused() -> None:
    plant = make.plant()
    register = posted(plant)
    first, second = two_decisions(plant, register)
    assert isinstance(first, Claim)
    assert isinstance(second, Refused)
    assert [reason.code for reason in second.reasons] == ["claim-decided"]
    assert (register.claims.get().state, register.lines().count()) == ("granted", 13)


def test_control_without_the_lock_only_the_trigger_stops_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    plant = make.plant()
    register = posted(plant)
    without_the_lock(monkeypatch)
    first, second = two_decisions(plant, register)
    assert isinstance(first, Claim)
    assert isinstance(second, IntegrityError)
    assert "never goes" in str(second)


def test_a_grant_and_the_final_moment_come_one_after_the_other() -> None:
    """The grant is the last one: it makes the list final, with its line; the clock finds nothing left to do."""
    plant = make.plant()
    register = posted(plant)
    pia = make.member(plant.cooperative, 16, "Pia", joined=register.closes_on)
    claim = actions.claim(
        register=register,
        kind="addition",
        member=pia,
        text="Look again.",
        claimed_by=pia,
        by=pia,
        at=make.now(),
    )
    over = register.claims_until + SECOND
    results = one_after_the_other(
        lambda: actions.grant_claim(claim=claim, by=plant.ana, at=over),
        lambda: actions.make_final(register=register, at=over),
    )
    assert [type(result) for result in results] == [Claim, Register]
    register.refresh_from_db()
    assert (register.final_size, register.final_at) == (13, over)
    assert results[1].final_hash == register.final_hash
