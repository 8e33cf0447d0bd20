"""Councils: which there are, and one of them: who sits for whom, what it decided and how each voted, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_result
from coop.meetings import councils as rules
from coop.meetings.councils import Cast, Delegate
from coop.meetings.models import AgendaItem, Instruction, Meeting, Minutes, ReportBack, WorkingTable
from coop.meetings.rules.calling import obstacles_to_preparing
from coop.meetings.tables import may_have_tables
from coop.members.models import Body, Mandate, Posting, Power, Seat

from .. import access
from ..access import Here, acting, enter
from ..agenda import agenda
from ..outcomes.results import CHOICES
from ..timetable import say_day, say_distance

LAST = 5  # meetings whose decisions and reports are shown; older ones are in the list of meetings


@dataclass(frozen=True)
class Vote:
    """How a delegate voted, in words, beside what the department had told them."""

    cast: Cast
    answer: str
    told: str
    kept: str


def votes_beside(items: list[AgendaItem], body: Body) -> dict[int, list[Vote]]:
    """Item -> the vote of each delegate beside the instruction; nothing where a vote was secret or is not counted."""
    return {key: [_vote(one) for one in cast] for key, cast in rules.casts(items, body).items()}


def _vote(one: Cast) -> Vote:
    if one.answer:
        answer = str(CHOICES.get(one.answer, one.answer))
    else:
        answer = _("counted without the name") if one.channel else _("did not vote")
    told = str(one.instruction.get_choice_display()) if one.instruction else ""
    kept = {True: _("as instructed"), False: _("against the instruction"), None: ""}[one.kept]
    return Vote(one, answer, told, kept)


# --- The list -------------------------------------------------------------------------------------------------------


@require_safe
def councils(request: HttpRequest, coop: str) -> HttpResponse:
    """My own first. One row each, in a constant number of queries."""
    here = enter(request, coop)
    home = Posting.objects.filter(Posting.on(here.day), member=acting(here)).values_list(
        "department", flat=True
    )
    mine = set(home)
    found = list(rules.councils(here.cooperative.pk))
    held = Meeting.objects.filter(body__in=found, sittings__opened_at__isnull=False)
    last = {
        row["body"]: row["last"] for row in held.order_by().values("body").annotate(last=Max("closed_at"))
    }
    coming = Meeting.objects.filter(body__in=found, state=Meeting.State.CONVENED, sittings__closed_at=None)
    next_ = {
        row["body"]: row["first"]
        for row in coming.order_by().values("body").annotate(first=Min("sittings__starts_at"))
    }
    rows = [
        {"body": one, "mine": one.department_id in mine, "last": last.get(one.pk), "next": next_.get(one.pk)}
        for one in sorted(found, key=lambda one: (one.department_id not in mine, one.name))
    ]
    return render(request, "councils/councils.html", {"rows": rows})


# --- One council ----------------------------------------------------------------------------------------------------


def council_here(here: Here, code: str) -> Body:
    """A council to which delegates are sent, or one that may set up tables; of other bodies there is no such page."""
    body = access.body(here, code)
    if not (rules.is_council(body) or may_have_tables(body)):
        raise Http404
    return body


@require_safe
def council(request: HttpRequest, coop: str, code: str) -> HttpResponse:
    here = enter(request, coop)
    body = council_here(here, code)
    me = acting(here)
    delegates = rules.with_absences(rules.delegates(body, here.at), here.at)
    meetings = list(_over(body))
    items = _decided(meetings)
    votes = votes_beside(items, body)
    tables = WorkingTable.objects.filter(parent=body).select_related("body")
    desk = here.powers.any_of(rules.DESK, body)
    context = {
        "body": body,
        "delegates": delegates,
        "vacant": _vacant(body, delegates),
        "alternates": _alternates(here, body),
        "limit": here.bylaws.absences_limit,
        "too_often": {one.member.pk for one in delegates if len(one.missed) > here.bylaws.absences_limit},
        "desk": desk,
        "sits": any(one.member.pk == me.pk for one in delegates),
        "coming": _coming(here, body),
        "meetings": [_told(one, items, votes) for one in meetings],
        "owes": _reports_owed(here, body),
        "due": say_due(here, body),
        "tables": [(table, table.ended_at is None and table.ends_on < here.day) for table in tables],
        "calls": not obstacles_to_preparing(body, by=me, at=here.at),
        "begins_tables": may_have_tables(body) and here.may(Power.CONVENE, body),
        "minutes": Minutes.objects.filter(meeting__body=body)
        .select_related("meeting__body")
        .order_by("-closed_at")
        .first(),
    }
    return render(request, "councils/council.html", context)


def _over(body: Body) -> Any:
    """The last meetings that were held or found no quorum, with their reports."""
    found = Meeting.objects.filter(body=body, state=Meeting.State.CLOSED).select_related("body")
    reports = ReportBack.objects.select_related("member").annotate(read=Count("readings"))
    return found.order_by("-closed_at").prefetch_related(Prefetch("reports_back", reports), "sittings")[:LAST]


def _decided(meetings: list[Meeting]) -> list[AgendaItem]:
    found = AgendaItem.objects.filter(meeting__in=meetings, decision__isnull=False).exclude(
        decision__number=None
    )
    found = found.select_related("decision__body", "decision__ballot", "proposal")
    return list(found.prefetch_related("decision__ballot__questions__tally__lines__option"))


def _told(meeting: Meeting, items: list[AgendaItem], votes: dict[int, list[Vote]]) -> dict[str, Any]:
    mine = [item for item in items if item.meeting_id == meeting.pk]
    return {
        "meeting": meeting,
        "held": any(sitting.opened_at for sitting in meeting.sittings.all()),
        "items": [
            {"item": item, "sentence": _sentence(item), "votes": votes.get(item.pk, [])} for item in mine
        ],
    }


def _sentence(item: AgendaItem) -> str:
    assert item.decision is not None
    tally = next((question.tally for question in item.decision.ballot.questions.all()), None)
    return say_result(tally) if tally else ""


def _vacant(body: Body, delegates: list[Delegate]) -> list[Seat]:
    """Full seats that nobody holds, of those that are kept for a crew or a department."""
    held = {one.mandate.seat_id for one in delegates}
    seats = Seat.objects.filter(office__body=body, alternate=False).select_related(
        "crew", "department", "office"
    )
    kept = [seat for seat in seats if seat.crew_id or seat.department_id]
    return [seat for seat in kept if seat.pk not in held]


def _alternates(here: Here, body: Body) -> Any:
    waiting = Mandate.objects.filter(Mandate.in_force(here.at), seat__office__body=body, seat__alternate=True)
    return waiting.select_related("member", "seat__crew", "seat__department").order_by("seat__number")


def _coming(here: Here, body: Body) -> list[dict[str, Any]]:
    """Meetings that are called or in session, with what departments have told their delegates."""
    state = [Meeting.State.CONVENED, Meeting.State.IN_SESSION]
    found = Meeting.objects.filter(body=body, state__in=state).annotate(first=Min("sittings__starts_at"))
    meetings = list(found.select_related("body").order_by("first"))
    items = AgendaItem.objects.filter(meeting__in=meetings, proposal__isnull=False).select_related("proposal")
    told: dict[int, list[Instruction]] = {}
    for one in rules.instructions_on(items):
        told.setdefault(one.item_id, []).append(one)
    return [
        {
            "meeting": meeting,
            "shape": agenda.MEETING_SHAPES[meeting.state],
            "items": [(item, told.get(item.pk, [])) for item in items if item.meeting_id == meeting.pk],
        }
        for meeting in meetings
    ]


def _reports_owed(here: Here, body: Body) -> list[dict[str, Any]]:
    """Meetings of which I have still to tell, with the day."""
    mine = rules.attended(acting(here), here.at - rules.FORGOTTEN).filter(body=body)
    return [
        {"meeting": one, **due_in_words(here, one)} for one in mine.exclude(reports_back__member=acting(here))
    ]


def due_in_words(here: Here, meeting: Meeting) -> dict[str, Any]:
    day = rules.due_day(meeting, here.bylaws)
    assert day is not None  # it is over
    words = _("by %(day)s, %(distance)s") % {"day": say_day(day), "distance": say_distance(here.day, day)}
    return {"when": words, "late": day < here.day}


def say_due(here: Here, body: Body) -> tuple[str, bool]:
    """How often it has to meet, and whether that day has passed."""
    months = here.bylaws.council_meets_months
    day = rules.meets_until([body], here.bylaws).get(body.pk)
    often = ngettext(
        "It meets at least once a month.", "It meets at least once in %(months)s months.", months
    )
    often = often % {"months": months}
    if day is None:
        return often, False
    words = (
        _("%(often)s The next meeting was due by %(day)s.")
        if day < here.day
        else _("%(often)s The next one is due by %(day)s.")
    )
    return words % {"often": often, "day": say_day(day)}, day < here.day
