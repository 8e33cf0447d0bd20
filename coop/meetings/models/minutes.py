"""The minutes as they were closed: one text, one hash, never changed again. Corrections are other entries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.members.models import Member

from .meetings import Meeting


class Minutes(models.Model):
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField()
    hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    journal_sequence = (
        models.PositiveBigIntegerField()
    )  # the journal as it stood: the checkpoint printed below
    journal_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="minutes_hash_is_sha256"),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_have_words"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.hash[:12]}"
