"""The printed card with which a person gets in the first time (and again, when two people agree)."""

from __future__ import annotations

import hashlib

from django.db import models

from ..hashers import peppered
from .people import Member


class AccessCard(models.Model):
    """A one-time token on paper. Only its hash is kept; looking at the page never uses it up, only enrolling does."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - the oldest cards have no code
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    replaces_secret = models.BooleanField(default=False)  # a reset: needs a second signature
    countersigned_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)  # whose secret was replaced has read it

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="one_live_card_per_member",
            ),
            models.CheckConstraint(
                condition=models.Q(countersigned_by=None) | ~models.Q(countersigned_by=models.F("issued_by")),
                name="card_countersigned_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces_secret=False)
                | models.Q(used_at=None)
                | models.Q(countersigned_by__isnull=False),
                name="secret_replaced_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at=None)
                | models.Q(replaces_secret=True, used_at__isnull=False),
                name="acknowledged_what_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.issued_at:%Y-%m-%d}"

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a token. 128 random bits need no salt and no slow hash."""
        return hashlib.sha256(token.encode()).hexdigest()

    @staticmethod
    def hash_of_code(code: str) -> str:
        """What is stored of the typed code: 55 random bits, keyed, so that a stolen database tells none of them."""
        return peppered(f"card code {code}")
