"""The places of a department, by the names that those who work there use."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.models import Department, Member
from coop.refusals import refuse_if

from ..models import Area
from ..rules import problems as rules
from .locks import hold


@transaction.atomic
def add_area(*, department: Department, name: str, by: Member, at: datetime.datetime) -> Area:
    cooperative = hold(department.cooperative)
    name = one_line(name)
    refuse_if(rules.obstacles_to_adding_area(department, name, by=by, at=at))
    area = Area.objects.create(department=department, name=name, made_at=at)
    write(
        cooperative.chain,
        verb="area-added",
        subject=Subject("area", str(area.pk), name),
        by=by.actor,
        at=at,
        facts={"department": department.code},
    )
    return area


@transaction.atomic
def close_area(*, area: Area, by: Member, at: datetime.datetime) -> None:
    """The place is given up; what happened there stays."""
    cooperative = hold(area.department.cooperative)
    area.refresh_from_db(fields=["closed_at"])
    refuse_if(rules.obstacles_to_closing_area(area, by=by, at=at))
    Area.objects.filter(pk=area.pk).update(closed_at=at)
    write(
        cooperative.chain,
        verb="area-closed",
        subject=Subject("area", str(area.pk), area.name),
        by=by.actor,
        at=at,
        facts={"department": area.department.code},
    )
