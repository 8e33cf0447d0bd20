"""Cash and stock as they were counted, line by line, by the auditor and somebody who was there (practice C10)."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member


class CountSheet(models.Model):
    """It is filed once. Whoever was there signs it, or says in words what is wrong with it.

    Money: `counted` is the sum of the lines, `book` what the book says. Stock has both in each line.
    """

    class Kind(models.TextChoices):
        CASH = "cash", _("cash")
        STOCK = "stock", _("stock")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    title = models.CharField(max_length=140)
    counted_on = models.DateField()
    note = models.TextField(max_length=2000, blank=True, default="")
    book = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    counted = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    filed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    witness = models.ForeignKey(Member, models.PROTECT, related_name="+")
    agrees = models.BooleanField(null=True, blank=True)
    says = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - written once, with signed_at
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="count_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="count_has_a_title"),
            models.CheckConstraint(condition=~Q(witness=F("filed_by")), name="count_signed_by_two"),
            models.CheckConstraint(
                condition=Q(kind="cash", book__isnull=False, counted__isnull=False)
                | Q(kind="stock", book=None, counted=None),
                name="count_of_cash_has_its_sum",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, agrees=None, says=None)
                | Q(signed_at__isnull=False, agrees=True, says__isnull=False)
                | Q(signed_at__isnull=False, agrees=False, says__gt=""),
                name="count_contradicted_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """How people quote it: CS 2026-4."""
        return f"CS {self.year}-{self.number}"

    @property
    def difference(self) -> Decimal | None:
        """Of money: what is there beyond the book; below zero when it is too little."""
        return self.counted - self.book if self.counted is not None and self.book is not None else None


class CountLine(models.Model):
    """One worth and its pieces, or one thing with what the book says and what is there."""

    sheet = models.ForeignKey(CountSheet, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    worth = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    pieces = models.PositiveIntegerField(null=True, blank=True)
    thing = models.CharField(max_length=120, blank=True, default="")
    unit = models.CharField(max_length=20, blank=True, default="")
    book = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    counted = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="count_line_number_once"),
            models.CheckConstraint(
                condition=Q(worth__gt=0, pieces__isnull=False, thing="", book=None, counted=None)
                | Q(worth=None, pieces=None, book__gte=0, counted__gte=0) & ~Q(thing=""),
                name="count_line_is_money_or_a_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.number}"

    @property
    def amount(self) -> Decimal | None:
        return self.worth * self.pieces if self.worth is not None and self.pieces is not None else None

    @property
    def difference(self) -> Decimal | None:
        return self.counted - self.book if self.counted is not None and self.book is not None else None
