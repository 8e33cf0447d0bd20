"""Who promised to buy, and who refused to deal with us: the plant answers for both (C15)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.charter.models import Cooperative
from coop.members.models import Member

from .selling import BuyerKind


class Pledge(models.Model):
    """What an organisation promised to buy in a year, at which price; a later promise of the year takes its place."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    buyer = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=BuyerKind.choices)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=4)  # money of the house
    what = models.CharField(max_length=300)
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
    """A public body, a bank or a firm that would not buy, lend or supply, with the reason it gave."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    refuser = models.CharField(max_length=160)
    what = models.CharField(max_length=200)  # asked for: a contract, a loan
    because = models.CharField(max_length=300, blank=True)  # as they said; empty where they gave none
    refused_on = models.DateField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-refused_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(refuser="") & ~Q(what=""), name="refusal_has_its_words"),
        ]

    def __str__(self) -> str:
        return self.refuser
