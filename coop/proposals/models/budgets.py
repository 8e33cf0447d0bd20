"""A budget before the assembly: which proposal is the whole of it, and which asks for one of its amendments."""

from __future__ import annotations

from django.db import models

from coop.budget.models import Amendment, Year

from .proposals import Proposal


class BudgetMotion(models.Model):
    """Laid when the budget is put: its words come from the lines and moves, and no hand writes them."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")
    year = models.ForeignKey(Year, models.PROTECT, related_name="+")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["year", models.F("amendment__number").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "amendment"], nulls_distinct=False, name="budget_motion_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.amendment or self.year)

    @property
    def is_whole(self) -> bool:
        """Asks for the budget with all that was carried; else for one amendment of it."""
        return self.amendment_id is None
