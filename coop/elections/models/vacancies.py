"""Resignations: what somebody said, and since when it counts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.members.models import Mandate


class Resignation(models.Model):
    """A holder gives the office up. It counts at once, or, where the body could no longer meet, when it can again
    (Argentina, INAES model statute, art. 57)."""

    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)  # nobody has to say why
    given_at = models.DateTimeField()
    counts_from = models.DateTimeField(null=True, blank=True)  # empty: it waits

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counts_from=None) | Q(counts_from__gte=F("given_at")),
                name="resignation_counts_after_it_was_given",
            )
        ]

    def __str__(self) -> str:
        return str(self.mandate)
