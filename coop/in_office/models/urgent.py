"""What an office decided because it could not wait, and what the meeting made of it (practice C26, table 1D)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.decisions.models import Decision
from coop.meetings.models import Meeting, Request
from coop.members.models import Body, Member, Office


class UrgentDecision(models.Model):
    """In force from the moment it is taken, and on the next agenda of `body`, which should have taken it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("not yet before the meeting")
        CONFIRMED = "confirmed", _("confirmed by the meeting")
        CHANGED = "changed", _("changed by the meeting")
        ENDED = "ended", _("ended by the meeting")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    title = models.CharField(max_length=140)
    text = models.TextField(max_length=4000)
    because = models.TextField(max_length=1000)  # why it could not wait
    cost = models.CharField(max_length=200)  # in words: money, hours, material
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    due_on = models.DateField()  # by then the meeting deals with it
    request = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    said = models.TextField(max_length=2000, blank=True, default="")  # what the meeting made of it
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="urgent_number_once"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(because="") & ~Q(cost=""), name="urgent_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", meeting=None, decision=None, settled_by=None, settled_at=None)
                | Q(
                    state__in=["confirmed", "changed", "ended"],
                    meeting__isnull=False,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="urgent_settled_by_a_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(state="changed") | ~Q(said=""), name="urgent_changed_says_how"
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=models.F("decided_by")),
                name="urgent_settled_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """As it is quoted: U GA 2026-1."""
        return f"U {self.body.code} {self.year}-{self.number}"
