"""Devices: those a person has called their own, and the tablets of the plant."""

from __future__ import annotations

import datetime
import secrets

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Account, Member
from coop.refusals import refuse_if

from ..models import Device, Kiosk
from ..models.devices import hash_of
from ..rules import obstacles_to_ending_kiosk, obstacles_to_starting_kiosk


@transaction.atomic
def remember_device(*, token: str, by: Account, at: datetime.datetime) -> Device:
    """`by` has just given the right secret here and says that the device is their own."""
    device, _new = Device.objects.update_or_create(
        account=by, token_hash=hash_of(token), defaults={"known_since": at}
    )
    return device


@transaction.atomic
def start_kiosk(*, place: str, by: Member, at: datetime.datetime) -> tuple[Kiosk, str]:
    """A tablet for everybody, and the token by which its browser is known; it is kept nowhere else."""
    refuse_if(obstacles_to_starting_kiosk(place, by=by, at=at))
    token = secrets.token_urlsafe(16)
    kiosk = Kiosk.objects.create(
        cooperative=by.cooperative, place=place, token_hash=hash_of(token), started_at=at, started_by=by
    )
    write(by.cooperative.chain, verb="kiosk-started", subject=_subject(kiosk), by=by.actor, at=at)
    return kiosk, token


@transaction.atomic
def end_kiosk(*, kiosk: Kiosk, by: Member, at: datetime.datetime) -> None:
    locked = Kiosk.objects.select_for_update(of=("self",), no_key=True).get(pk=kiosk.pk)
    refuse_if(obstacles_to_ending_kiosk(locked, by=by, at=at))
    Kiosk.objects.filter(pk=kiosk.pk).update(ended_at=at, ended_by=by)
    write(by.cooperative.chain, verb="kiosk-ended", subject=_subject(kiosk), by=by.actor, at=at)


def _subject(kiosk: Kiosk) -> Subject:
    return Subject("kiosk", kiosk.pk, kiosk.place)
