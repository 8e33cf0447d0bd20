"""What stands in the way of entering a holiday."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.members.models import Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from .drafts import FARTHEST
from .models import Holiday


def obstacles_to_entering_holiday(
    cooperative: Cooperative, day: datetime.date | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever calls meetings, of whatever body: a holiday is one for all. Without a `day` it is struck."""
    reasons = obstacles_without(Power.CONVENE, by=by, at=at)
    if day is None:
        return reasons
    today = cooperative.day_of(at)
    if day < today:
        reasons.append(Reason("holiday-over"))
    if day > today + FARTHEST:
        reasons.append(Reason("sitting-too-far"))
    if Holiday.objects.filter(cooperative=cooperative, day=day).exists():
        reasons.append(Reason("holiday-entered-already"))
    return reasons
