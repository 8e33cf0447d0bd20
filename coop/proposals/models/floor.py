"""What the assembly is asked about the shop floor: the plan of a year, a price list, a choice of technique (C14, C15).

The words of such a proposal are made from these rows, so that what is voted and what is set are one.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.production.models import CostSheet, Product
from coop.production.models.figures import MOST_AMOUNT

from .proposals import Proposal


class PlanAsked(models.Model):
    """What a product shall bring a month, from a month of a year on."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="plan_asked")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    from_month = models.PositiveSmallIntegerField()
    target = models.DecimalField(max_digits=14, decimal_places=3)  # units in a month
    capacity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="plan_asked_number_once"),
            models.UniqueConstraint(fields=["proposal", "product"], name="plan_asked_once"),
            models.CheckConstraint(
                condition=Q(from_month__gte=1, from_month__lte=12), name="plan_asked_from_a_month"
            ),
            models.CheckConstraint(
                condition=Q(target__gte=0, target__lte=MOST_AMOUNT)
                & (Q(capacity=None) | Q(capacity__gt=0, capacity__lte=MOST_AMOUNT)),
                name="plan_asked_amounts_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.year}"


class PriceAsked(models.Model):
    """The four prices of a product. `under_cost`: the proposal says in words that its peer price lies under cost."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="prices_asked")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    cost_sheet = models.ForeignKey(CostSheet, models.PROTECT, null=True, blank=True, related_name="+")
    cost = models.DecimalField(max_digits=14, decimal_places=4)
    peer = models.DecimalField(max_digits=14, decimal_places=4)
    market = models.DecimalField(max_digits=14, decimal_places=4)
    support = models.DecimalField(max_digits=14, decimal_places=4)
    under_cost = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)  # not before this day; empty: with the decision

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="price_asked_number_once"),
            models.UniqueConstraint(fields=["proposal", "product"], name="price_asked_once"),
            models.CheckConstraint(
                condition=Q(
                    cost__gte=0, peer__gte=0, market__gt=0, peer__lte=F("market"), market__lte=F("support")
                ),
                name="prices_asked_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cost__lte=F("peer")) | Q(under_cost=True), name="price_asked_says_under_cost"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.market}"


class TechnicalStudy(models.Model):
    """Who looked into it, operators among them (C14: studies of machines always with operators in the team)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="technical_study")
    took_part = models.CharField(max_length=600)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(took_part=""), name="technical_study_says_who"),
        ]

    def __str__(self) -> str:
        return self.took_part


class TechnicalOption(models.Model):
    """One way of doing it, and what it means for those who will work with it."""

    PARTS = ("cost", "jobs", "safety", "training")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="technical_options")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    cost = models.CharField(max_length=600)  # and where the money comes from
    jobs = models.CharField(max_length=600)
    safety = models.CharField(max_length=600)
    training = models.CharField(max_length=600)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="technical_option_number_once"),
            models.UniqueConstraint(fields=["proposal", "name"], name="technical_option_name_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(cost="") & ~Q(jobs="") & ~Q(safety="") & ~Q(training=""),
                name="technical_option_says_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name
