"""Who promised to buy, and who refused to deal with us: the plant answers for both (C15)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.members.models.countersigned import Countersigned, by_two

from .selling import BuyerKind, Price


class Pledge(models.Model):
    """What an organisation promised to buy in a year, at which price; a later promise of the year takes its place."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    buyer = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=BuyerKind.choices)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=4)  # money of the house
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)  # its last day; empty: the end of the year
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "buyer", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["peer", "market", "support"]), name="pledge_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="pledge_is_of_something"),
            models.CheckConstraint(condition=~Q(buyer="") & ~Q(what=""), name="pledge_has_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer} {self.year}"


class Refusal(models.Model):
    """A public body, a bank or a firm that would not buy, lend or supply, with the reason it gave.

    `ours`: the other way round; they ordered, and the plant refused out of a principle, which is written down (C14).
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    ours = models.BooleanField(default=False)
    refuser = models.CharField(max_length=160)  # of ours: who ordered
    what = models.CharField(max_length=200)  # asked for: a contract, a loan
    because = models.CharField(max_length=300, blank=True)  # as they said; empty where they gave none
    refused_on = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-refused_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(refuser="") & ~Q(what=""), name="refusal_has_its_words"),
            models.CheckConstraint(condition=Q(ours=False) | ~Q(because=""), name="refusal_of_ours_says_why"),
        ]

    def __str__(self) -> str:
        return self.refuser


class BuyerBar(models.Model):
    """Who bought at the peer price and sold on at the market's pays no peer price, until somebody lifts it (C15)."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    buyer = models.CharField(max_length=160)
    because = models.CharField(max_length=300)
    since = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - written once, with lifted_at

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(buyer="") & ~Q(because=""), name="buyer_bar_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lifted_because=None)
                | (
                    Q(lifted_by__isnull=False, lifted_at__isnull=False, lifted_because__gt="")
                    & ~Q(lifted_by=F("entered_by"))
                ),
                name="buyer_bar_lifted_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.buyer


class PriceMove(Countersigned):
    """An emergency price: those who keep the prices move one that was set, once, until a day (C15).

    `until` is the first day on which it holds no more; then the price that was set holds again by itself. `since` is
    written with the second signature.
    """

    price = models.ForeignKey(Price, models.PROTECT, related_name="moves")
    peer = models.DecimalField(max_digits=14, decimal_places=4)
    market = models.DecimalField(max_digits=14, decimal_places=4)
    support = models.DecimalField(max_digits=14, decimal_places=4)
    because = models.CharField(max_length=300)
    since = models.DateField(null=True, blank=True)
    until = models.DateField()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            *by_two("price_move"),
            models.UniqueConstraint(fields=["price"], condition=Q(refused_at=None), name="price_moved_once"),
            models.CheckConstraint(
                condition=Q(peer__gte=0, market__gt=0, peer__lte=F("market"), market__lte=F("support")),
                name="price_move_in_order",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="price_move_says_why"),
            models.CheckConstraint(condition=Q(until__gt=F("entered_on")), name="price_move_ends_later"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(confirmed_at__isnull=False), name="price_move_holds_once_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price}: {self.because}"
