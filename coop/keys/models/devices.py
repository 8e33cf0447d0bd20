"""Devices that are known: a person's own telephone, and the tablets of the plant. Of a cookie only the hash is kept."""

from __future__ import annotations

import hashlib

from django.db import models

from coop.charter.models import Cooperative
from coop.members.models import Account, Member


def hash_of(token: str) -> str:
    """What is stored of a cookie. 128 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class Device(models.Model):
    """A browser on which an account has signed in and said "this is my own". It opens nothing by itself.

    All it does: its wrong tries are counted apart, so that a stranger's do not shut it out.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64)
    known_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "token_hash"], name="device_once_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.known_since:%Y-%m-%d}"


class Kiosk(models.Model):
    """A tablet of the plant on which one member after another does one thing, from its start until it is ended."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(place=""), name="kiosk_stands_somewhere"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="kiosk_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.place
