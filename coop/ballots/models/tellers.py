"""Counting by people: two count the same papers or hands without seeing each other's figures; a third confirms.

One mechanism for the papers of an urn, the hands of a block of the hall, and the signatures of a printed register.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member

from .ballots import Ballot, Channel
from .urns import Urn


class Teller(models.Model):
    """Somebody named to count this vote. Never a candidate, never whom the vote is about."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="tellers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["member__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="teller_named_once")]

    def __str__(self) -> str:
        return str(self.member)


class TellerSheet(models.Model):
    """What one teller counted, alone. `attempt` rises when two sheets differ; nobody is shown the other's figures.

    `figures`, for votes: question number -> {"papers", "spoiled", "votes": {code: n}} where papers can be added up
    (blank is a code among the votes), {"papers", "spoiled", "answers": {"b>a": n}} where they are counted whole.
    For signatures: {"numbers": [member numbers]}.
    """

    class Subject(models.TextChoices):
        VOTES = "votes", _("votes")
        SIGNATURES = "signatures", _("signatures on the printed register")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="sheets")
    channel = models.CharField(max_length=8, choices=[(Channel.PAPER, ""), (Channel.HANDS, "")])
    urn = models.ForeignKey(Urn, models.PROTECT, null=True, blank=True, related_name="sheets")
    block = models.CharField(max_length=40, blank=True)  # of the hall, for hands
    subject = models.CharField(max_length=10, choices=Subject.choices, default=Subject.VOTES)
    attempt = models.PositiveSmallIntegerField()
    teller = models.ForeignKey(Member, models.PROTECT, related_name="+")
    figures = models.JSONField()
    remark = models.TextField(max_length=1000, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "urn", "block", "subject", "attempt", "teller"],
                nulls_distinct=False,
                name="teller_counts_once_per_attempt",
            ),
            models.CheckConstraint(
                condition=Q(channel="paper", urn__isnull=False, block="")
                | Q(channel="hands", urn=None) & ~Q(block=""),
                name="sheet_of_an_urn_or_a_block",
            ),
            models.CheckConstraint(
                condition=Q(subject="votes") | Q(channel="paper"), name="sheet_signatures_are_for_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn or self.block}, {self.attempt}"


class AgreedSheet(models.Model):
    """Two equal sheets and a third who confirms them. Once per urn or block: these figures go into the count."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="agreed")
    channel = models.CharField(max_length=8, choices=[(Channel.PAPER, ""), (Channel.HANDS, "")])
    urn = models.ForeignKey(Urn, models.PROTECT, null=True, blank=True, related_name="agreed")
    block = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=10, choices=TellerSheet.Subject.choices)
    first = models.OneToOneField(TellerSheet, models.PROTECT, related_name="+")
    second = models.OneToOneField(TellerSheet, models.PROTECT, related_name="+")
    figures = models.JSONField()
    remark = models.TextField(max_length=1000, blank=True)  # obligatory where papers and signatures differ
    confirmed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "urn", "block", "subject"], nulls_distinct=False, name="agreed_once"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="agreed_by_two_sheets"),
        ]

    def __str__(self) -> str:
        return f"{self.urn or self.block}"


class CountDemand(models.Model):
    """Somebody in the hall asks for a count: then nothing is carried by acclamation."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="count_demands")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="count_demanded_once")]

    def __str__(self) -> str:
        return str(self.member)


class Clash(models.Model):
    """Signed the printed register, although marked already on another channel. Listed, never resolved in silence."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="clashes")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    urn = models.ForeignKey(Urn, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)  # the one that was marked before
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["member__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "member", "urn"], name="clash_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.channel}"
