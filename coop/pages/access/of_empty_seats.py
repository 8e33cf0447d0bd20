"""Challenges of elections and seats of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.elections.models import Challenge
from coop.members.models import Seat

from .entering import Here, one


def challenges(here: Here) -> QuerySet[Challenge]:
    found = Challenge.objects.select_related(
        "election", "contest__office", "box__ballot", "member", "decided_by", "settled_by"
    )
    return found.filter(election__cooperative=here.cooperative)


def challenge(here: Here, key: int) -> Challenge:
    thing: Challenge = one(challenges(here), pk=key)
    thing.election.cooperative = here.cooperative
    return thing


def seat(here: Here, key: int) -> Seat:
    found = Seat.objects.select_related("office__body__cooperative", "crew", "department")
    thing: Seat = one(found.filter(office__body__cooperative=here.cooperative), pk=key)
    return thing
