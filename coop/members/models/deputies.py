"""Who stands in for the holder of an office while they are away: a dated row, read by everybody."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ..ranges import Moments, Number
from .offices import Mandate


class Deputy(models.Model):
    """The powers of `mandate` rest with who holds `through`, from one moment up to another, or until it is ended.

    They rest nowhere else in that time: no power is held twice. They are never passed further, because only who holds a
    mandate names a deputy; and they are gone with either mandate, whichever ends first. Nothing says why somebody is
    away.
    """

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="deputies")
    through = models.ForeignKey(Mandate, models.PROTECT, related_name="+")  # the deputy's own seat
    since = models.DateTimeField()
    until = models.DateTimeField()
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # before its day; with `since` it never began

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name_plural = "deputies"
        constraints = [
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[
                    (Number("mandate_id"), RangeOperators.OVERLAPS),
                    (
                        Moments("since", Coalesce("ended_at", "until"), models.Value("[)")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="deputy_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(mandate=F("through")), name="deputy_is_somebody_else"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since"), ended_at__lte=F("until")),
                name="deputy_ended_within_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.through_id}"

    @staticmethod
    def in_force(at: datetime.datetime, prefix: str = "") -> Q:
        """The condition "stands in at that moment", for use behind a join prefix. Whether both mandates still run is
        asked of them."""
        begun = Q(**{f"{prefix}since__lte": at, f"{prefix}until__gt": at})
        return begun & (Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": at}))
