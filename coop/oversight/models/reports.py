"""What the auditor writes for an assembly about a document that lies before it (practice C10)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.charter.models import Cooperative
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Member


class AuditReport(models.Model):
    """On the accounts, the budget, the proposal on surplus: one document each. It belongs to one meeting, is read and
    printed with its notice, and is never changed; who wants to say more writes another."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=140)
    text = models.TextField(max_length=8000)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="audit_report_has_words")
        ]

    def __str__(self) -> str:
        return self.title
