"""The sealed urn of a secret vote on screens. No row of it says who, when, or in which order.

The plain choice never reaches PostgreSQL: envelopes are sealed before (`coop.ballots.sealed.sealing`), and the key that
opens them is divided among trustees. The application may not even read `Envelope`; it calls two functions.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member

from .ballots import Ballot


class SealedUrn(models.Model):
    """Key, length and fate of the urn of one ballot. What is empty is filled once and stays."""

    class MadeBy(models.TextChoices):
        SERVER = "server", _("on the server that keeps the votes")
        ELSEWHERE = "elsewhere", _("on another machine")

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="sealed_urn")
    mark = models.CharField(max_length=32, unique=True)  # random; goes into every envelope
    need = models.PositiveSmallIntegerField()  # how many trustees open it
    length = models.PositiveSmallIntegerField()  # of every message, in bytes, before sealing
    made_by = models.CharField(max_length=10, choices=MadeBy.choices, null=True)  # noqa: DJ001 - filled once
    public_key = models.BinaryField(null=True)
    made_at = models.DateTimeField(null=True)
    tested_at = models.DateTimeField(null=True)  # a test envelope was opened by enough trustees
    tested_with = ArrayField(models.PositiveSmallIntegerField(), null=True)  # their places
    envelopes = models.PositiveIntegerField(null=True)  # at closing
    root = models.CharField(max_length=64, null=True)  # noqa: DJ001 - of the Merkle tree of trackers, at closing
    opened_at = models.DateTimeField(null=True)
    opened_with = ArrayField(models.PositiveSmallIntegerField(), null=True)
    destroyed_at = models.DateTimeField(null=True)  # codes and key pieces, in public
    destroyed_note = models.TextField(max_length=1000, null=True)  # noqa: DJ001 - written with destroyed_at

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(need__in=[2, 3]), name="sealed_urn_needs_two_or_three"),
            models.CheckConstraint(
                condition=Q(public_key=None, made_at=None)
                | Q(public_key__isnull=False, made_at__isnull=False),
                name="sealed_urn_key_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(tested_at=None) | Q(public_key__isnull=False), name="sealed_urn_key_before_test"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(root__isnull=False), name="sealed_urn_closed_before_opened"
            ),
            models.CheckConstraint(
                condition=Q(root=None, envelopes=None) | Q(root__isnull=False, envelopes__isnull=False),
                name="sealed_urn_root_of_its_envelopes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.mark}"


class Trustee(models.Model):
    """Keeps one printed code. Any `need` of them open the urn together; fewer open nothing."""

    urn = models.ForeignKey(SealedUrn, models.PROTECT, related_name="trustees")
    place = models.PositiveSmallIntegerField()  # 1 to 3, or 1 to 5
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    salt = models.BinaryField(null=True)
    public_key = models.BinaryField(null=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "place"], name="trustee_place_once"),
            models.UniqueConstraint(fields=["urn", "member"], name="trustee_once"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class SealedKey(models.Model):
    """The key of the urn, sealed one time inside the other to the trustees at `holders`; a blob for each choice."""

    urn = models.ForeignKey(SealedUrn, models.PROTECT, related_name="keys")
    holders = ArrayField(models.PositiveSmallIntegerField())
    blob = models.BinaryField()

    class Meta:
        ordering = ["holders"]
        constraints = [models.UniqueConstraint(fields=["urn", "holders"], name="sealed_key_once")]

    def __str__(self) -> str:
        return f"{self.urn_id}: {self.holders}"


class Envelope(models.Model):
    """A sealed vote while the urn is open. Keyed by its own hash; the application cannot read it."""

    pk = models.CompositePrimaryKey("ballot_id", "tracker")
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="+")
    tracker = models.BinaryField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return bytes(self.tracker).hex()


class FinalEnvelope(models.Model):
    """The same after closing: written in one transaction, in the order of the trackers."""

    pk = models.CompositePrimaryKey("ballot_id", "tracker")
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="final_envelopes")
    tracker = models.BinaryField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return bytes(self.tracker).hex()
