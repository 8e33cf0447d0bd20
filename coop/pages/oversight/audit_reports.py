"""Reports of the auditor for an assembly: written before it, read and printed with its notice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.asked_often import Often, given
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.requests import ASSEMBLIES
from coop.members.models import Power
from coop.oversight import actions
from coop.oversight.models import AuditReport
from coop.oversight.rules.reports import BEFORE_IT_ENDS, LONGEST
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..sheets import Sheet, WordsField

PAGE = 20


class ReportForm(Sheet):
    meeting = forms.ChoiceField(
        label=gettext_lazy("For which assembly, or on which item of it"),
        help_text=gettext_lazy("Items can be chosen once the agenda has been announced."),
    )
    title = WordsField(
        label=gettext_lazy("On which document"),
        max_length=140,
        help_text=gettext_lazy("Such as “on the accounts of 2026”. One report for each document."),
    )
    text = WordsField(
        label=gettext_lazy("Your report"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Everybody reads it with the notice, and it is never changed."),
    )

    def __init__(self, data: Any, here: Here) -> None:
        super().__init__(data)
        found = Meeting.objects.filter(
            cooperative=here.cooperative, body__kind__in=ASSEMBLIES, state__in=BEFORE_IT_ENDS
        )
        self.meetings = {str(one.pk): one for one in found.select_related("body")}
        items = AgendaItem.objects.filter(meeting__in=self.meetings.values()).exclude(
            meeting__state=Meeting.State.DRAFT
        )
        self.items = {f"{one.meeting_id}/{one.pk}": one for one in items.order_by("number", "pk")}
        named = []
        for key, one in self.meetings.items():
            named.append((key, f"{one} ({one.get_state_display()})"))
            said = [(name, item) for name, item in self.items.items() if item.meeting_id == one.pk]
            named += [(name, f"— {item.place}. {item.heading}") for name, item in said]
        self.fields["meeting"].choices = [("", _("choose one")), *named]  # type: ignore[attr-defined]


@require_safe
def reports(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request, look.among(access.audit_reports(here), "{title} {written_by__name} {meeting__title}"), PAGE
    )
    context = {"look": look, "page": page, "audits": here.may(Power.AUDIT)}
    return render(request, "oversight/audit_reports/reports.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    access.audits(here)
    form = ReportForm(request.POST if request.method == "POST" else None, here)
    reasons: list[Reason] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.write_report(
                meeting=form.meetings[given["meeting"].partition("/")[0]],
                item=form.items.get(given["meeting"]),
                title=given["title"],
                text=given["text"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written. It lies beside the notice of the assembly."))
            return redirect("audit-report", coop, made.pk)
    status = 409 if reasons else 422 if form.errors else 200
    context = {"form": form, "reasons": reasons, "none": not form.meetings}
    return render(request, "oversight/audit_reports/write.html", context, status=status)


@require_safe
def report(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return render(request, "oversight/audit_reports/report.html", {"found": access.audit_report(here, key)})


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.audit_report(here, key)
    told = {
        "name": found.written_by.name,
        "day": date_format(here.cooperative.day_of(found.written_at), "DATE_FORMAT"),
    }
    sheet = {
        "title": found.title,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("Report of the auditor %(name)s, %(day)s") % told,
        "notes": [_("For: %(meeting)s") % {"meeting": found.meeting}, "", *found.text.split("\n")],
    }
    return to_print("told", sheet, name=found.title)


# --- Beside the notice ----------------------------------------------------------------------------------------------


def of_meeting(meeting: Meeting) -> list[AuditReport]:
    """In the order in which they were written."""
    return REPORTS.all(meeting=meeting.pk)


REPORTS = Often(
    lambda: (
        AuditReport.objects.filter(meeting_id=given("meeting"))
        .select_related("written_by", "item")
        .order_by("written_at", "pk")
    )
)
