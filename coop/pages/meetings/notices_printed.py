"""The notice on paper, and with it the papers of a meeting as one sheaf."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from coop.meetings.minutes_blocks import blocks
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.quorum import NO_SECOND_CALL
from coop.members.models import Mandate, Power

from .. import access, timetable
from ..access import Here, enter
from ..agenda import agenda
from ..oversight import audit_reports
from ..paper import to_print
from ..timetable import say_day
from . import floor_meetings

State = Meeting.State


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet A4 for the boards."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    return to_print("notice", _sheet(here, meeting), name=f"{_('Notice')} {meeting.label or meeting.title}")


@require_safe
def papers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Notice, agenda and every text that will be voted or approved, one after the other."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    data = _sheet(here, meeting) | {"papers": _papers(here, meeting)}
    return to_print("notice", data, name=f"{_('Papers')} {meeting.label or meeting.title}")


def _sheet(here: Here, meeting: Meeting) -> dict[str, Any]:
    """What stands on the notice; the same meeting prints the same sheet."""
    prefetch_related_objects([meeting], "sittings")
    zone = here.cooperative.zone
    made = meeting.convened_at or meeting.prepared_at
    starts = [sitting.starts_at.astimezone(zone) for sitting in meeting.sittings.all()]
    kind = capfirst(str(meeting.get_kind_display()))
    draft = [_("Draft: not posted yet.")] if meeting.convened_at is None else []
    cancelled = [f"{_('Cancelled.')} {meeting.cancelled_because}"] if meeting.state == State.CANCELLED else []
    called = {"title": meeting.title, "body": meeting.body.name}
    return {
        "title": _("Notice of meeting"),
        "under": f"{kind} {meeting.label}".strip(),
        "house": here.cooperative.legal_name,
        "date": made.astimezone(zone).date().isoformat(),
        "foot": f"{meeting.label} {meeting.title}".strip(),
        "marks": draft + cancelled,
        "place": meeting.place,
        "sittings": [
            {
                "day": date_format(hour, pgettext("day on a notice; Django date format", "l j F")),
                "hour": _("at %(hour)s") % {"hour": date_format(hour, "TIME_FORMAT")},
                "more": " · ".join(filter(None, [sitting.for_whom, sitting.place])),
            }
            for hour, sitting in zip(starts, meeting.sittings.all(), strict=True)
        ],
        "called": _("%(title)s. %(body)s is called to decide on this agenda, and on nothing else:") % called,
        "items": _items(meeting, starts),
        "facts": _facts(here, meeting),
        "signed": _signed(meeting),
        "lines": _lines(meeting),
        "papers": [],
    }


def _items(meeting: Meeting, starts: list[datetime.datetime]) -> list[dict[str, Any]]:
    """Each item with its hour in every sitting, as planned."""
    found = []
    gone = datetime.timedelta()
    for line in agenda.without_parts(agenda.lines(meeting)):
        item = line.item
        hours = ", ".join(date_format(hour + gone, "TIME_FORMAT") for hour in starts)
        more = [_("about %(hour)s") % {"hour": hours}] if starts else []
        minutes = ngettext("%(many)d minute", "%(many)d minutes", item.planned_minutes)
        more.append(minutes % {"many": item.planned_minutes})
        if item.proposal is not None:
            more.append(_("put forward by %(name)s") % {"name": item.proposal.author.name})
        if item.kind == AgendaItem.Kind.PROBLEMS:
            more += floor_meetings.how_many(meeting)
        if item.openness != AgendaItem.Openness.MEMBERS:
            more.append(str(item.get_openness_display()))
        found.append({"number": item.place, "title": item.heading, "more": " · ".join(more)})
        gone += datetime.timedelta(minutes=item.planned_minutes)
    return found


def _facts(here: Here, meeting: Meeting) -> list[list[str]]:
    rules = timetable.quorum_rules(meeting, here.bylaws)
    size = meeting.register.people if meeting.register else None
    found = [[_("Quorum on first call"), timetable.say_first_call(rules, size)]]
    if rules.second.rule != NO_SECOND_CALL:
        wait = int(rules.second.wait.total_seconds() // 60)
        words = ngettext("On second call, %(m)d minute later", "On second call, %(m)d minutes later", wait)
        found.append([words % {"m": wait}, timetable.say_second_call(rules, size)])
    if meeting.universal:
        everybody = _("called late: it opens only when everybody on the register is there; who comes accepts")
        found.append([_("Everybody"), everybody])
    closes_on = timetable.register_closes_on(meeting, here.bylaws)
    if closes_on is not None:
        words = _("Closing day %(day)s. Who joins later has a voice, and no vote.")
        found.append([_("Register of voters"), words % {"day": say_day(closes_on)}])
    return found


def _signed(meeting: Meeting) -> str:
    if meeting.convened_at is None or meeting.convened_by is None:
        return ""
    day = meeting.cooperative.day_of(meeting.convened_at)
    facts = {"day": say_day(day), "name": meeting.convened_by.name}
    return _("Called by %(name)s. Posted on %(day)s.") % facts


def _lines(meeting: Meeting) -> list[str]:
    """Where chair and secretary sign, with the name of whoever holds the office alone when the notice goes out."""
    if meeting.convened_at is None:
        return []
    held = Mandate.objects.filter(Mandate.in_force(meeting.convened_at), seat__alternate=False)
    found = []
    for power, words in ((Power.CHAIR, _("Chair")), (Power.RECORD_MINUTES, _("Secretary"))):
        office = {"seat__office__powers__power": power, "seat__office__powers__body": meeting.body}
        names = set(held.filter(**office).values_list("member__name", flat=True))
        found.append(f"{words}: {names.pop()}" if len(names) == 1 else words)
    return found


def _papers(here: Here, meeting: Meeting) -> list[dict[str, Any]]:
    """The texts behind the items: of proposals, of minutes to approve, of what members ask. Closed items have none."""
    items = meeting.items.filter(part=0).exclude(openness=AgendaItem.Openness.CLOSED)
    items = items.select_related("proposal__author", "minutes__meeting__body", "request")
    found = []
    for item in items.prefetch_related("proposal__clauses").order_by("number"):
        head = {"number": item.place, "title": item.heading}
        if item.proposal is not None:
            clauses = [f"{clause.number}. {clause.text}" for clause in item.proposal.clauses.all()]
            because = _("Reasons: %(reasons)s") % {"reasons": item.proposal.reasons}
            reasons = [because] if item.proposal.reasons else []
            found.append({**head, "blocks": [_plain(words) for words in clauses + reasons]})
        elif item.minutes is not None:
            parts = [block._asdict() for block in blocks(item.minutes.text)]
            for part in parts:
                part["runs"] = [run._asdict() for run in part["runs"]]
            found.append({**head, "blocks": parts})
        elif item.request is not None:
            found.append({**head, "blocks": [_plain(words) for words in item.request.text.split("\n\n")]})
        elif item.kind == AgendaItem.Kind.PROBLEMS:
            found.append(
                {**head, "blocks": [_plain(words) for words in floor_meetings.printed(here, meeting)]}
            )
    for report in audit_reports.of_meeting(meeting):
        told = {"title": report.title, "name": report.written_by.name}
        head = {"number": "", "title": _("Report of the auditor %(name)s: %(title)s") % told}
        found.append({**head, "blocks": [_plain(words) for words in report.text.split("\n\n")]})
    return found


def _plain(words: str) -> dict[str, Any]:
    run = {"words": words, "strong": False, "em": False}
    return {"level": 0, "depth": 0, "marker": "", "quoted": False, "rule": False, "runs": [run]}
