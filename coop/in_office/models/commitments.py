"""What binds the house to pay: payment orders and contracts, by one signature or by two (practice C26)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.members.models import Member, Office


class Commitment(models.Model):
    """Signed in an office. Over the limit of the bylaws it binds nobody until another person has signed in another
    office; PostgreSQL compares `over` with the bylaws of `signed_on`, and both signatures with who holds what.

    Nothing of it is edited. What is wrong is turned down or taken back before it binds, and entered anew.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment order")
        CONTRACT = "contract", _("contract")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the second signature")
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("turned down")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=140)
    party = models.CharField(max_length=140)  # who is paid, or with whom the contract is
    amount = models.DecimalField(
        max_digits=18, decimal_places=4
    )  # in the money of the house; of a contract, all of it
    because = models.TextField(max_length=1000)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    over = models.DecimalField(max_digits=18, decimal_places=4)  # the limit of that day; 0: one is enough
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices)
    second_office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    second_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - written once, with refused_at

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="commitment_number_once"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(party="") & ~Q(because=""), name="commitment_has_words"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["payment", "contract"]), name="commitment_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, over__gte=0), name="commitment_is_of_money"),
            models.CheckConstraint(
                condition=Q(state="refused", refused_by__isnull=False, refused_at__isnull=False)
                & Q(refused_because__gt="")
                | Q(state__in=["waiting", "signed"], refused_by=None, refused_at=None, refused_because=None),
                name="commitment_turned_down_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None, second_office=None, second_at=None)
                | Q(state="signed", second_by__isnull=False, second_office__isnull=False)
                & Q(second_at__isnull=False)
                & ~Q(second_by=F("signed_by"))
                & ~Q(second_office=F("office")),
                name="commitment_signed_by_two_offices",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(over=0)
                | Q(amount__lte=F("over"))
                | Q(second_by__isnull=False),
                name="commitment_over_the_limit_signed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state="signed") | Q(over__gt=0, amount__gt=F("over")),
                name="commitment_waits_only_over_the_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """As it is quoted: PC 2026-1."""
        return f"PC {self.year}-{self.number}"

    @property
    def needs_two(self) -> bool:
        return 0 < self.over < self.amount
