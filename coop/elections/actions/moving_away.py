"""What the clock does when the month is over in which somebody left those who elected them (practice C07)."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.models import CLOCK, Actor
from coop.members.actions.bodies import locked
from coop.members.models import Mandate
from coop.refusals import refuse_if

from ..rules.moving_away import obstacles_to_moving_away
from .vacancies import end_and_fill


@transaction.atomic
def empty_seat_of_the_moved(*, mandate: Mandate, by: Actor = CLOCK, at: datetime.datetime) -> Mandate | None:
    """The seat is empty and the alternate has it. Returns whose it is now."""
    found = Mandate.objects.select_related(
        "member__cooperative__chain", "seat__office__body__department", "seat__crew", "seat__department"
    )
    body = found.get(pk=mandate.pk).seat.office.body_id
    locked(body)
    mandate = found.get(pk=mandate.pk)
    refuse_if(obstacles_to_moving_away(mandate, at=at))
    document = str(mandate.seat.office.title)
    return end_and_fill(mandate=mandate, ended=Mandate.Ended.MOVED_AWAY, document=document, by=by, at=at)
