"""Pay for tests: Lou keeps the budget; a scale of three grades and three supplements; months of everybody."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from coop.members.models import Body, Member, Power
from coop.pay import actions as pay
from coop.pay.models import Grade, PayMonth, PayScale
from coop.pay.ratio import Line
from coop.pay.rules.scales import NewGrade, NewSupplement
from tests import make
from tests.kept_steps import kept

GRADES = (
    NewGrade("A", "Bakers and packers", Decimal(1900), ("Baker", "Packer")),
    NewGrade("B", "Fitters", Decimal(2280), ("Fitter",)),
    NewGrade("C", "Night watch", Decimal(2850)),
)
SUPPLEMENTS = (
    NewSupplement("night", "Night shifts", "night", percent=Decimal(20)),
    NewSupplement("years", "Years at the oven", "seniority", percent=Decimal(10)),
    NewSupplement("heat", "At the open oven", "effort", amount=Decimal("95.50")),
)
ADOPTED = datetime.date(2024, 3, 2)
JUNE = datetime.date(2026, 6, 1)


@kept
def plant(*, bylaws: Mapping[str, Any] | None = None) -> make.Plant:
    """The bakery, where Lou is treasurer."""
    made = make.plant(bylaws=bylaws)
    council = Body.objects.get(cooperative=made.cooperative, code="ADM")
    make.office(made, council, "treasurer", made.lou, [(Power.KEEP_BUDGET, None)])
    return made


@kept
def entered(plant: make.Plant, *, valid_from: datetime.date = ADOPTED, **more: Any) -> PayScale:
    """By Lou; nobody has compared it yet."""
    return pay.enter_scale(
        cooperative=plant.cooperative,
        grades=more.get("grades", GRADES),
        supplements=more.get("supplements", SUPPLEMENTS),
        adopted_on=more.get("adopted_on", min(ADOPTED, valid_from)),
        adopted_by="D GA 2024-3",
        valid_from=valid_from,
        by=plant.lou,
        at=make.now(),
    )


@kept
def scale(plant: make.Plant, **more: Any) -> PayScale:
    """Signed by Bo."""
    made = entered(plant, **more)
    pay.confirm_scale(scale=made, by=plant.bo, at=make.now())
    return PayScale.objects.get(pk=made.pk)


def line(who: Member, grade: str = "A", paid: str = "1900", share: str = "100", **supplements: str) -> Line:
    found = {code: Decimal(amount) for code, amount in supplements.items()}
    return Line(who.number, grade, Decimal(paid), Decimal(share), found)


def lines(plant: make.Plant) -> list[Line]:
    """Eve and Fay bake, Fay at night; Gus is a fitter for half of the month."""
    return [
        line(plant.eve),
        line(plant.fay, night="380", heat="95.50"),
        line(plant.gus, "B", "1140", "50"),
    ]


@kept
def month(
    plant: make.Plant, *, of: datetime.date = JUNE, typed: Sequence[Line] | None = None, because: str = ""
) -> PayMonth:
    return pay.enter_month(
        cooperative=plant.cooperative,
        month=of,
        lines=typed if typed is not None else lines(plant),
        because=because,
        by=plant.lou,
        at=make.now(),
    )


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A scale that waits. Nobody of the small plant keeps the budget, so it stands there without an act."""
    made = PayScale.objects.create(
        cooperative=plant.cooperative,
        number=1,
        adopted_on=ADOPTED,
        adopted_by="Founding act",
        valid_from=ADOPTED,
        entered_by=plant.gus,
        entered_at=make.now(),
        entered_on=plant.cooperative.day_of(make.now()),
    )
    Grade.objects.create(scale=made, place=1, code="Γ", title="Άρτος", amount=1900)
    names = ("pay-scale", "pay-scale-countersign", "pay-scale-printed")
    return {name: {"number": made.number} for name in names}
