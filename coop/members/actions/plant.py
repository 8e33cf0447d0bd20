"""Laying out the plant: departments, shifts, crews, rota. Done at the founding; later changes are dated moves."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Actor, Subject

from ..models import Crew, Department, Rota, Shift


@dataclass(frozen=True)
class Layout:
    """What a plant is made of. `crews` are in the order of the shifts they work from `rota_anchor` on."""

    departments: Sequence[tuple[str, str, bool]]  # code, name, funds only
    shifts: Sequence[tuple[str, str, datetime.time, datetime.time]] = ()  # code, name, starts, ends
    crews: Sequence[tuple[str, str]] = ()  # code, name
    rota_anchor: datetime.date | None = None
    rota_every_days: int = 14
    rota_step: int = -1


@transaction.atomic
def lay_out(*, cooperative: Cooperative, layout: Layout, by: Actor, at: datetime.datetime) -> None:
    """Enters the departments, shifts and crews of a new plant."""
    Department.objects.bulk_create(
        Department(cooperative=cooperative, code=code, name=name, funds_only=funds)
        for code, name, funds in layout.departments
    )
    Shift.objects.bulk_create(
        Shift(cooperative=cooperative, position=place, code=code, name=name, starts=starts, ends=ends)
        for place, (code, name, starts, ends) in enumerate(layout.shifts)
    )
    Crew.objects.bulk_create(
        Crew(cooperative=cooperative, position=place, code=code, name=name)
        for place, (code, name) in enumerate(layout.crews)
    )
    if layout.rota_anchor is not None:
        Rota.objects.create(
            cooperative=cooperative,
            anchor=layout.rota_anchor,
            every_days=layout.rota_every_days,
            step=layout.rota_step,
        )
    write(
        cooperative.chain,
        verb="plant-laid-out",
        subject=Subject("cooperative", str(cooperative.pk), cooperative.short_name),
        by=by,
        at=at,
        facts={
            "departments": [code for code, *_ in layout.departments],
            "shifts": [code for code, *_ in layout.shifts],
            "crews": [code for code, *_ in layout.crews],
        },
    )
