"""Hired work against the bylaws: who works here without being a member, until when, and the share of their hours."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.members.hired_people import HiredPerson, hired_people
from coop.members.models import Power, Standing
from coop.members.terms import months_later

from ..access import Here, enter, reads_private
from ..read_by_audit import What, note
from .hours import bars


@dataclass(frozen=True)
class Line:
    """A person in the table, in words; `late` when something is over its date or its limit."""

    person: HiredPerson
    ends: str
    notes: list[str]
    late: bool
    may_be_told: bool  # that they may ask for membership, by letter


@require_safe
def page(request: HttpRequest, coop: str) -> HttpResponse:
    """Shares are everybody's to read; reasons and dates of contracts are read in the office."""
    here = enter(request, coop)
    private = reads_private(here)
    note(here, What.HIRED, otherwise=here.may(Power.KEEP_REGISTER))
    lines = [_line(here, one) for one in hired_people(here.cooperative, at=here.at)]
    context = {
        "counted": [line for line in lines if not line.person.standing.replacement],
        "replacing": [line for line in lines if line.person.standing.replacement],
        "private": private,
        "keeper": here.may(Power.KEEP_REGISTER),
        "bars": bars(here),
        "late": sum(line.late for line in lines) if private else 0,
        "ripe": sum(line.may_be_told for line in lines),
        "limit": here.bylaws.hired_hours_percent,
    }
    return render(request, "people/hired/hired.html", context)


def _line(here: Here, one: HiredPerson) -> Line:
    trial, peak = _too_long(here, one)
    ends = one.work.ends
    notes = trial + peak
    if one.work.contracts > 1:
        notes.append(_("%(count)d contracts in a row") % {"count": one.work.contracts})
    if one.may_ask(here.day):
        notes.append(_("has asked to become a member") if one.asked else _("may ask to become a member"))
    late = bool(trial) or (ends is not None and ends < here.day)
    ripe = one.may_ask(here.day) and not one.asked
    return Line(one, _say_end(here.day, ends), notes, late, ripe)


def _too_long(here: Here, one: HiredPerson) -> tuple[list[str], list[str]]:
    """A trial that lasts longer than the bylaws allow; a hire that would, were it for a peak of work.

    Reasons are written in words, so nothing but a reader can tell a peak from a season. A replacement lasts as long as
    the leave.
    """
    if one.standing.replacement:
        return [], []
    trial = one.standing.kind == Standing.Kind.TRIAL
    months = here.bylaws.trial_months if trial else here.bylaws.overload_months
    if here.day <= months_later(one.work.kind_since, months):
        return [], []
    if not trial:
        said = ngettext(
            "more than %(months)d month: too long for a peak of work",
            "more than %(months)d months: too long for a peak of work",
            months,
        )
        return [], [said % {"months": months}]
    said = ngettext(
        "longer than a trial may last: %(months)d month",
        "longer than a trial may last: %(months)d months",
        months,
    )
    return [said % {"months": months}], []


def _say_end(day: datetime.date, ends: datetime.date | None) -> str:
    """The agreed end and how far away it is, in words."""
    if ends is None:
        return _("no end on record")
    left = (ends - day).days
    if left < 0:
        distance = ngettext("over for %(days)d day", "over for %(days)d days", -left) % {"days": -left}
    elif left == 0:
        distance = _("ends today")
    else:
        distance = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return f"{date_format(ends, 'DATE_FORMAT')}, {distance}"
