"""Ten codes on a sheet of paper, each good for one signing-in: where the secret is forgotten or better not typed."""

from __future__ import annotations

from django.db import models

from coop.members.hashers import peppered
from coop.members.models import Account


class OneTimeCode(models.Model):
    """One of the ten. Only a keyed hash is kept: 55 random bits, which nobody tries out without the pepper.

    That is why it is no slow hash: a slow one makes short and human secrets dear to guess, and these are neither.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # by a newer sheet

    class Meta:
        ordering = ["printed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None), name="code_used_or_withdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.printed_at:%Y-%m-%d}"

    @staticmethod
    def hash_of(account: Account, code: str) -> str:
        return peppered(f"one-time code {account.pk} {code}")
