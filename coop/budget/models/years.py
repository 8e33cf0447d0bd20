"""A budget of a year, and its lines. What an amendment would change in them is computed, never stored beside them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Department, Member

from ..balance import Side

# Money as the bylaws keep it: exact, up to four decimals (a currency has at most so many).
DIGITS: Any = {"max_digits": 18, "decimal_places": 4}


class Year(models.Model):
    """One text of the budget of a year. What was turned down stays as it was; the next text is another row."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being drawn up")
        OPEN = "open", _("open for amendments")
        CONCILIATION = "conciliation", _("in conciliation")
        PUT = "put", _("put to the vote")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("turned down")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")

    BEFORE_THE_VOTE = (State.DRAFT, State.OPEN, State.CONCILIATION)
    LOCKED = (State.ADOPTED, State.RUNNING, State.CLOSED)

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    text = models.PositiveSmallIntegerField(default=1)  # the second, when the first was turned down
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # The last days for what comes next, included. Of the vote the day that was planned.
    amendments_until = models.DateField(null=True, blank=True)
    conciliation_until = models.DateField(null=True, blank=True)
    vote_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    floor = models.DecimalField(
        **DIGITS, default=0
    )  # under the contingency, as the bylaws stood when it came out
    conciliation_at = models.DateTimeField(null=True, blank=True)
    put_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")  # the decision: "D GA 2026-14"
    hash = models.CharField(max_length=64, blank=True, default="")  # of the lines as they were adopted
    running_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    untold_since: datetime.datetime | None = (
        None  # no column: what a page does not tell yet (coop/budget/untold.py)
    )

    class Meta:
        ordering = ["-year", "-text"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "text"], name="budget_text_once"),
            models.UniqueConstraint(
                fields=["cooperative", "year"],
                condition=~Q(state="rejected"),
                name="budget_one_text_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2200, text__gt=0), name="budget_year_is_one"
            ),
            models.CheckConstraint(condition=Q(floor__gte=0), name="budget_floor_not_negative"),
            models.CheckConstraint(
                condition=Q(text=1, follows=None) | Q(text__gt=1, follows__isnull=False),
                name="budget_next_text_follows_one",
            ),
            models.CheckConstraint(
                condition=Q(amendments_until=None)
                | Q(amendments_until__lte=F("conciliation_until"), conciliation_until__lte=F("vote_on")),
                name="budget_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (~Q(state="draft") & Q(published_at__isnull=False, vote_on__isnull=False)),
                name="budget_published_with_its_days",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "open", "conciliation", "put"], settled_at=None, decided_by=""
                )
                | Q(
                    state__in=["adopted", "rejected", "running", "closed"],
                    settled_at__isnull=False,
                    decided_by__gt="",
                ),
                name="budget_settled_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["adopted", "running", "closed"], hash__regex="^[0-9a-f]{64}$")
                | (~Q(state__in=["adopted", "running", "closed"]) & Q(hash="")),
                name="budget_adopted_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people quote it: B 2027; B 2027/2 is the second text."""
        return f"B {self.year}" if self.text == 1 else f"B {self.year}/{self.text}"

    @property
    def is_locked(self) -> bool:
        """Adopted: a line moves only by a decision."""
        return self.state in self.LOCKED

    def takes_amendments(self, day: datetime.date) -> bool:
        return (
            self.state == self.State.OPEN
            and self.amendments_until is not None
            and day <= self.amendments_until
        )


class Line(models.Model):
    """An account of the budget. Amounts are of the year, never below zero; `adopted` is written with the vote, once."""

    class Side(models.TextChoices):
        INCOME = Side.INCOME.value, _("income")
        EXPENSE = Side.EXPENSE.value, _("expense")

    year = models.ForeignKey(Year, models.PROTECT, related_name="lines")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    side = models.CharField(max_length=7, choices=Side.choices)
    title = models.CharField(max_length=160)
    basis = models.CharField(max_length=300, blank=True)  # how the amount was found, in words
    last = models.DecimalField(**DIGITS, null=True, blank=True)  # the year before the current one
    current = models.DecimalField(**DIGITS, null=True, blank=True)
    proposed = models.DecimalField(**DIGITS)
    adopted = models.DecimalField(**DIGITS, null=True, blank=True)
    is_contingency = models.BooleanField(default=False)

    class Meta:
        ordering = ["side", "code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="budget_line_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(is_contingency=True), name="budget_one_contingency"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="budget_line_has_its_head"),
            models.CheckConstraint(
                condition=Q(side__in=["income", "expense"]) & (Q(is_contingency=False) | Q(side="expense")),
                name="budget_line_has_its_side",
            ),
            models.CheckConstraint(
                condition=Q(proposed__gte=0)
                & (Q(last=None) | Q(last__gte=0))
                & (Q(current=None) | Q(current__gte=0))
                & (Q(adopted=None) | Q(adopted__gte=0)),
                name="budget_line_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Ceiling(models.Model):
    """What a department may spend at most in the draft, published with it."""

    year = models.ForeignKey(Year, models.PROTECT, related_name="ceilings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    amount = models.DecimalField(**DIGITS)

    class Meta:
        ordering = ["department__code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "department"], name="budget_ceiling_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_ceiling_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}: {self.department_id}"
