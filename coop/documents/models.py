"""Documents, their versions, and the scan or file of a version."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.members.models.countersigned import Countersigned, by_two

from .files import MEDIA, MOST_BYTES


class Document(models.Model):
    """A paper by its name. What it says stands in its versions."""

    class Kind(models.TextChoices):
        STATUTE = "statute", _("statute")
        RULES = "rules", _("internal rules")
        FOUNDING = "founding", _("founding act")
        AGREEMENT = "agreement", _("agreement")
        OTHER = "other", _("other document")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="document_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["statute", "rules", "founding", "agreement", "other"]),
                name="document_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(Countersigned):
    """What the document says from a day on: words, a file, or both. It counts with the second signature.

    In force on a day is the confirmed version with the latest `valid_from` up to it, of two the later entered.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    adopted_on = models.DateField()
    adopted_by = models.CharField(max_length=200)  # "D GA 2024-7", or book and page
    valid_from = models.DateField()
    hash = models.CharField(max_length=64)  # of the text, followed by the bytes of the file

    class Meta:
        ordering = ["-valid_from", "-number"]
        constraints = [
            *by_two("version"),
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(condition=~Q(adopted_by=""), name="version_names_what_adopted_it"),
            models.CheckConstraint(
                condition=Q(adopted_on__lte=F("entered_on")), name="version_is_adopted_already"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("adopted_on")), name="version_is_adopted_before_it_holds"
            ),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="version_hash_is_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}, {self.number}"

    @staticmethod
    def holding_on(day: datetime.date) -> Q:
        return Q(confirmed_at__isnull=False, valid_from__lte=day)


class Attachment(models.Model):
    """The file of a version, kept in the database: saved with every copy of it, and open to nobody past the pages."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="attachment")
    name = models.CharField(max_length=100)
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(media__in=list(MEDIA)), name="attachment_media_is_known"),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES), name="attachment_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(hash__regex="^[0-9a-f]{64}$"), name="attachment_hash_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.name
