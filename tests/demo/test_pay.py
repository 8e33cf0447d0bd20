"""Three months of equal pay stand in the demonstration, computed from the register and the rota."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from coop.demo.timeline import World
from coop.pay.models import PayMonth, PayScale, Slip
from coop.pay.rules.scales import scale_on

pytestmark = pytest.mark.django_db


def test_one_scale_pays_everybody_the_reference_pay(world: World) -> None:
    scale = PayScale.objects.get()
    assert scale_on(world.cooperative, world.files.today) == scale
    assert [grade.amount for grade in scale.grades.all()] == [world.cooperative.reference_pay] == [1900]
    assert [one.code for one in scale.supplements.all()] == ["heat", "night", "years"]
    assert (scale.entered_by.number, scale.confirmed_by.number if scale.confirmed_by else 0) == (315, 120)


def test_the_last_three_months_are_paid_to_every_member(world: World) -> None:
    months = list(PayMonth.objects.order_by("month"))
    assert [one.month for one in months] == [datetime.date(2026, month, 1) for month in (8, 9, 10)]
    # 320 and no pay for who is suspended; somebody joined on 11 August, moved by four weeks: 8 September
    assert [one.people for one in months] == [318, 319, 319]
    assert {(one.ratio, one.ceiling, one.over, one.differing) for one in months} == {("1/1", "3/2", False, 0)}
    assert all(1 < Fraction(one.ratio_with) < Fraction(3, 2) for one in months)


def test_slips_add_up(world: World) -> None:
    """M120 works at the casthouse since 2011: heat, ten years and more, and the nights of the crew."""
    slip = Slip.objects.get(month__month=datetime.date(2026, 10, 1), member=world.people["M120"])
    found = {one.supplement.code: one.amount for one in slip.supplements.all()}
    assert (slip.paid, found["heat"], found["years"]) == (1900, 120, 190)
    assert found.get("night", Decimal(0)) <= 380
    newest = Slip.objects.get(month__month=datetime.date(2026, 9, 1), member=world.people["M294"])
    assert (newest.share, newest.paid) == (Decimal("76.67"), Decimal("1456.73"))
