"""Why the register office may not keep a view, enter hours, or change the rota. Lists of reasons, no writes."""

from __future__ import annotations

import datetime

from coop.refusals import Reason

from ..hired import Hours, Work, first_day
from ..models import Member, SavedView
from .people import obstacles_to_keeping_the_register

LONGEST_NAME = 60


def obstacles_to_saving_view(name: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if not name:
        reasons.append(Reason("view-without-name"))
    if len(name) > LONGEST_NAME:
        reasons.append(Reason("view-name-too-long", {"most": LONGEST_NAME}))
    if SavedView.objects.filter(cooperative=by.cooperative_id, name=name).exists():
        reasons.append(Reason("view-name-taken", {"name": name}))
    return reasons


def obstacles_to_dropping_view(view: SavedView, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if view.cooperative_id != by.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return reasons


def obstacles_to_entering_hours(
    year: int, quarter: int, hours: Hours, *, source: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Of a quarter that has begun, from a sheet that can be found again."""
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if first_day(year, quarter) > by.cooperative.day_of(at):
        reasons.append(Reason("quarter-not-begun", {"quarter": quarter, "year": str(year)}))
    if hours.outside > hours.hired:
        reasons.append(Reason("outside-more-than-hired"))
    if not hours.members + hours.hired:
        reasons.append(Reason("no-hours"))
    if not source.strip():
        reasons.append(Reason("no-document"))
    return reasons


def obstacles_to_asking_for_membership(run: Work | None, *, day: datetime.date) -> list[Reason]:
    """Why there is no letter yet that invites somebody to ask."""
    if run is None:
        return [Reason("neither-hired-nor-on-trial")]
    if run.may_ask_from > day:
        return [Reason("letter-later", {"day": run.may_ask_from.isoformat()})]
    return []
