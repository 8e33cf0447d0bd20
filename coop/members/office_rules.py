"""Why the register office may not keep a view, enter hours, or change the rota. Lists of reasons, no writes."""

from __future__ import annotations

import datetime

from coop.refusals import Reason

from .models import Member, SavedView
from .rules import obstacles_to_keeping_the_register

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
