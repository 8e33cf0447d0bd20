"""What one office-holder enters from a paper and another compares with it: the book, the statute, an old decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.charter.models import Cooperative

from .people import Member

LONGEST_REFUSAL = 300  # letters of what the paper says instead


class Countersigned(models.Model):
    """Waits from the moment it is entered, and counts from the second signature on (ruling 13).

    It is confirmed or turned down, once; then it stays as it is. What was entered wrongly and confirmed is followed
    by another entry, never mended.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_on = models.DateField()  # the day of it where the plant stands: no date of the past lies after it
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=LONGEST_REFUSAL, null=True, blank=True)  # noqa: DJ001 - written once, with refused_at

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None


def waiting() -> Q:
    return Q(confirmed_at=None, refused_at=None)


def by_two(name: str) -> list[models.BaseConstraint]:
    """Confirmed by somebody else than who entered it, or turned down with a reason, or neither; never both."""
    return [
        models.CheckConstraint(
            condition=Q(confirmed_by=None, confirmed_at=None)
            | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
            name=f"{name}_confirmed_by_somebody_else",
        ),
        models.CheckConstraint(
            condition=Q(refused_by=None, refused_at=None, refused_because=None)
            | Q(
                refused_by__isnull=False,
                refused_at__isnull=False,
                refused_because__gt="",
                confirmed_at=None,
            ),
            name=f"{name}_turned_down_with_a_reason",
        ),
    ]
