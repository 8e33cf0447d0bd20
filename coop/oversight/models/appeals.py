"""A member appeals against a suspension, and the assembly decides (practice C33)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.meetings.models import Request
from coop.members.models import Member, Standing


class Appeal(models.Model):
    """It stands on the next agenda of the assembly by itself (`owed`); its words are read by few.

    It goes on when the suspension has run out meanwhile: somebody may want to hear that it was wrong.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for the assembly")
        LIFTED = "lifted", _("the suspension was lifted")
        UPHELD = "upheld", _("the suspension stays")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    standing = models.OneToOneField(Standing, models.PROTECT, related_name="+")
    appellant = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)  # the last day for the assembly to decide
    owed = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="appeal_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", decision=None, decided_by=None, decided_at=None)
                | Q(state__in=["lifted", "upheld"], decision__isnull=False, decided_by__isnull=False)
                & Q(decided_at__isnull=False),
                name="appeal_decided_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people quote it, without a name: AP 2026-2."""
        return f"AP {self.year}-{self.number}"
