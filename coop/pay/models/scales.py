"""The pay scale in versions: what a month of each job is paid, and what is paid on top of it (practice C11)."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.members.models.countersigned import Countersigned, by_two


class PayScale(Countersigned):
    """Adopted by a decision that is cited in words, entered by one and compared with the paper by another.

    In force on a day is the confirmed scale with the latest `valid_from` up to it, of two the later entered. None is
    ever edited: the next one takes its place.
    """

    number = models.PositiveIntegerField()
    adopted_on = models.DateField()
    adopted_by = models.CharField(max_length=200)  # "D GA 2026-3", or book and page
    valid_from = models.DateField()

    class Meta:
        ordering = ["-valid_from", "-number"]
        constraints = [
            *by_two("scale"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="scale_number_once"),
            models.CheckConstraint(condition=~Q(adopted_by=""), name="scale_names_what_adopted_it"),
            models.CheckConstraint(
                condition=Q(adopted_on__lte=F("entered_on")), name="scale_is_adopted_already"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("adopted_on")), name="scale_is_adopted_before_it_holds"
            ),
        ]

    def __str__(self) -> str:
        return _("Pay scale %(number)s") % {"number": self.number}

    @staticmethod
    def holding_on(day: object) -> Q:
        return Q(confirmed_at__isnull=False, valid_from__lte=day)


class Grade(models.Model):
    """What a whole month of these jobs is paid, in the co-operative's currency."""

    scale = models.ForeignKey(PayScale, models.PROTECT, related_name="grades")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    jobs = models.TextField(max_length=2000, blank=True)  # as the register calls them, one in a line

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "place"], name="grade_place_once"),
            models.UniqueConstraint(fields=["scale", "code"], name="grade_code_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="grade_pays_something"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="grade_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Supplement(models.Model):
    """Paid on top: at most so many per cent of the pay of the month, or at most an amount a month."""

    class Kind(models.TextChoices):
        NIGHT = "night", _("night work")
        SENIORITY = "seniority", _("seniority")
        EFFORT = "effort", _("special effort")

    scale = models.ForeignKey(PayScale, models.PROTECT, related_name="supplements")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "place"], name="supplement_place_once"),
            models.UniqueConstraint(fields=["scale", "code"], name="supplement_code_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100, amount=None) | Q(percent=None, amount__gt=0),
                name="supplement_in_percent_or_amount",
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="supplement_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.title

    def most(self, paid: Decimal) -> Decimal:
        """The most of it in a month for which `paid` was paid."""
        return self.amount if self.percent is None else paid * self.percent / 100  # type: ignore[return-value]
