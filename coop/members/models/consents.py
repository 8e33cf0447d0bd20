"""The own yes of somebody in office, without which nobody moves them or writes them out of the house (practice C09)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .people import Member


class Consent(models.Model):
    """Given by the person alone, for some days and for one entry of the register."""

    class To(models.TextChoices):
        MOVE = "move", _("I want to work in another department or crew")
        LEAVE = "leave", _("I want to leave the co-operative")
        MEND = "mend", _("What the register says of my standing or my place is wrong")

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    to = models.CharField(max_length=8, choices=To.choices)
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__in=["move", "leave", "mend"]), name="consent_is_to_something"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__gte=models.F("given_at")),
                name="consent_used_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_to_display()}"
