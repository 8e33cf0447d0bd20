"""The sitting rests, and goes on."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..course import obstacles_to_going_on, obstacles_to_pausing
from ..models import Pause, Sitting
from .locks import locked, subject_of


@transaction.atomic
def pause_sitting(
    *,
    sitting: Sitting,
    because: str,
    goes_on_at: datetime.datetime | None = None,
    by: Member,
    at: datetime.datetime,
) -> Pause:
    """The sitting rests; the screen in the hall is black but for the hour at which it goes on."""
    sitting = _fresh(sitting)
    refuse_if(obstacles_to_pausing(sitting, goes_on_at=goes_on_at, by=by, at=at))
    pause = Pause.objects.create(
        sitting=sitting, since=at, goes_on_at=goes_on_at, because=because.strip(), called_by=by
    )
    _tell(sitting, by, at, verb="sitting-paused")
    return pause


@transaction.atomic
def go_on(*, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
    """The pause is over."""
    sitting = _fresh(sitting)
    refuse_if(obstacles_to_going_on(sitting, by=by, at=at))
    Pause.objects.filter(sitting=sitting, until=None).update(until=at)
    _tell(sitting, by, at, verb="sitting-goes-on")


def _tell(sitting: Sitting, by: Member, at: datetime.datetime, *, verb: str) -> None:
    """Why it rests is on the row; the journal, which is never cleared, has only that it does."""
    write(
        sitting.meeting.cooperative.chain,
        verb=verb,
        subject=subject_of(sitting.meeting),
        by=by.actor,
        at=at,
        facts={"sitting": sitting.number},
    )


def _fresh(sitting: Sitting) -> Sitting:
    meeting = locked(sitting.meeting)
    held = meeting.sittings.get(pk=sitting.pk)
    held.meeting = meeting
    return held
