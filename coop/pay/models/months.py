"""A month of pay: what everybody reads of it, and the slips that nobody reads but whose they are."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q

from coop.charter.models import Cooperative
from coop.members.models import Member

from .scales import Grade, PayScale, Supplement

FRACTION = r"^[1-9]\d*/[1-9]\d*$"


class PayMonth(models.Model):
    """One entry of a month, with the ratio as it was computed from its slips. A later entry of the month takes the
    place of it; both stay. Ratios are fractions, "3/2", and exact: no amount stands here."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    number = models.PositiveSmallIntegerField()  # of the entries of this month
    scale = models.ForeignKey(PayScale, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()  # paid otherwise than their grade says
    ratio = models.CharField(max_length=60)  # highest to lowest, without supplements
    ratio_with = models.CharField(max_length=60)  # with them
    counts_supplements = models.BooleanField()  # which of the two the bylaws of the month compare
    ceiling = models.CharField(max_length=12)  # of the bylaws of the month
    because = models.CharField(max_length=300, blank=True)  # why it was entered again
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "month", "number"], name="pay_month_number_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="pay_month_is_a_first"),
            models.CheckConstraint(condition=Q(people__gt=0), name="pay_month_of_somebody"),
            models.CheckConstraint(
                condition=Q(ratio__regex=FRACTION, ratio_with__regex=FRACTION, ceiling__regex=FRACTION),
                name="pay_month_ratios_are_fractions",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="pay_month_again_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def compared(self) -> Fraction:
        """The ratio that the bylaws hold against the ceiling."""
        return Fraction(self.ratio_with if self.counts_supplements else self.ratio)

    @property
    def over(self) -> bool:
        return self.compared > Fraction(self.ceiling)


class GradeInMonth(models.Model):
    """How many were paid by a grade: the scale is public, so this is nobody's secret."""

    month = models.ForeignKey(PayMonth, models.PROTECT, related_name="grades")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["grade__place"]
        constraints = [
            models.UniqueConstraint(fields=["month", "grade"], name="grade_in_month_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="grade_in_month_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id}: {self.grade_id}"


class Slip(models.Model):
    """What one person was paid. Read by that person alone; nothing of it goes into the journal or the search."""

    month = models.ForeignKey(PayMonth, models.PROTECT, related_name="slips")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=5, decimal_places=2)  # per cent of the month that was paid
    paid = models.DecimalField(max_digits=14, decimal_places=4)  # without supplements

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "member"], name="slip_once_a_month"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=100), name="slip_share_of_a_month"),
            models.CheckConstraint(condition=Q(paid__gt=0), name="slip_pays_something"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id}: {self.member_id}"


class SlipSupplement(models.Model):
    """What of a supplement stands on a slip."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="supplements")
    supplement = models.ForeignKey(Supplement, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["supplement__place"]
        constraints = [
            models.UniqueConstraint(fields=["slip", "supplement"], name="slip_supplement_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="slip_supplement_pays_something"),
        ]

    def __str__(self) -> str:
        return f"{self.slip_id}: {self.supplement_id}"
