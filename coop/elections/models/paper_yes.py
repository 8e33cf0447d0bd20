"""What somebody who has no screen says on a sheet of paper: that they stand. Two people enter it (practice C08)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member

from .elections import Candidature


class PaperAcceptance(models.Model):
    """A signed sheet on which somebody accepts that they were put forward. It counts when a second has read it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a second person who reads the sheet")
        CONFIRMED = "confirmed", _("read by two")
        TURNED_DOWN = "turned_down", _("the sheet does not say so")

    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="sheets")
    statement = models.TextField(max_length=2000, blank=True, default="")
    kin = models.CharField(max_length=300, blank=True, default="")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    read_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True, default="")  # why it does not say so

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidature"], condition=Q(state="waiting"), name="acceptance_sheet_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", read_by=None, read_at=None)
                | ~Q(state="waiting") & Q(read_by__isnull=False, read_at__isnull=False),
                name="acceptance_sheet_read_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=F("entered_by")),
                name="acceptance_sheet_read_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="turned_down") | ~Q(because=""),
                name="acceptance_sheet_turned_down_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id}: {self.get_state_display()}"
