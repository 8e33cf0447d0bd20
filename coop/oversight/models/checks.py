"""The journal as the auditor verified it, and what was carried out for an outside auditor."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from coop.charter.models import Cooperative
from coop.members.models import Member


class JournalCheck(models.Model):
    """How far the chain had come, with which hash, against which checkpoint, and what was wrong.

    `told`: the faults as codes and places, as `journal.verify` gives them; sentences of what was compared besides. A
    long journal is verified in several pieces, each a row: then one of them is {"piece": its first entry, "goes_on":
    whether there is more}.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    checkpoint_sequence = models.PositiveBigIntegerField(null=True, blank=True)
    checkpoint_hash = models.CharField(max_length=64, blank=True, default="")
    checkpoint_at = models.CharField(max_length=40, blank=True, default="")
    faults = models.PositiveIntegerField()
    told = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hash__regex="^[0-9a-f]{64}$"), name="journal_check_hash_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(checkpoint_sequence=None, checkpoint_hash="")
                | Q(checkpoint_sequence__isnull=False, checkpoint_hash__regex="^[0-9a-f]{64}$"),
                name="journal_check_against_a_whole_checkpoint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.faults}"

    @property
    def piece(self) -> dict[str, Any]:
        """Of one that is a piece: what it says of itself; empty of one that read the whole journal."""
        return next((one for one in self.told if "piece" in one), {})

    @property
    def whole(self) -> bool:
        """Whether it came to the end."""
        return not self.piece.get("goes_on", False)


class Export(models.Model):
    """One ZIP that was carried out: for whom, by whom, and how far the journal had come."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    for_whom = models.CharField(max_length=160)
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(for_whom=""), name="export_is_for_somebody"),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="export_hash_is_sha256"),
        ]

    def __str__(self) -> str:
        return self.for_whom
