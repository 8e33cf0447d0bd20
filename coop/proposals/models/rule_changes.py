"""What a change of the bylaws asks for: an article and its new value. The words of the proposal are made from these."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.charter.articles import BY_KEY
from coop.charter.kinds import Article

from .proposals import Proposal


class RuleChange(models.Model):
    """One article of the bylaws with the value it shall have. The clause of the same number says it in words."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="rule_changes")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    value = models.JSONField()  # an amount of money is text, so that no digit is lost
    valid_from = models.DateField(null=True, blank=True)  # not before this day; empty: with the decision

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="rule_change_number_once"),
            models.UniqueConstraint(fields=["proposal", "key"], name="rule_changed_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(key=""), name="rule_change_names_one"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"

    @property
    def article(self) -> Article:
        return BY_KEY[self.key]
