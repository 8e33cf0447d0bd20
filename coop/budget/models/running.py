"""What became of the money: what was spent month by month, what a decision moved, what could not be met."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.members.models import Department, Member

from .amendments import Amendment
from .years import DIGITS, Line, Year


class Actual(models.Model):
    """What came in or went out on a line in a month. A correction is another row; the highest revision counts."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="actuals")
    month = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(**DIGITS)
    source = models.CharField(max_length=200)  # the ledger, with its page or file
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["line", "month", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["line", "month", "revision"], name="budget_actual_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, revision__gt=0), name="budget_actual_has_its_month"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_actual_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="budget_actual_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.month}"


class Movement(models.Model):
    """After adoption a line moves only by a decision: from one to another, so that it always balances.

    From a line of income to one of expense means that both are raised: more came in, and it is spent.
    """

    year = models.ForeignKey(Year, models.PROTECT, related_name="movements")
    number = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Line, models.PROTECT, related_name="+")
    target = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = models.DecimalField(**DIGITS)
    decided_by = models.CharField(max_length=200)
    reasons = models.CharField(max_length=500)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="budget_movement_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, number__gt=0) & ~Q(source=F("target")), name="budget_movement_moves"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by="") & ~Q(reasons=""), name="budget_movement_cites_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}: {self.number}"


class Unmet(models.Model):
    """What was asked for and could not be met. It returns when the next year is drawn up."""

    year = models.ForeignKey(Year, models.PROTECT, related_name="unmet")
    amendment = models.OneToOneField(Amendment, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    amount = models.DecimalField(**DIGITS)  # what it would have given to lines of expense
    carried_to = models.ForeignKey(Year, models.PROTECT, null=True, blank=True, related_name="returned")

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0) & ~Q(title=""), name="budget_unmet_is_said"),
            models.CheckConstraint(
                condition=Q(carried_to=None) | ~Q(carried_to=F("year")), name="budget_unmet_returns_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title
