"""The closed list of items, and what the secretary writes about each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coop.decisions.models import Decision
from coop.members.models import Member
from coop.proposals.models import Proposal

from .meetings import Meeting


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        SIGNERS = "signers", _("choice of two members who sign the minutes")
        PROPOSAL = "proposal", _("proposal")
        REPORT = "report", _("report, without a vote")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    planned_minutes = models.PositiveSmallIntegerField(default=10)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="item_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["meeting", "proposal"], name="proposal_once_on_an_agenda"),
            models.CheckConstraint(
                condition=Q(kind="proposal", proposal__isnull=False)
                | (~Q(kind="proposal") & Q(proposal=None)),
                name="item_names_its_proposal",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(kind="proposal"), name="only_proposals_are_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"

    @property
    def heading(self) -> str:
        """The title; the choice of signers is called so in the language of whoever reads."""
        return capfirst(self.get_kind_display()) if self.kind == self.Kind.SIGNERS else self.title


class SecrecyDemand(models.Model):
    """Somebody present asks that this item be voted in secret; enough of them bind whoever chairs."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="secrecy_demands")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="secrecy_demanded_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.member}"


class ItemNote(models.Model):
    """The secretary's text on one item, in Markdown. `revision` counts savings, so that nobody overwrites another."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="note")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.revision}"
