"""One office over the years: who has held it, from which departments and crews, and who may hold it again when."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.elections.models import Resignation
from coop.elections.who_when import BAR, REST, TIME, who_becomes_free
from coop.members.models import Mandate, Office, Posting, Power

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look

SHOWN = 40  # terms in the picture, the latest of them
MANY = 30


@dataclass(frozen=True)
class Term:
    """A line of the picture: from where to where, in hundredths of its breadth."""

    mandate: Mandate
    department: str
    crew: str
    begins: str
    ends: str
    sentence: str
    because: str  # why the holder resigned, for those who may read it


@require_safe
def office(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.office(here, key)
    terms = _terms(here, found)
    look = Look(request)
    free = look.within(
        who_becomes_free(found, here.day, here.bylaws), lambda one: f"{one.member.name} {one.member.number}"
    )
    why = {
        REST: _("rest after terms in a row"),
        BAR: _("bar after a recall"),
        TIME: _("not a member for long enough"),
    }
    context = {
        "office": found,
        "terms": terms,
        "first": terms[0].mandate.since.year if terms else "",
        "departments": Counter(one.department for one in terms).most_common(),
        "crews": Counter(one.crew for one in terms).most_common(),
        "look": look,
        "free": page_of(request, [(one, why[one.why]) for one in free], MANY),
        "limit": here.bylaws.consecutive_terms,
        "rest": here.bylaws.rest_months,
    }
    return render(request, "offices/rotation/office.html", context)


def _terms(here: Here, office: Office) -> list[Term]:
    """The latest terms in full seats, the earliest first. Three questions."""
    held = Mandate.objects.filter(
        seat__office=office, seat__alternate=False, confirmed_at__isnull=False, since__lte=here.at
    ).exclude(until=F("since"))
    mandates = list(held.select_related("member", "seat").order_by("-since", "-pk")[:SHOWN])[::-1]
    if not mandates:
        return []
    first, last = mandates[0].since, max([here.at, *(one.until for one in mandates if one.until)])
    posts = Posting.objects.filter(member__in={one.member_id for one in mandates}, struck_at=None)
    said = _said(here, mandates)
    rows = list(posts.select_related("department", "crew").order_by("since", "pk"))

    def place(moment: datetime.datetime) -> str:
        return f"{100 * ((moment - first) / (last - first)):.2f}%"

    told = []
    for one in mandates:
        day = here.cooperative.day_of(one.since)
        at = next(
            (
                row
                for row in rows
                if row.member_id == one.member_id
                and row.since <= day
                and (row.until is None or row.until > day)
            ),
            None,
        )
        words = {"name": one.member.name, "first": date_format(one.since), "last": _("today")}
        words["last"] = date_format(one.until) if one.until else words["last"]
        told.append(
            Term(
                one,
                at.department.name if at else _("not known"),
                at.crew.name if at and at.crew else _("works by day"),
                place(one.since),
                place(one.until or last),
                _("%(name)s: %(first)s to %(last)s.") % words,
                said.get(one.pk, ""),
            )
        )
    return told


def _said(here: Here, mandates: list[Mandate]) -> dict[int, str]:
    """What was written with a resignation: for whoever runs elections or audits, and for whoever wrote it."""
    found = Resignation.objects.filter(mandate__in=mandates).select_related("mandate")
    reads = here.may(Power.RUN_ELECTIONS) or here.may(Power.AUDIT)
    return {one.mandate_id: one.because for one in found if reads or one.mandate.member_id == acting(here).pk}
