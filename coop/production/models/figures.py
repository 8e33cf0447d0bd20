"""What is made: products, the plan of a year as voted, the output of each month, what a unit costs (C14, C15)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from coop.charter.models import Cooperative
from coop.members.models import Department, Member
from coop.members.models.countersigned import Countersigned
from coop.members.ranges import Days, Number

from .voted import by_two_or_voted

MOST_AMOUNT = 1_000_000_000  # units of one product in a month
MONTHS = range(1, 13)


class Product(models.Model):
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=16)  # "t", "kg", "unit"
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")  # that makes or does it
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="product_code_once"),
            models.CheckConstraint(
                condition=Q(code__regex="^[A-Z0-9][A-Z0-9-]{0,15}$"), name="product_code_is_plain"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(unit=""), name="product_has_a_name_and_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanLine(Countersigned):
    """What a month of a product shall bring from a month of the year on, and what the machines could do.

    It is copied from the decision that adopted the plan, and counts once somebody else has compared it; or the vote
    itself set it (`voted`). A line that was voted takes the place of the one that stood for the same month.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="plan")
    year = models.PositiveSmallIntegerField()
    from_month = models.PositiveSmallIntegerField(default=1)
    target = models.DecimalField(max_digits=14, decimal_places=3)  # units in a month
    capacity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    decision = models.CharField(max_length=200)
    voted = models.BooleanField(default=False)  # set by the vote; `entered_by` is whoever moved it
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "from_month", "product__code"]
        constraints = [
            *by_two_or_voted("plan_line"),
            models.UniqueConstraint(
                fields=["product", "year", "from_month"],
                condition=Q(refused_at=None, replaced_at=None),
                name="plan_line_once",
            ),
            models.CheckConstraint(
                condition=Q(from_month__gte=1, from_month__lte=12), name="plan_line_month"
            ),
            models.CheckConstraint(
                condition=Q(target__gte=0, target__lte=MOST_AMOUNT)
                & (Q(capacity=None) | Q(capacity__gt=0, capacity__lte=MOST_AMOUNT)),
                name="plan_line_amounts_in_range",
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="plan_line_cites_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.year}"

    @staticmethod
    def counted() -> Q:
        """What holds: signed by two or voted, and not replaced by a later vote."""
        return Q(confirmed_at__isnull=False, replaced_at=None)

    @property
    def waits(self) -> bool:
        return super().waits and self.replaced_at is None


class PlanChange(models.Model):
    """What those who answer for a department change of its plan, until the next production meeting.

    `until` is the first day on which it holds no more, whether or not anybody met. The plan itself stays as voted.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="plan_changes")
    target = models.DecimalField(max_digits=14, decimal_places=3)  # units in a month
    because = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gte=0, target__lte=MOST_AMOUNT), name="plan_change_amount_in_range"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="plan_change_says_why"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="plan_change_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="one_plan_change_at_a_time",
                expressions=[
                    (Number("product_id"), RangeOperators.OVERLAPS),
                    (Days("since", "until", models.Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.because}"


class Output(models.Model):
    """What a month brought. A figure that was wrong is followed by the next version, with its reason."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="output")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=3)  # units
    because = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()  # the last day in time, by the bylaws of that month
    entered_on = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "month", "product__code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "year", "month", "version"], name="output_version_once"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="output_month"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST_AMOUNT), name="output_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | (Q(version__gt=1) & ~Q(because="")),
                name="output_corrected_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.year}-{self.month:02}"

    @property
    def late(self) -> bool:
        """Whether the first figure of the month came after its day."""
        return self.version == 1 and self.entered_on > self.due_on


class OutputSigned(models.Model):
    """The second signature under a month: all its figures up to `last`, by somebody who entered none of them."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    last = models.ForeignKey(Output, models.PROTECT, related_name="+")
    figures = models.PositiveIntegerField()  # how many products
    signed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["last"], name="output_signed_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, figures__gt=0), name="output_signed_of_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class CostSheet(models.Model):
    """What one unit of a product costs, part by part, in the currency of the house."""

    PARTS = ("material", "other_inputs", "energy", "work", "wear")

    product = models.ForeignKey(Product, models.PROTECT, related_name="cost_sheets")
    material = models.DecimalField(max_digits=14, decimal_places=4)
    other_inputs = models.DecimalField(max_digits=14, decimal_places=4)
    energy = models.DecimalField(max_digits=14, decimal_places=4)
    work = models.DecimalField(max_digits=14, decimal_places=4)
    wear = models.DecimalField(max_digits=14, decimal_places=4)
    total = models.DecimalField(max_digits=14, decimal_places=4)
    work_hours = models.DecimalField(max_digits=10, decimal_places=4)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    material__gte=0,
                    other_inputs__gte=0,
                    energy__gte=0,
                    work__gte=0,
                    wear__gte=0,
                    work_hours__gte=0,
                ),
                name="cost_sheet_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(total=F("material") + F("other_inputs") + F("energy") + F("work") + F("wear")),
                name="cost_sheet_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.total}"
