"""Whoever is recalled does not begin elsewhere in the body while the bar lasts."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.models import Actor
from coop.members.actions.offices import end_mandate
from coop.members.models import Mandate
from coop.members.rules.mandates import obstacles_in_person


@transaction.atomic
def bar_what_is_to_begin(
    *, mandate: Mandate, document: str, by: Actor, at: datetime.datetime
) -> list[Mandate]:
    """`mandate` has been ended by a recall. What its holder was to begin in the same body before the bar is over never
    begins; returns these. Other seats of the body that they hold already stay theirs."""
    body = mandate.seat.office.body
    waiting = Mandate.objects.filter(
        Mandate.not_over(at), member=mandate.member_id, seat__office__body=body, since__gt=at
    ).select_related("seat__office__body", "member__cooperative__chain")
    barred = [one for one in waiting.order_by("pk") if obstacles_in_person(body, one.member, one.since)]
    for one in barred:
        end_mandate(mandate=one, ended=Mandate.Ended.RECALLED, document=document, by=by, at=at)
    return barred
