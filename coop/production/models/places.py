"""Places of the plant: where a problem is, where one shift hands over to the next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.members.models import Department


class Area(models.Model):
    """A place of a department, by the name that people give it. A place that is given up keeps its past."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["department__code", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name"], condition=Q(closed_at=None), name="area_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="area_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
