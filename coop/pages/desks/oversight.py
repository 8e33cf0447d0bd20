"""The auditor's desk: what waits, and the way to everything the office does."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.meetings.models import Meeting, NoticeGiven
from coop.members.models import Power
from coop.members.terms import months_later
from coop.oversight.models import Appeal, CountSheet, Finding
from coop.oversight.rules.findings import answered_by

from .. import access
from ..access import Here, acting, enter
from ..meetings import requests
from ..oversight.counts import standing as count_standing
from ..oversight.findings import story
from ..stories import Column, Story
from ..timetable import say_day

FEW = 10  # of each kind on the desk; the rest is in its list


@require_safe
def desk(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    access.audits(here)
    columns = [
        Column(_("Findings"), _findings(here), _("All findings"), _to(here, "findings")),
        Column(_("Notices late, or without proof"), _notices(here)),
        Column(_("Your report"), _report(here), _("All reports"), _to(here, "audit-reports")),
        Column(_("Counts to sign"), _counts(here), _("All counts"), _to(here, "counts")),
        Column(_("Appeals against sanctions"), _appeals(here)),
        Column(_("Asked for by members, and not called"), requests.duties(here)),
    ]
    return render(request, "oversight/desk.html", {"columns": [one for one in columns if one.stories]})


def _to(here: Here, name: str, *arguments: Any) -> str:
    return reverse(name, args=[here.cooperative.slug, *arguments])


def _findings(here: Here) -> list[Story]:
    """Answered ones first: they wait for the auditor; then the others by their day."""
    running = access.findings(here).filter(state__in=Finding.RUNNING)
    return [story(here, one) for one in running.order_by("state", "answer_by", "pk")[:FEW]]


def _notices(here: Here) -> list[Story]:
    """Meetings that are called: too late by the bylaws, or nobody has written down that the notice was given."""
    called = Meeting.objects.filter(cooperative=here.cooperative, state=Meeting.State.CONVENED)
    without = ~Exists(NoticeGiven.objects.filter(meeting=OuterRef("pk")))
    found = called.annotate(without=without, first=Min("sittings__starts_at")).select_related("body")
    return [
        Story(
            kicker=one.label,
            headline=one.title,
            address=_to(here, "meeting", one.pk),
            word=_("called too late") if one.universal else _("no proof of the notice"),
            shape="late",
            meta=say_day(here.cooperative.day_of(one.first)) if one.first else "",
        )
        for one in found.filter(Q(without=True) | Q(universal=True)).order_by("first", "pk")[:FEW]
    ]


def _report(here: Here) -> list[Story]:
    """Once in so many months of the bylaws the auditor reports."""
    last = access.audit_reports(here).order_by("-written_at").first()
    months = here.bylaws.audit_report_months
    due = months_later(here.cooperative.day_of(last.written_at), months) if last else None
    if due is not None and here.day < due:
        return []
    told = ngettext("once in %(months)s month", "once in %(months)s months", months) % {"months": months}
    return [
        Story(
            headline=_("A report of yours is due"),
            address=_to(here, "audit-report-write"),
            word=_("the bylaws ask for one"),
            shape="late" if due is not None and due < here.day else "waiting",
            meta=told,
        )
    ]


def _counts(here: Here) -> list[Story]:
    waiting = access.counts(here).filter(signed_at=None).order_by("filed_at", "pk")
    return [count_story(here, one) for one in waiting[:FEW]]


def count_story(here: Here, sheet: CountSheet, *, kicker: str = "") -> Story:
    word, shape = count_standing(sheet)
    return Story(
        kicker=kicker or sheet.label,
        headline=sheet.title,
        address=_to(here, "count", sheet.pk),
        word=word,
        shape=shape,
        meta=_("by %(name)s") % {"name": sheet.witness.name},
    )


def unsigned(here: Here) -> QuerySet[CountSheet]:
    """Sheets of counts at which one was there, and that one has not signed."""
    return access.counts(here).filter(signed_at=None, witness=acting(here))


def to_sign(here: Here) -> list[Story]:
    waiting = unsigned(here).order_by("filed_at", "pk")
    return [count_story(here, one, kicker=_("A count to sign")) for one in waiting]


def _appeals(here: Here) -> list[Story]:
    open_ = access.appeals(here).filter(state=Appeal.State.OPEN).order_by("made_at", "pk")
    return [
        Story(
            headline=one.label,
            address=_to(here, "appeal", one.pk),
            word=str(one.get_state_display()),
            shape="waiting",
            meta=_("made on %(day)s") % {"day": say_day(here.cooperative.day_of(one.made_at))},
        )
        for one in open_[:FEW]
    ]


# --- On the front page ----------------------------------------------------------------------------------------------


def duties(here: Here) -> list[Story]:
    """For who audits: answers to read, and the desk. For who holds another office: findings to answer."""
    if here.may(Power.AUDIT):
        return _desk(here)
    mine = answered_by(acting(here), here.at, here.powers)
    waiting = access.findings(here).filter(mine, state=Finding.State.OPEN).order_by("answer_by", "pk")
    return [story(here, one, kicker=_("Finding of the auditor to answer")) for one in waiting[:FEW]]


def _desk(here: Here) -> list[Story]:
    running = access.findings(here).filter(state__in=Finding.RUNNING)
    states = [(one.state, one.answer_by) for one in running]
    answered = sum(1 for state, _day in states if state == Finding.State.ANSWERED)
    late = sum(1 for state, day in states if state == Finding.State.OPEN and day < here.day)
    told = [
        ngettext("%(many)s finding runs", "%(many)s findings run", len(states)) % {"many": len(states)},
    ]
    if answered:
        told.append(ngettext("one answer to read", "%(many)s answers to read", answered) % {"many": answered})
    if late:
        told.append(
            ngettext("one not answered in time", "%(many)s not answered in time", late) % {"many": late}
        )
    waits = answered or late
    return [
        Story(
            kicker=_("Auditor"),
            headline=_("The auditor's desk"),
            address=_to(here, "oversight"),
            word=_("waits for you") if waits else _("nothing waits"),
            shape="waiting" if waits else "done",
            meta=" · ".join(told),
        )
    ]
