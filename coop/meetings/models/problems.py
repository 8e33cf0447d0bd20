"""The list of problems in the hall: which of them a sitting speaks about now."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.members.models import Member
from coop.production.models import Problem

from .meetings import Sitting


class ProblemCall(models.Model):
    """A sitting takes up a problem of the list; from here to the next one (or the end) it is the one spoken about.

    What is written about the problem meanwhile was said in this meeting.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="problem_calls")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["called_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(ended_at=None), name="one_problem_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("called_at")),
                name="problem_ends_after_its_call",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.problem_id}"
