"""Boxes for paper: one per shift or place, and one that is carried around. What happens to each is written down."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member

from .ballots import Ballot


class Urn(models.Model):
    """A box for the papers of one vote. A small one is mixed into another before either is opened."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="urns")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)  # "Gate board, morning"
    crew = models.CharField(max_length=12, blank=True)  # code of the crew it stands for
    mobile = models.BooleanField(default=False)
    part = models.PositiveSmallIntegerField(null=True, blank=True)  # of the sitting whose people it is for
    mixed_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="mixed")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="urn_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="urn_has_a_name"),
            models.CheckConstraint(
                condition=Q(mixed_into=None) | ~Q(mixed_into=F("id")), name="urn_mixed_into_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UrnEntry(models.Model):
    """One line of the record of a box: sealed, opened for voting, closed, carried, a seal found broken, a remark."""

    class Kind(models.TextChoices):
        SEALED = "sealed", _("shown empty and sealed")
        OPENED = "opened", _("voting begins")
        CARRIED = "carried", _("carried to another place")
        CLOSED = "closed", _("closed and sealed")
        MIXED = "mixed", _("mixed into another box")
        UNSEALED = "unsealed", _("seals found whole and broken for the count")
        BROKEN = "broken", _("a seal was found broken")
        REMARK = "remark", _("remark")

    urn = models.ForeignKey(Urn, models.PROTECT, related_name="record")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    seals = models.CharField(max_length=120, blank=True)  # their numbers
    words = models.TextField(max_length=1000, blank=True)
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["sealed", "closed"]) | ~Q(seals=""), name="urn_sealed_with_numbers"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["broken", "remark"]) | ~Q(words=""), name="urn_remark_has_words"
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("entered_at")), name="urn_record_is_of_the_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn}: {self.get_kind_display()}"
