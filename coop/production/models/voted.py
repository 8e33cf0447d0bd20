"""What the assembly itself set by its vote needs no second signature: there is no paper to compare it with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


def by_two_or_voted(name: str) -> list[models.BaseConstraint]:
    """As `by_two`; what was voted is confirmed by nobody and never turned down."""
    return [
        models.CheckConstraint(
            condition=Q(voted=True, confirmed_by=None)
            | Q(confirmed_by=None, confirmed_at=None)
            | (
                Q(voted=False, confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("entered_by"))
            ),
            name=f"{name}_confirmed_by_somebody_else",
        ),
        models.CheckConstraint(
            condition=Q(refused_by=None, refused_at=None, refused_because=None)
            | Q(
                voted=False,
                refused_by__isnull=False,
                refused_at__isnull=False,
                refused_because__gt="",
                confirmed_at=None,
            ),
            name=f"{name}_turned_down_with_a_reason",
        ),
    ]
