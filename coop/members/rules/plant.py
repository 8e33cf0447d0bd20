"""Why the plant cannot be laid out so: a rota, a department, a crew. Lists of reasons, no writes."""

from __future__ import annotations

import datetime
import re

from coop.refusals import Reason

from ..models import Crew, Department, Member, Rota, Shift
from .entering import obstacles_in_day
from .people import obstacles_to_keeping_the_register

CODE = re.compile(r"[A-Z0-9-]{1,12}")


def obstacles_to_changing_rota(
    anchor: datetime.date, every_days: int, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """From today on, after the rota on record, and not for a year that nobody meant."""
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    day = by.cooperative.day_of(at)
    if not Shift.objects.filter(cooperative=by.cooperative_id).exists():
        reasons.append(Reason("no-shifts"))
    if every_days < 1:
        reasons.append(Reason("turn-too-short"))
    if anchor < day:
        reasons.append(Reason("rota-in-the-past"))
    reasons += obstacles_in_day(anchor, day=day)
    last = Rota.objects.filter(cooperative=by.cooperative_id).order_by("-anchor").first()
    if last is not None and anchor <= last.anchor:
        reasons.append(Reason("rota-before-the-last", {"day": last.anchor.isoformat()}))
    return reasons


def obstacles_to_withdrawing_rota(rota: Rota, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if rota.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if rota.anchor <= by.cooperative.day_of(at):
        reasons.append(Reason("rota-has-begun"))
    return reasons


def obstacles_to_adding(
    model: type[Department] | type[Crew], code: str, name: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A department or a crew: by a plain code that no other has, with a name."""
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if not CODE.fullmatch(code):
        reasons.append(Reason("code-not-plain"))
    if not name.strip():
        reasons.append(Reason("no-name"))
    if model._default_manager.filter(cooperative=by.cooperative_id, code=code).exists():
        reasons.append(Reason("code-taken", {"code": code}))
    return reasons
