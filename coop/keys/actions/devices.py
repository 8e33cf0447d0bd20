"""Devices: those a person has called their own."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.members.models import Account

from ..models import Device
from ..models.devices import hash_of


@transaction.atomic
def remember_device(*, token: str, by: Account, at: datetime.datetime) -> Device:
    """`by` has just given the right secret here and says that the device is their own."""
    device, _new = Device.objects.update_or_create(
        account=by, token_hash=hash_of(token), defaults={"known_since": at}
    )
    return device
