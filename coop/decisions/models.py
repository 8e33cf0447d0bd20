"""Decisions: numbered per body and year, with the text as it was voted and the count that settled it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.members.models import Body
from coop.proposals.models import Proposal


class Decision(models.Model):
    """Exists, pending and without a number, from the moment something is put to the vote; settled it stays for ever."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("being voted")
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        TIE = "tie", _("tie, not carried")
        VOID = "void", _("vote annulled")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    matter = models.CharField(max_length=16)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.PENDING)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    put_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(outcome="pending"), name="one_vote_on_a_proposal_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["pending", "void"])
                | Q(year__isnull=False, number__isnull=False, decided_at__isnull=False),
                name="decision_settled_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}" if self.number else self.title

    @property
    def label(self) -> str:
        """How people quote it: D GA 2026-7 (the meeting itself is GA 2026-3)."""
        return f"D {self.body.code} {self.year}-{self.number}" if self.number else ""
