"""A delegate tells those who sent them: written on a telephone, read by the department, hung up on the board."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.asked_often import Often, given
from coop.meetings import actions
from coop.meetings import councils as rules
from coop.meetings.models import Meeting
from coop.meetings.models.councils import ReportBack
from coop.refusals import Reason, Refused

from .. import access, kept
from ..access import Here, acting, enter
from ..asked_here import asked
from ..outcomes.results import rows_of
from ..paper import to_print
from ..sheets import Sheet, WordsField
from ..stories import Story
from .councils import due_in_words, votes_beside

DAY = datetime.timedelta(days=1)
SHOWN = datetime.timedelta(days=30)  # so long an unread report stands on the front page
FEW = 4  # the others are on the page of the council


class ReportSheet(Sheet):
    text = WordsField(
        label=gettext_lazy("What you tell your department"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "The decisions are filled in. Say what was argued, and why you voted as you did."
        ),
    )
    told_at = WordsField(
        label=gettext_lazy("Told aloud too, where"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Such as “shift change of crew B, Monday”."),
    )


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows the sheet with the decisions filled in; POST hands it to the department."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    me = acting(here)
    data = request.POST if request.method == "POST" else None
    reasons: list[Reason] = (
        rules.obstacles_to_reporting_back(meeting, by=me, at=here.at) if data is None else []
    )
    form = ReportSheet(data, initial={"text": "" if reasons else _begun(here, meeting)})
    if form.is_valid():
        try:
            made = actions.report_back(meeting=meeting, by=me, at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Your department reads it from now on."))
            return redirect("report", coop, made.pk)
    over = meeting.state == Meeting.State.CLOSED and meeting.closed_at is not None
    context = {
        "meeting": meeting,
        "body": meeting.body,
        "form": form,
        "reasons": reasons,
        "attempted": data is not None,
        "due": due_in_words(here, meeting) if over else None,
    }
    status = 200 if data is None and not reasons else 409 if reasons else 422
    return render(request, "councils/write_report.html", context, status=status)


def _begun(here: Here, meeting: Meeting) -> str:
    """What was decided with its figures, and how this delegate voted."""
    items = list(
        meeting.items.exclude(decision__number=None)
        .select_related("decision__body", "decision__ballot", "proposal")
        .prefetch_related("decision__ballot__questions__tally__lines__option")
    )
    votes = votes_beside(items, meeting.body)
    parts = []
    for item in items:
        assert item.decision is not None
        words = [
            f"{item.place}. {item.heading}",
            f"{item.decision.label}: {item.decision.get_outcome_display()}",
        ]
        tally = next((question.tally for question in item.decision.ballot.questions.all()), None)
        words += [", ".join(f"{row.label} {row.votes}" for row in rows_of(tally))] if tally else []
        mine = next((one for one in votes.get(item.pk, []) if one.cast.member.pk == acting(here).pk), None)
        if mine is not None:
            words.append(_("My vote: %(vote)s") % {"vote": mine.answer})
            words += [mine.kept] if mine.kept else []
        parts.append("\n".join(word for word in words if word))
    return "\n\n".join(parts) + "\n\n" if parts else ""


@require_safe
def report(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everybody reads it; counted is the department, when somebody says so with the button."""
    here = enter(request, coop)
    found = access.report_back(here, key)
    due = rules.due_day(found.meeting, here.bylaws)
    context = {
        "report": found,
        "meeting": found.meeting,
        "body": found.meeting.body,
        "read_by": found.readings.count(),
        "to_read": not rules.obstacles_to_reading(found, by=acting(here), at=here.at),
        "late": due is not None and here.cooperative.day_of(found.reported_at) > due,
    }
    return render(request, "councils/report.html", context)


@require_POST
def read(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.report_back(here, key)
    actions.read_report(report=found, by=acting(here), at=here.at)
    messages.success(request, _("Your delegate knows that one more has read it."))
    return redirect("report", coop, key)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the board of the department."""
    here = enter(request, coop)
    found = access.report_back(here, key)
    meeting = found.meeting
    told = _("%(name)s reports from %(meeting)s, %(day)s.") % {
        "name": found.member.name,
        "meeting": f"{meeting.body.name}, {meeting.label}",
        "day": date_format(here.cooperative.day_of(meeting.closed_at or found.reported_at), "DATE_FORMAT"),
    }
    data: dict[str, Any] = {
        "title": _("Report of your delegate"),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": told,
        "notes": found.text.split("\n"),
    }
    return to_print("told", data, name=f"{_('Report')}-{meeting.label}-{found.member.number}")


# --- On the front page ----------------------------------------------------------------------------------------------


def to_tell(here: Here) -> list[Story]:
    """For a delegate: meetings of which the department has not been told."""
    return [_to_tell(here, meeting) for meeting in asked(here, untold)]


def untold(here: Here) -> QuerySet[Meeting]:
    me = acting(here)
    owed = rules.attended(me, here.at - rules.FORGOTTEN).exclude(reports_back__member=me)
    return owed.order_by("closed_at")


def _to_tell(here: Here, meeting: Meeting) -> Story:
    due = due_in_words(here, meeting)
    return Story(
        kicker=_("Tell your department"),
        headline=str(meeting),
        address=reverse("report-back", args=[here.cooperative.slug, meeting.pk]),
        word=_("overdue") if due["late"] else _("to be told"),
        shape="late" if due["late"] else "waiting",
        meta=due["when"],
    )


def to_read(here: Here, unread: Iterable[int]) -> list[Story]:
    """For the department: what its delegates have told and this person has not read yet, by its keys."""
    told = kept.told_to_all(here, _told_lately)
    return [told[key] for key in unread if key in told]


def _told_lately(here: Here) -> dict[int, Story]:
    return {
        one.pk: Story(
            kicker=_("Your delegate reports"),
            headline=one.meeting.title,
            address=reverse("report", args=[here.cooperative.slug, one.pk]),
            word=one.member.name,
            shape="waiting",
            meta=one.meeting.body.name,
            read_by="many",
        )
        for one in LATELY.all(cooperative=here.cooperative.pk, since=here.day - SHOWN - DAY)
    }


def _lately() -> QuerySet[ReportBack]:
    found = ReportBack.objects.filter(
        meeting__cooperative_id=given("cooperative"), reported_at__gt=given("since")
    )
    return found.select_related("meeting__body", "member").defer("text")


LATELY = Often(_lately, told=True)


def unread(here: Here) -> QuerySet[ReportBack]:
    me = acting(here)
    found = rules.reports_for(me, here.day, here.at - SHOWN).exclude(readings__member=me)
    return found.order_by("-reported_at")[:FEW]
