"""Second signatures under many lines at once: a month of output, a plan of a year."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import OutputSigned, PlanLine
from ..rules.months import figures_of, obstacles_to_signing_month
from .figures import confirm_plan
from .locks import hold


@transaction.atomic
def sign_month(
    *, cooperative: Cooperative, year: int, month: int, by: Member, at: datetime.datetime
) -> OutputSigned:
    """The figures of the month as they stand now. One that is corrected later asks for a signature again."""
    cooperative = hold(cooperative)
    refuse_if(obstacles_to_signing_month(cooperative, year, month, by=by, at=at))
    figures = list(figures_of(cooperative, year, month))
    signed = OutputSigned.objects.create(
        cooperative=cooperative,
        year=year,
        month=month,
        last=max(figures, key=lambda one: one.pk),
        figures=len(figures),
        signed_by=by,
        signed_at=at,
    )
    subject = Subject("output-month", str(signed.pk), f"{year}-{month:02}")
    facts = {"number": len(figures)}
    write(cooperative.chain, verb="output-signed", subject=subject, by=by.actor, at=at, facts=facts)
    return signed


@transaction.atomic
def confirm_plans(*, lines: Sequence[PlanLine], by: Member, at: datetime.datetime) -> None:
    """All of them, or none."""
    for line in sorted(lines, key=lambda one: one.pk):
        confirm_plan(line=line, by=by, at=at)
