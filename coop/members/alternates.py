"""Who moves up when a seat falls empty: the alternate of the same crew, else of the same department, else the next."""

from __future__ import annotations

import datetime

from .models import Mandate, Seat
from .rules.mandates import obstacles_in_person


def next_alternate(seat: Seat, at: datetime.datetime) -> Mandate | None:
    """The mandate of the alternate whose turn it is; none where the office has no alternate left.

    Who has gone, or was recalled from a seat of this body, is passed over.
    """
    found = Mandate.objects.filter(
        Mandate.in_force(at), seat__office=seat.office_id, seat__alternate=True
    ).select_related("seat__office__body", "member__cooperative__chain")
    waiting = [one for one in found if not obstacles_in_person(one.seat.office.body, one.member, at)]

    def farness(one: Mandate) -> tuple[bool, bool, int]:
        other_crew = seat.crew_id is not None and one.seat.crew_id != seat.crew_id
        other_place = seat.department_id is not None and one.seat.department_id != seat.department_id
        return (other_crew, other_place, one.seat.number)

    return min(waiting, key=farness, default=None)
