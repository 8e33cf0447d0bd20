"""The last lawful day of each step: for a date that somebody thinks of, and for a meeting that is there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.meetings.calendar import LastDay, Step, first_meeting_day, timetable
from coop.meetings.drafts import FARTHEST, days_of
from coop.meetings.models import Meeting
from coop.meetings.rules.calling import obstacles_in_kind
from coop.members.models import Body, Power
from coop.refusals import Reason

from ..access import Here, enter
from ..reasons import say
from ..sheets import DayField, Sheet
from ..timetable import say_distance
from .calling_forms import kinds

WORDS: dict[Step, Any] = {
    Step.REQUESTS: gettext_lazy("Members ask for items, until the notice goes out"),
    Step.NOTICE: gettext_lazy("Notice posted"),
    Step.PAPERS: gettext_lazy("Papers lie open"),
    Step.REGISTER: gettext_lazy("Register of voters closes"),
    Step.CLAIMS: gettext_lazy("Claims against the register end"),
    Step.LATE_ITEMS: gettext_lazy("Items that members add after the notice"),
    Step.NEW_AGENDA: gettext_lazy("New agenda posted"),
    Step.MEETING: gettext_lazy("The meeting"),
    Step.LAST_SITTING: gettext_lazy("The last sitting"),
    Step.SITTING_MINUTES: gettext_lazy("Record of each sitting ready"),
    Step.MINUTES: gettext_lazy("Minutes ready"),
    Step.OBJECTIONS: gettext_lazy("Objections to the minutes end"),
    Step.AUTHORITY: gettext_lazy("Minutes sent to the public authority"),
    Step.CHALLENGE: gettext_lazy("Decisions may be challenged"),
}


@dataclass(frozen=True)
class Row:
    """A line of meetings/last_days.html."""

    words: str
    day: datetime.date
    distance: str
    over: bool


def rows(lines: list[LastDay], today: datetime.date) -> list[Row]:
    return [
        Row(str(WORDS[line.step]), line.day, say_distance(today, line.day), line.day < today)
        for line in lines
    ]


def last_days(meeting: Meeting, here: Here) -> list[Row]:
    """Of a meeting with its sittings prefetched; nothing while it has none."""
    days = [here.cooperative.day_of(sitting.starts_at) for sitting in meeting.sittings.all()]
    if not days:
        return []
    posted = here.cooperative.day_of(meeting.convened_at) if meeting.convened_at else None
    return rows(timetable(min(days), max(days), days_of(meeting, here.bylaws), posted=posted), here.day)


class PlanForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who meets"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind of meeting"), choices=kinds)
    day = DayField(label=gettext_lazy("The day"))

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        field: Any = self.fields["body"]
        bodies = Body.objects.filter(cooperative=here.cooperative).exclude(kind=Body.Kind.REGISTER)
        field.queryset = bodies.order_by("name")
        field.initial = bodies.filter(kind=Body.Kind.ASSEMBLY).values_list("code", flat=True).first()

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        day = answers.get("day")
        if day and day < self.here.day:
            self.add_error("day", _("That day is over."))
        elif day and day > self.here.day + FARTHEST:
            self.add_error("day", _("That is more than two years away. Look at the year again."))
        if answers.get("body") and answers.get("kind"):
            for reason in obstacles_in_kind(answers["body"], answers["kind"]):
                self.add_error("kind", say(reason))
        return answers


@require_safe
def plan(request: HttpRequest, coop: str) -> HttpResponse:
    """Anybody may look: who wants an item on an agenda wants to know until when."""
    here = enter(request, coop)
    form = PlanForm(request.GET or None, here=here)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        answers = form.cleaned_data
        body, day = answers["body"], answers["day"]
        days = days_of(Meeting(body=body, kind=answers["kind"], cooperative=here.cooperative), here.bylaws)
        table = timetable(day, day, days)
        context["last_days"] = rows(table, here.day)
        last = next(line.day for line in table if line.step == Step.NOTICE)
        if last < here.day:
            context["late"] = [Reason("notice-too-late", {"last": last.isoformat(), "days": days.notice})]
            context["soonest"] = first_meeting_day(
                here.day, notice_days=days.notice, ends_counted=days.ends_counted
            )
        if here.may(Power.CONVENE, body):
            query = urlencode({"body": body.code, "kind": answers["kind"], "day": day.isoformat()})
            context["prepare_address"] = f"{reverse('meeting-prepare', args=[coop])}?{query}"
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)
