"""Passkeys: the telephone or a small stick signs, after a fingerprint or its own PIN. Nothing secret is kept here."""

from __future__ import annotations

from django.db import models

from coop.members.models import Account


class Passkey(models.Model):
    """The public half of a key, with the count of its signatures: one that goes back is a copy."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    credential = models.BinaryField(max_length=1023, unique=True)  # what the device calls it
    public_key = models.BinaryField(max_length=2000)
    counter = models.BigIntegerField()  # 0 for ever on devices that do not count
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="passkey_has_a_name"),
            models.CheckConstraint(condition=models.Q(counter__gte=0), name="passkey_counts_from_zero"),
        ]

    def __str__(self) -> str:
        return self.name
