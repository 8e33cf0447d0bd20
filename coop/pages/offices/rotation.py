"""Terms that end: which seats, when, who may call their election; and the warning of it on other pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.elections.models import ContestSeat, Election
from coop.members.models import Power

from ..access import Here, enter, page_of
from ..elections.seats import Line, lines_to_fill, say_line
from ..elections.told import Places
from ..looking import Look
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

PAGE = 20
RUNNING = (Election.State.CANDIDATURES, Election.State.OBJECTIONS, Election.State.FINAL)


@dataclass(frozen=True)
class Ending:
    """Seats of one office that fall free on one day. `election`: the one that is called for them."""

    line: Line
    day: datetime.date
    soon: bool
    election: Election | None


def endings(here: Here) -> list[Ending]:
    """The soonest first; seats without an end are not told. Three questions."""
    called = {
        one.seat_id: one.contest.election
        for one in ContestSeat.objects.filter(
            contest__election__cooperative=here.cooperative, contest__election__state__in=RUNNING
        ).select_related("contest__election")
    }
    last = here.day + datetime.timedelta(days=here.bylaws.term_warning_days)
    found = []
    for line in lines_to_fill(here):
        if line.until is not None:
            day = here.cooperative.day_of(line.until)
            election = next((called[seat.pk] for seat in line.seats if seat.pk in called), None)
            found.append(Ending(line, day, day <= last, election))
    return sorted(found, key=lambda one: (one.day, one.line.office.title))


def to_call(here: Here, found: list[Ending]) -> str:
    """The page on which an election of these seats is called, with the seats ticked."""
    keys = [("seat", one.line.key) for one in found]
    return reverse("election-call", args=[here.cooperative.slug]) + "?" + urlencode(keys)


@require_safe
def terms(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    places = Places(here)
    calls = here.may(Power.RUN_ELECTIONS)
    found, look = endings(here), Look(request)
    page = page_of(request, look.within(found, _named), PAGE)
    rows = [
        {
            "ending": one,
            "words": capfirst(say_line(here, one.line, places)),
            "distance": say_distance(here.day, one.day),
            "address": to_call(here, [one]) if calls and one.election is None else "",
        }
        for one in page
    ]
    context = {
        "look": look,
        "page": page,
        "rows": rows,
        "days": here.bylaws.term_warning_days,
        "partial": _of_several_days(found),
    }
    return render(request, "offices/rotation/terms.html", context)


def _named(one: Ending) -> str:
    """The words by which a term that ends is looked for."""
    office, holders = one.line.office, one.line.holders
    return " ".join([office.title, office.body.name, *(held.member.name for held in holders)])


def _of_several_days(found: list[Ending]) -> list[str]:
    """Offices whose seats fall free on different days: they are renewed in parts."""
    days: dict[str, set[datetime.date]] = {}
    for one in found:
        days.setdefault(f"{one.line.office.title}, {one.line.office.body.name}", set()).add(one.day)
    return sorted(office for office, those in days.items() if len(those) > 1)


def duty(here: Here) -> list[Story]:
    """Of the commission: what ends within the days of the bylaws and has no election yet."""
    if not here.may(Power.RUN_ELECTIONS):
        return []
    found = [one for one in endings(here) if one.soon and one.election is None]
    if not found:
        return []
    many = sum(len(one.line.seats) for one in found)
    told = {"day": say_day(found[0].day), "distance": say_distance(here.day, found[0].day)}
    return [
        Duty(
            kicker=_("Terms that end"),
            headline=ngettext("One seat to be elected anew", "%(many)s seats to be elected anew", many)
            % {"many": many},
            address=reverse("terms", args=[here.cooperative.slug]),
            word=_("no election called"),
            shape="waiting",
            meta=_("the first on %(day)s (%(distance)s)") % told,
            until=found[0].day,
        )
    ]
