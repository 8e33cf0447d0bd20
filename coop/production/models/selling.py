"""Prices as voted, the open book of sales, and what could be a backhand deal: gifts, contracts with kin (C15)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.members.models.countersigned import Countersigned, by_two
from coop.members.ranges import Days, Number

from .figures import CostSheet, Product
from .voted import by_two_or_voted


class PriceList(Countersigned):
    """Prices of one decision, from a day on. They count once somebody else has compared them with it, or at once
    where the vote itself set them (`voted`)."""

    decision = models.CharField(max_length=200)
    since = models.DateField()
    voted = models.BooleanField(default=False)  # set by the vote; `entered_by` is whoever moved it

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            *by_two_or_voted("price_list"),
            models.CheckConstraint(condition=~Q(decision=""), name="price_list_cites_a_decision"),
            models.CheckConstraint(condition=Q(since__gte=F("entered_on")), name="price_list_not_backwards"),
        ]

    def __str__(self) -> str:
        return self.decision


class Price(models.Model):
    """The four prices of a unit. They hold from `since`, which is written when the list is confirmed, up to `until`.

    `below_cost_by`: the decision that lets the peer price lie under cost. `support_percent`: the limit of the bylaws
    at the time of writing.
    """

    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="prices")
    product = models.ForeignKey(Product, models.PROTECT, related_name="prices")
    cost_sheet = models.ForeignKey(CostSheet, models.PROTECT, null=True, blank=True, related_name="+")
    cost = models.DecimalField(max_digits=14, decimal_places=4)
    peer = models.DecimalField(max_digits=14, decimal_places=4)
    market = models.DecimalField(max_digits=14, decimal_places=4)
    support = models.DecimalField(max_digits=14, decimal_places=4)
    support_percent = models.PositiveSmallIntegerField()
    below_cost_by = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["product__code"]
        constraints = [
            models.UniqueConstraint(fields=["price_list", "product"], name="price_once_in_a_list"),
            models.CheckConstraint(
                condition=Q(cost__gte=0, peer__gte=0, market__gt=0), name="price_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(peer__lte=F("market"), market__lte=F("support")), name="prices_in_order"
            ),
            models.CheckConstraint(
                condition=Q(cost__lte=F("peer")) | ~Q(below_cost_by=""),
                name="price_under_cost_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(support__lte=F("market") * (100 + F("support_percent")) / 100),
                name="support_price_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__isnull=False, until__gt=F("since")),
                name="price_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_price_at_a_time",
                expressions=[
                    (Number("product_id"), RangeOperators.OVERLAPS),
                    (Days("since", "until", models.Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.market}"


class BuyerKind(models.TextChoices):
    PEER = "peer", _("another plant of workers")
    MARKET = "market", _("the market")
    SUPPORT = "support", _("a supporter")


class SaleFacts(models.Model):
    """What was sold to whom, at what price, beside the price of the list. What is under list says why."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    price = models.ForeignKey(Price, models.PROTECT, related_name="+")  # that held on the day
    kind = models.CharField(max_length=8, choices=BuyerKind.choices)
    buyer = models.CharField(max_length=160)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)
    list_price = models.DecimalField(max_digits=14, decimal_places=4)
    discount_percent = models.PositiveSmallIntegerField()  # of the bylaws: more than this needs a decision
    reason = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    kin = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )  # whose firm buys
    sold_on = models.DateField()

    class Meta:
        abstract = True


def sold(name: str) -> list[models.BaseConstraint]:
    """What must be so of every sale, signed or still to be signed."""
    return [
        models.CheckConstraint(
            condition=Q(kind__in=["peer", "market", "support"]), name=f"{name}_kind_is_known"
        ),
        models.CheckConstraint(
            condition=Q(quantity__gt=0, unit_price__gte=0) & ~Q(buyer=""), name=f"{name}_is_of_something"
        ),
        models.CheckConstraint(
            condition=Q(unit_price__gte=F("list_price")) | ~Q(reason=""),
            name=f"{name}_under_list_with_a_reason",
        ),
        models.CheckConstraint(
            condition=Q(unit_price__gte=F("list_price") * (100 - F("discount_percent")) / 100)
            | ~Q(decision=""),
            name=f"{name}_far_under_list_by_decision",
        ),
        models.CheckConstraint(condition=Q(kin=None) | ~Q(decision=""), name=f"{name}_to_kin_by_decision"),
    ]


class SaleSlip(SaleFacts, Countersigned):
    """A sale with its first signature. It is no sale before somebody else has signed it too."""

    # The number of the form it was written on: whoever sends that form twice has written one slip.
    form = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 - what no page wrote has none

    class Meta:
        ordering = ["-sold_on", "-pk"]
        constraints = [
            *by_two("sale_slip"),
            *sold("sale_slip"),
            models.UniqueConstraint(fields=["cooperative", "form"], name="sale_slip_form_once"),
            models.CheckConstraint(
                condition=Q(form=None) | Q(form__regex="^[0-9a-f]{32}$"), name="sale_slip_form_is_drawn"
            ),
        ]

    def __str__(self) -> str:
        return self.buyer


class Sale(SaleFacts):
    """A line of the open book: who bought what at what price, and the two who signed."""

    slip = models.OneToOneField(SaleSlip, models.PROTECT, related_name="sale")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    signed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-sold_on", "-number"]
        constraints = [
            *sold("sale"),
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="sale_number_once"),
            models.CheckConstraint(condition=~Q(signed_by=F("second_by")), name="sale_signed_by_two"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"V {self.year}-{self.number}"

    @property
    def under_list(self) -> bool:
        return self.unit_price < self.list_price


class Gift(models.Model):
    """What somebody was given because of their office or their work; handed in, or small enough to be kept."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    giver = models.CharField(max_length=160)
    what = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    handed_in = models.BooleanField()
    received_on = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="gift_value_not_below_zero"),
            models.CheckConstraint(condition=~Q(giver="") & ~Q(what=""), name="gift_is_something"),
        ]

    def __str__(self) -> str:
        return self.what


class KinContract(models.Model):
    """A contract with an office-holder, or with kin or a firm of theirs: only by a decision of the assembly."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    party = models.CharField(max_length=160)  # who it is with
    relation = models.CharField(max_length=80)  # "own firm", "sister"
    what = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    decision = models.CharField(max_length=200)
    agreed_on = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-agreed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="kin_contract_not_below_zero"),
            models.CheckConstraint(condition=~Q(decision=""), name="kin_contract_by_decision"),
            models.CheckConstraint(
                condition=~Q(party="") & ~Q(relation="") & ~Q(what=""), name="kin_contract_says_with_whom"
            ),
            models.CheckConstraint(
                condition=~Q(entered_by=F("member")), name="kin_contract_entered_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return self.party
