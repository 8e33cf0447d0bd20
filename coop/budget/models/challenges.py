"""Whoever holds that an amendment has not fallen says so; the commission answers, the meeting takes it up or not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.members.models import Member

from .amendments import Amendment


class Challenge(models.Model):
    """Practice C17: the commission rules on it, and the assembly may vote on the amendment all the same."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="challenges")
    because = models.CharField(max_length=500)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_right = models.BooleanField(null=True, blank=True)  # what the commission says of it
    answer = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001 - written once, with its moment
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment"],
                condition=Q(answered_at=None),
                name="budget_challenge_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="budget_challenge_says_why"),
            models.CheckConstraint(
                condition=Q(is_right=None, answer=None, answered_by=None, answered_at=None)
                | Q(
                    is_right__isnull=False,
                    answer__gt="",
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="budget_challenge_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.because[:40]}"
