"""What the auditor wrote, of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from coop.members.models import Power
from coop.oversight.models import Appeal, AuditReport, CountSheet, Finding

from .entering import Here, one


def audits(here: Here) -> None:
    """For whoever audits; for everybody else there is nothing here."""
    if not here.may(Power.AUDIT):
        raise Http404


def appeals(here: Here) -> QuerySet[Appeal]:
    found = Appeal.objects.select_related("standing", "appellant", "entered_by", "owed", "decision__body")
    return found.filter(cooperative=here.cooperative)


def appeal(here: Here, key: int) -> Appeal:
    thing: Appeal = one(appeals(here), pk=key)
    thing.cooperative = thing.appellant.cooperative = here.cooperative
    return thing


def counts(here: Here) -> QuerySet[CountSheet]:
    found = CountSheet.objects.select_related("filed_by", "witness")
    return found.filter(cooperative=here.cooperative)


def count(here: Here, key: int) -> CountSheet:
    thing: CountSheet = one(counts(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def audit_reports(here: Here) -> QuerySet[AuditReport]:
    """Of assemblies that were announced; whoever audits, and whoever calls the body, read the others too."""
    found = AuditReport.objects.select_related("meeting__body", "item", "written_by")
    found = found.filter(cooperative=here.cooperative)
    if here.may(Power.AUDIT):
        return found
    calls = here.powers.over(Power.CONVENE, field="meeting__body")
    return found.filter(Q(meeting__number__isnull=False) | calls)


def audit_report(here: Here, key: int) -> AuditReport:
    thing: AuditReport = one(audit_reports(here), pk=key)
    return thing


def findings(here: Here) -> QuerySet[Finding]:
    found = Finding.objects.select_related("body", "office", "written_by", "closed_by", "owed")
    return found.filter(cooperative=here.cooperative)


def finding(here: Here, key: int) -> Finding:
    thing: Finding = one(findings(here), pk=key)
    thing.cooperative = thing.body.cooperative = here.cooperative
    return thing
