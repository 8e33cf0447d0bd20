"""The hours of each quarter against the limit on hired work: entering them, and the share they make."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from coop.charter.models import Bylaws
from coop.members.actions import office_work
from coop.members.hired import Hours, last_day, over, percent, quarters_until, share
from coop.members.models import Power, WorkedHours
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField

SHOWN = 8  # quarters in the chart
OPEN = 12  # quarters back for which hours may still be entered
MOST = 100_000_000  # hours in a quarter: more than any plant works


class HoursForm(Sheet):
    """The hours of one quarter, as they were added up."""

    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"))
    members = forms.IntegerField(
        label=gettext_lazy("Hours of members"),
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("Whole hours."),
    )
    hired = forms.IntegerField(
        label=gettext_lazy("Hours of everybody else"),
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("Hired and on trial, with replacements and trainees."),
    )
    outside = forms.IntegerField(
        label=gettext_lazy("Of these, replacements and trainees"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=gettext_lazy("They do not count against the limit."),
    )
    source = WordsField(
        label=gettext_lazy("Where the hours come from"),
        max_length=200,
        help_text=gettext_lazy("The sheets or the book they were added up from."),
    )

    def __init__(self, data: Any, here: Here) -> None:
        super().__init__(data)
        choices = [
            (f"{year}-{quarter}", say_quarter(year, quarter))
            for year, quarter in quarters_until(here.day, OPEN)
        ]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]

    @property
    def when(self) -> tuple[int, int]:
        year, _dash, quarter = self.cleaned_data["quarter"].partition("-")
        return int(year), int(quarter)

    @property
    def hours(self) -> Hours:
        return Hours(*(self.cleaned_data[name] for name in Hours._fields))


@dataclass(frozen=True)
class Bar:
    """A quarter: its hours, its share, and the lengths of the picture in per cent of the width."""

    quarter: str
    entry: WorkedHours
    members: str
    hired: str
    outside: str
    share: str
    limit: str
    sentence: str
    over: bool
    length: str
    mark: str


@require_http_methods(["GET", "POST"])
def enter_hours(request: HttpRequest, coop: str) -> HttpResponse:
    """Enters the hours of a quarter; a second entry of the same quarter replaces the first."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    form = HoursForm(request.POST if request.method == "POST" else None, here)
    if request.method == "GET":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    year, quarter = form.when
    try:
        office_work.enter_hours(
            year=year,
            quarter=quarter,
            hours=form.hours,
            source=form.cleaned_data["source"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refused:
        return _form(request, form, refused=refused.reasons, status=409)
    messages.success(
        request, _("Entered: the hours of the %(quarter)s.") % {"quarter": say_quarter(year, quarter)}
    )
    return redirect("members-hired", coop)


def _form(
    request: HttpRequest, form: HoursForm, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "people/hired/hours.html", {"form": form, "refused": refused or []}, status=status)


def say_quarter(year: int, quarter: int) -> str:
    names = [_("first quarter"), _("second quarter"), _("third quarter"), _("fourth quarter")]
    return _("%(quarter)s of %(year)s") % {"quarter": names[quarter - 1], "year": year}


def bars(here: Here) -> list[Bar]:
    """The latest entry of each of the last quarters, the newest first, against the limit that held at its end."""
    entries = WorkedHours.objects.filter(cooperative=here.cooperative).select_related("entered_by")
    latest = list(
        entries.order_by("-year", "-quarter", "-entered_at", "-pk").distinct("year", "quarter")[:SHOWN]
    )
    rules = list(Bylaws.objects.filter(cooperative=here.cooperative).order_by("version"))
    judged = [(one, Hours(one.members, one.hired, one.outside), _limit(rules, one)) for one in latest]
    longest = max([Fraction(1, 20), *(max(share(hours), limit) for _one, hours, limit in judged)])
    return [_bar(one, hours, limit, scale=longest * Fraction(5, 4)) for one, hours, limit in judged]


def _limit(rules: list[Bylaws], one: WorkedHours) -> Fraction:
    day = last_day(one.year, one.quarter)
    held = [bylaws for bylaws in rules if bylaws.valid_from <= day]
    return Fraction((held[-1] if held else rules[0]).hired_hours_percent, 100)


def _bar(one: WorkedHours, hours: Hours, limit: Fraction, *, scale: Fraction) -> Bar:
    part, much = share(hours), over(hours, limit)
    quarter = say_quarter(one.year, one.quarter)
    words = {
        "limit": number_format(int(limit * 100)),
        "quarter": quarter,
        "share": number_format(percent(part, limit)),
    }
    if part > limit:
        end = ngettext("%(number)s hour over", "%(number)s hours over", much) % {"number": _grouped(much)}
        sentence = _("The limit is %(limit)s %%; in the %(quarter)s it was %(share)s %%: %(end)s.")
    else:
        end = _grouped(-much)
        sentence = _(
            "The limit is %(limit)s %%; in the %(quarter)s it was %(share)s %%, %(end)s hours below it."
        )
    return Bar(
        quarter=quarter,
        entry=one,
        members=_grouped(one.members),
        hired=_grouped(one.hired),
        outside=_grouped(one.outside),
        share=words["share"],
        limit=words["limit"],
        sentence=sentence % {**words, "end": end},
        over=part > limit,
        length=f"{float(part / scale * 100):.2f}%",
        mark=f"{float(limit / scale * 100):.2f}%",
    )


def _grouped(number: int) -> str:
    """12,136 in English; long figures are misread without it."""
    return str(number_format(number, force_grouping=True))
