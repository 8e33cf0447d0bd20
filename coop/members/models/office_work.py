"""What the register office keeps for its own work: views of the list, and hours for the limit on hiring."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.charter.models import Cooperative

from .people import Member


class SavedView(models.Model):
    """A search of the register under a name, shared by those who keep it. It may be thrown away."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)  # as in the address of the list, without the page
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name


class WorkedHours(models.Model):
    """Hours worked in a quarter by members and by hired people; a later entry of a quarter replaces the one before.

    Replacements and trainees stand apart: they do not count against the limit (practice C30).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    members = models.PositiveIntegerField()
    hired = models.PositiveIntegerField()
    outside = models.PositiveIntegerField(default=0)  # replacements and trainees
    source = models.CharField(max_length=200)  # the sheet the hours were added up from
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-quarter", "-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_of_a_year"),
            models.CheckConstraint(condition=Q(outside__lte=F("hired")), name="outside_is_part_of_hired"),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.quarter}"
