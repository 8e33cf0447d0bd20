"""Meetings that come back: their next days, how a series begins and ends, and the holidays they skip."""

from __future__ import annotations

import datetime
import itertools
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.meetings import actions
from coop.meetings.drafts import FARTHEST
from coop.meetings.models import Holiday, Meeting, Series
from coop.meetings.rules.calling import notice_days, obstacles_in_kind
from coop.meetings.series import holidays_of, hours_of, obstacles_to_ending_series, turns_of
from coop.members.models import Body, Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..reasons import say
from ..sheets import DayField, Sheet, WordsField
from .calling_forms import kinds

NEXT = 5  # days shown of each series
PAGE = 20
_HOUR = re.compile(r"(\d{1,2})[:.h](\d{2})")


@dataclass(frozen=True)
class Coming:
    """One day of a series: its hours, and the meeting, once it is prepared and the reader may see it."""

    day: datetime.date
    hours: str
    moved: bool
    meeting: Meeting | None


@dataclass(frozen=True)
class Row:
    series: Series
    coming: list[Coming]
    ends: bool


@require_safe
def series(request: HttpRequest, coop: str) -> HttpResponse:
    """Those that run, with their next days; two questions more, however many there are."""
    here = enter(request, coop)
    running = Series.objects.filter(body__cooperative=here.cooperative, ended_at=None)
    look = Look(request)
    running = look.among(running.select_related("body"), "{title} {body__name} {place}")
    page = page_of(request, running.order_by("body__code", "pk"), PAGE)
    context = {
        "look": look,
        "page": page,
        "rows": _rows(here, list(page)),
        "begins": here.may(Power.CONVENE),
        "holidays": Holiday.objects.filter(cooperative=here.cooperative, day__gte=here.day),
    }
    return render(request, "meetings/series/series.html", context)


def _rows(here: Here, running: list[Series]) -> list[Row]:
    holidays = holidays_of(here.cooperative)
    prepared = Meeting.objects.filter(series__in=running).exclude(state=Meeting.State.CANCELLED)
    meetings = {(one.series_id, one.series_on): one for one in prepared.select_related("body")}
    rows = []
    for one in running:
        calls = here.may(Power.CONVENE, one.body)
        coming = []
        for turn in itertools.islice(turns_of(one, holidays, since=here.day), NEXT):
            meeting = meetings.get((one.pk, turn.on))
            shown = meeting if meeting is not None and (calls or meeting.number) else None
            coming.append(
                Coming(turn.held_on, ", ".join(hours_of(one, turn)), turn.on != turn.held_on, shown)
            )
        rows.append(Row(one, coming, calls))
    return rows


class HoursField(WordsField):
    """A line for each meeting of the rotation, on it the hours of its sittings: "05:30 13:30 21:30"."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "13:30"})

    def clean(self, value: Any) -> list[list[str]]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [[_hour(word) for word in re.split(r"[\s,;]+", line.strip())] for line in lines]


def _hour(word: str) -> str:
    found = _HOUR.fullmatch(word)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise forms.ValidationError(_("“%(word)s” is no hour. Write it like 13:30.") % {"word": word[:20]})
    return f"{int(found[1]):02}:{found[2]}"


class SeriesForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who meets"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind of meeting"), choices=kinds)
    title = WordsField(label=gettext_lazy("Title"), max_length=160)
    place = WordsField(label=gettext_lazy("Place"), max_length=160)
    first_on = DayField(label=gettext_lazy("First day"))
    every_days = forms.IntegerField(
        label=gettext_lazy("Comes back after so many days"), min_value=1, max_value=366, initial=14
    )
    hours = HoursField(
        label=gettext_lazy("Hours"),
        max_length=400,
        help_text=gettext_lazy(
            "On one line the hours of the sittings of one meeting. Where the hour goes round the shifts, a line for"
            " each meeting; after the last line it begins again."
        ),
    )
    skips_holidays = forms.BooleanField(
        label=gettext_lazy("On a holiday it is held the day after"), required=False, initial=True
    )
    ahead_days = forms.IntegerField(
        label=gettext_lazy("Draft so many days before"), min_value=1, max_value=120, initial=21
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        field: Any = self.fields["body"]
        field.queryset = access.bodies_to_call(here).select_related("cooperative__chain")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first = answers.get("first_on")
        if first and first <= self.here.day:
            self.add_error("first_on", _("The first day lies in the future."))
        elif first and first > self.here.day + FARTHEST:
            self.add_error("first_on", _("That is more than two years away. Look at the year again."))
        kind = answers.get("kind")
        if answers.get("body") and kind:
            for reason in obstacles_in_kind(answers["body"], kind):
                self.add_error("kind", say(reason))
            least = notice_days(Meeting(kind=kind), self.here.bylaws) + 1
            if answers.get("ahead_days", least) < least:
                words = _("At least %(days)s days, or the notice cannot go out in time.")
                self.add_error("ahead_days", words % {"days": least})
        return answers


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not access.bodies_to_call(here).exists():
        raise Http404
    form = SeriesForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.begin_series(**form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("Begun. Each draft is prepared by itself and waits for you to convene it.")
            )
            return redirect("series", coop)
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/series/begin.html", {"form": form, "reasons": reasons}, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks once more; POST ends it."""
    here = enter(request, coop)
    found = access.series(here, key)
    if not here.may(Power.CONVENE, found.body):
        raise Http404
    if request.method == "POST":
        actions.end_series(series=found, by=acting(here), at=here.at)
        messages.success(request, _("Ended. Drafts that are there stay, to be convened or cancelled."))
        return redirect("series", coop)
    reasons = obstacles_to_ending_series(found, by=acting(here), at=here.at)
    return render(request, "meetings/series/end.html", {"series": found, "reasons": reasons})


class HolidayForm(Sheet):
    day = DayField(label=gettext_lazy("Day"))
    name = WordsField(label=gettext_lazy("What is celebrated"), max_length=120)


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest, coop: str) -> HttpResponse:
    """The holidays to come, and a sheet for one more."""
    here = enter(request, coop)
    if not here.may(Power.CONVENE):
        raise Http404
    form = HolidayForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.enter_holiday(
                cooperative=here.cooperative, **form.cleaned_data, by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            return redirect("holidays", coop)
    look = Look(request)
    found = look.among(
        Holiday.objects.filter(cooperative=here.cooperative, day__gte=here.day), "{day} {name}"
    )
    page = page_of(request, found.order_by("day"), PAGE)
    context = {"form": form, "reasons": reasons, "look": look, "page": page}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/series/holidays.html", context, status=status)


@require_POST
def strike_holiday(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.holiday(here, key)
    if not here.may(Power.CONVENE):
        raise Http404
    actions.strike_holiday(holiday=found, by=acting(here), at=here.at)
    messages.success(request, _("Struck: %(name)s") % {"name": found.name})
    return redirect("holidays", coop)
