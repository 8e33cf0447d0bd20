"""Who is kin of whom, as they say themselves: the bylaws keep kin of office-holders from auditing (practice C08)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from coop.members.models import Member

FARTHEST = 4  # degrees: first cousins; no bylaw asks further


class Kinship(models.Model):
    """Two members and the degree: 1 parents, children, spouses; 2 siblings, grandparents; 3 uncles; 4 cousins.

    The one with the lower id stands first, so that two people are kin once. What was wrong is taken back, and stays.
    """

    first = models.ForeignKey(Member, models.PROTECT, related_name="+")
    second = models.ForeignKey(Member, models.PROTECT, related_name="+")
    degree = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(FARTHEST)])
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(taken_back_at=None), name="kin_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="kin_in_the_order_of_ids"),
            models.CheckConstraint(
                condition=Q(degree__gte=1, degree__lte=FARTHEST), name="kin_degree_is_known"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="kin_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}: {self.degree}"
