"""One slip of a sale is written once and signed by one second person, whoever presses in the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from coop.production import actions as production
from coop.production.actions import selling as acts
from coop.production.models import Sale, SaleSlip
from coop.refusals import Refused
from tests import make, make_selling
from tests.races.race import one_after_the_other

pytestmark = pytest.mark.usefixtures("committed_db")

FORM = "0123456789abcdef" * 2


def signed_twice(plant: make.Plant) -> list[Any]:
    slip = make_selling.slip(plant, make_selling.priced(plant))
    return one_after_the_other(
        lambda: production.sign_sale(slip=slip, by=plant.bo, at=make.now()).pk,
        lambda: production.sign_sale(slip=slip, by=plant.ana, at=make.now()).pk,
    )


def nobody_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "hold", lambda house: house)
    monkeypatch.setattr(acts, "_locked", lambda slip: SaleSlip.objects.get(pk=slip.pk))


def test_two_second_signatures_at_once_are_one() -> None:
    plant = make_selling.plant()
    first, second = signed_twice(plant)
    assert isinstance(second, Refused)
    assert [reason.code for reason in second.reasons] == ["entry-settled"]
    assert Sale.objects.get().pk == first
    assert Sale.objects.get().second_by == plant.bo


def test_without_the_lock_the_second_signature_meets_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: nobody holds the slip, so the second passes the rule and meets the trigger."""
    plant = make_selling.plant()
    nobody_holds(monkeypatch)
    _first, second = signed_twice(plant)
    assert isinstance(second, IntegrityError)
    assert Sale.objects.get().second_by == plant.bo


def refused_and_signed(plant: make.Plant) -> list[Any]:
    slip = make_selling.slip(plant, make_selling.priced(plant))
    return one_after_the_other(
        lambda: production.refuse_sale(slip=slip, because="No stock", by=plant.bo, at=make.now()),
        lambda: production.sign_sale(slip=slip, by=plant.ana, at=make.now()),
    )


def test_signing_and_refusing_at_once_are_not_both() -> None:
    _first, second = refused_and_signed(make_selling.plant())
    assert isinstance(second, Refused)
    assert [reason.code for reason in second.reasons] == ["entry-settled"]
    assert not Sale.objects.exists()


def test_without_the_lock_signing_what_is_refused_meets_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: nobody holds the slip, so the signature passes the rule and meets the trigger."""
    plant = make_selling.plant()
    nobody_holds(monkeypatch)
    _first, second = refused_and_signed(plant)
    assert isinstance(second, IntegrityError)
    slip = SaleSlip.objects.get()
    assert (slip.refused_by, slip.confirmed_by) == (plant.bo, None)
    assert not Sale.objects.exists()


def tapped_twice(plant: make.Plant) -> list[Any]:
    loaf = make_selling.priced(plant)
    return one_after_the_other(
        lambda: make_selling.slip(plant, loaf, form=FORM).pk,
        lambda: make_selling.slip(plant, loaf, form=FORM).pk,
    )


def test_two_taps_at_once_write_one_slip() -> None:
    plant = make_selling.plant()
    first, second = tapped_twice(plant)
    assert first == second == SaleSlip.objects.get().pk


def test_without_the_lock_the_second_tap_meets_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both see no slip of the form, and the second is stopped by the constraint only."""
    plant = make_selling.plant()
    nobody_holds(monkeypatch)
    first, second = tapped_twice(plant)
    assert isinstance(second, IntegrityError)
    assert SaleSlip.objects.get().pk == first
