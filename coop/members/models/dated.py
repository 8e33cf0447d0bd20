"""What is true of a member from a day on: how they stand to the co-operative, and where they work."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from ..ranges import Days, Number
from .people import Member
from .plant import Crew, Department


class Dated(models.Model):
    """Something true of a member from a day up to (not including) another; the next row begins where it ends."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="%(class)ss")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    struck_at = models.DateTimeField(
        null=True, blank=True
    )  # entered wrongly: it stays legible and counts for nothing
    struck_because = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - written once, with struck_at

    class Meta:
        abstract = True

    @staticmethod
    def on(day: datetime.date | Combinable, prefix: str = "") -> models.Q:
        """The condition "true on that day", for use behind a join prefix."""
        begun = models.Q(**{f"{prefix}since__lte": day, f"{prefix}struck_at": None})
        return begun & (models.Q(**{f"{prefix}until": None}) | models.Q(**{f"{prefix}until__gt": day}))


def one_at_a_time(name: str) -> list[models.BaseConstraint]:
    """No two rows of one member overlap (struck ones apart), and none ends before it begins."""
    alone: list[tuple[Any, str]] = [
        (Number("member_id"), RangeOperators.OVERLAPS),
        (Days("since", "until", models.Value("[)")), RangeOperators.OVERLAPS),
    ]
    ends = models.Q(until=None) | models.Q(until__gte=models.F("since"))
    return [
        ExclusionConstraint(
            name=f"one_{name}_at_a_time", expressions=alone, condition=models.Q(struck_at=None)
        ),
        models.CheckConstraint(condition=ends, name=f"{name}_ends_after_it_begins"),
        models.CheckConstraint(
            condition=models.Q(struck_at=None, struck_because=None)
            | models.Q(struck_at__isnull=False, struck_because__gt=""),
            name=f"{name}_struck_with_a_reason",
        ),
    ]


class Standing(Dated):
    """What a person is to the co-operative. Sick and parental leave keep every right (practice C01)."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        TRIAL = "trial", _("on trial")
        HIRED = "hired", _("hired")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        MEDICAL_LEAVE = "medical_leave", _("on sick leave")
        PARENTAL_LEAVE = "parental_leave", _("on parental leave")
        VOLUNTARY_LEAVE = "voluntary_leave", _("on leave at own wish")
        OUTSIDE_OFFICE = "outside_office", _("in an office outside")
        NOTICE_GIVEN = "notice_given", _("has given notice")
        SUSPENDED = "suspended", _("suspended")
        LEFT = "left", _("has left")
        EXPELLED = "expelled", _("excluded")
        DIED = "died", _("died")

    GONE = (Status.LEFT, Status.EXPELLED, Status.DIED)

    kind = models.CharField(max_length=8, choices=Kind.choices)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.ACTIVE)
    expected_until = models.DateField(
        null=True, blank=True
    )  # end of a contract, a trial or a leave, as agreed
    replacement = models.BooleanField(
        default=False
    )  # hired in the place of somebody on leave: outside the limit
    document = models.CharField(
        max_length=200, blank=True
    )  # what decided it: "D GA 2026-3", sheet of the book
    appealed_at = models.DateTimeField(null=True, blank=True)  # a suspension, within the days of the bylaws
    final_at = models.DateTimeField(null=True, blank=True)  # the appeal was decided, or its days went by

    class Meta:
        ordering = ["since"]
        constraints = [
            *one_at_a_time("standing"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["member", "trial", "hired"]), name="standing_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "active",
                        "medical_leave",
                        "parental_leave",
                        "voluntary_leave",
                        "outside_office",
                        "notice_given",
                        "suspended",
                        "left",
                        "expelled",
                        "died",
                    ]
                ),
                name="standing_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="expelled") | ~models.Q(document=""),
                name="exclusion_only_by_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(status="suspended") | models.Q(appealed_at=None, final_at=None),
                name="only_a_suspension_is_appealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_status_display()}"


class Posting(Dated):
    """Where a person works: one home department (council votes), and a crew unless they work by day."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["since"]
        constraints = one_at_a_time("posting")

    def __str__(self) -> str:
        return f"{self.department} · {self.crew or '—'}"
