"""Meetings as members see them: which come next, what is on the agenda, the notice, and the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.asked_often import Often, Said, given
from coop.ballots.models import Ballot, RollEntry
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.registers import moved_since, why_not_on
from coop.meetings import actions
from coop.meetings.councils import is_council
from coop.meetings.models import AgendaItem, Attendance, Meeting
from coop.meetings.rules.calling import obstacles_to_cancelling
from coop.meetings.rules.door import DOORS_OPEN, obstacles_at_the_door, sitting_at_the_door
from coop.meetings.rules.leading import LEADING
from coop.meetings.rules.sittings import awaited
from coop.refusals import Reason, Refused

from .. import access, polled, timetable
from ..access import Here, acting, enter, page_of, wants_fragment
from ..agenda import agenda
from ..agenda.read import asking_in, know_sittings
from ..councils import side as council_side
from ..oversight import audit_reports
from . import agreed, alike, calling_draft, floor_meetings, notices
from .asked import Found, Reader, reader
from .asked import found as of_meeting

PAGE = 20
State = Meeting.State


@dataclass(frozen=True)
class Row:
    """A meeting in a list."""

    meeting: Meeting
    word: str
    shape: str


@require_safe
def meetings(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    found = access.meetings(here).annotate(first=Min("sittings__starts_at"), last=Max("sittings__starts_at"))
    to_come = found.exclude(state__in=[State.CLOSED, State.CANCELLED])
    past = found.filter(state__in=[State.CLOSED, State.CANCELLED]).order_by("-first", "-pk")
    page = page_of(request, past, PAGE)
    context = {
        "to_come": _rows(to_come.order_by(F("first").asc(nulls_last=True), "pk"), here),
        "past": _rows(page.object_list, here),
        "page": page,
        "may_call": access.bodies_to_call(here).exists(),
    }
    return render(request, "meetings/meetings.html", context)


def _rows(found: Iterable[Any], here: Here) -> list[Row]:
    """`found`: meetings with `last`, the hour of their last sitting."""
    rows = []
    for meeting in found:
        late = (
            meeting.state == State.CONVENED
            and meeting.last is not None
            and here.cooperative.day_of(meeting.last) < here.day
        )
        word = _("its day has passed") if late else str(meeting.get_state_display())
        rows.append(Row(meeting, word, "late" if late else agenda.MEETING_SHAPES[meeting.state]))
    return rows


@require_safe
def meeting(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    asked = of_meeting(here, key)
    found, parts = asked.meeting, asked.parts
    if found.state == State.DRAFT:
        return calling_draft.draft(request, here, found)
    if wants_fragment(request):
        return _quorum_clock(request, here, found)
    said = asked.said, know_sittings(found)
    me = reader(here, found)
    leads = here.powers.any_of(LEADING, found.body) or me.leads_today
    under_way = found.state in alike.UNDER_WAY
    tasks = agreed.of_meeting(
        here,
        found,
        takes_up=parts.takes_up_actions,
        writes=leads and not parts.any_minutes,
        agreed_any=parts.any_agreed,
    )
    context: dict[str, Any] = {
        "meeting": found,
        "leads": leads,
        "may_cancel": not obstacles_to_cancelling(found, by=acting(here), at=here.at),
        "under_way": under_way,
        "tasks": tasks,
        "problems": floor_meetings.of_meeting(found) if parts.goes_through_problems else {},
        "calling": notices.of_meeting(here, found),
        "audit_reports": audit_reports.of_meeting(found) if parts.any_reports else [],
        **alike.of_meeting(here, found, said, minutes_closed=parts.any_minutes),
    }
    if under_way:
        context |= _mine(found, here, me) | {"quorum": alike.quorum(here, found, said)}
    return render(request, "meetings/meeting.html", context | _agenda(here, asked, said, me, context))


def _agenda(
    here: Here, asked: Found, said: tuple[Said, ...], me: Reader, shown: Mapping[str, Any]
) -> dict[str, Any]:
    """Drawn for all who may do nothing to it; read line by line where a line is more than words to somebody."""
    found, parts = asked.meeting, asked.parts
    sits = found.state == State.IN_SESSION
    asking = asking_in(found) if sits and me.any_ask_for_secrecy else {}
    context: dict[str, Any] = {}
    is_in = me.came is not None and me.came.left_at is None
    acts = shown.get("asks") or shown["tasks"]["writes"]
    if acts or is_in or is_council(found.body):
        items = agenda.lines(found, asking)
        voting = [line for line in items if line.live]
        context = {"lines": items, "voting": voting, **council_side.of_meeting(here, found, items)}
    if not acts:
        told = agenda.said_of(
            found,
            voted=parts.any_votes,
            counted=parts.any_counted,
            of_budget=parts.any_amendments_of_budgets,
        )
        context["agenda"] = agenda.drawn(here.cooperative, found, (*said, *told), asking)
    return context


def _quorum_clock(request: HttpRequest, here: Here, found: Meeting) -> HttpResponse:
    """The same for everybody who has the page open: put together once for all of them."""

    def made() -> tuple[bytes, str]:
        know_sittings(found)
        context = {"meeting": found, "clock": timetable.clock(found, here)}
        return polled.tagged(render(request, "shared/quorum_clock.html", context).content)

    return polled.answer(request, *polled.kept(("quorum", found.pk, get_language()), here.at, made))


def _mine(found: Meeting, here: Here, reader: Reader) -> dict[str, Any]:
    """What the reader has to do with a meeting under way: here, on the register, voted. Whoever is in is not asked at
    the door."""
    me = acting(here)
    came = reader.came
    is_in = came is not None and came.left_at is None
    on_it = reader.on_the_register if found.register else None
    # `enter` lets in nobody of another house, so the door need not ask.
    at_the_door = [] if is_in else obstacles_at_the_door(found, me, by=me, at=here.at, of_the_house=True)
    channels = dict(MINE.all(meeting=found.pk, member=me.pk)) if is_in else {}
    unopened = [one for one in found.sittings.all() if one.opened_at is None and one.closed_at is None]
    to_come = next((one for one in unopened if awaited(one, here.at)), unopened[0] if unopened else None)
    return {
        "came": came,
        "against_check_in": at_the_door,
        "door_open": sitting_at_the_door(found, here.at) is not None,
        "doors_open_at": to_come.starts_at - DOORS_OPEN if to_come else None,
        "why_no_vote": _why_no_vote(found, here) if on_it is False else [],
        "moved": moved_since(found.register, me, here.day) if is_in and found.register else [],
        "on_the_register": on_it,
        "voted_on": {ballot for ballot, channel in channels.items() if channel == Channel.PHONE},
        "paper_on": {ballot for ballot, channel in channels.items() if channel == Channel.PAPER},
        "hands_on": {ballot for ballot, channel in channels.items() if channel == Channel.HANDS},
        "asks": found.state == State.IN_SESSION and is_in and came is not None and came.votes,
    }


MINE = Often(  # the votes that run in a meeting, and how somebody has voted in them
    lambda: RollEntry.objects.filter(
        ballot__in=AgendaItem.objects.filter(meeting_id=given("meeting")).values("decision__ballot"),
        ballot__state=Ballot.State.OPEN,
        member_id=given("member"),
        channel__isnull=False,
    ).values_list("ballot_id", "channel")
)


def _why_no_vote(found: Meeting, here: Here) -> list[Reason]:
    """In the words of the reader's own case, who is not on the register; nothing before it is drawn."""
    if found.register is None:
        return []
    found.register.cooperative, found.register.body = here.cooperative, found.body
    return why_not_on(found.register, acting(here))


@require_safe
def notice(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet for the boards."""
    here = enter(request, coop)
    found = access.meeting(here, key)
    know_sittings(found)
    rules = timetable.quorum_rules(found, here.bylaws)
    size = found.register.people if found.register else None
    items = agenda.without_parts(agenda.lines(found))
    context = {
        "meeting": found,
        "lines": items,
        "ends_at": agenda.ends_at(items),
        "first_call": timetable.say_first_call(rules, size),
        "second_call": alike.say_second_call(rules, size),
        "wait_minutes": int(rules.second.wait.total_seconds() // 60),
        "closes_on": timetable.register_closes_on(found, here.bylaws),
    }
    return render(request, "meetings/notice.html", context)


# --- The door -------------------------------------------------------------------------------------------------------


@require_POST
def check_in(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everybody for themselves, on their own telephone. A second tap changes nothing."""
    here = enter(request, coop)
    found = access.meeting(here, key)
    me = acting(here)
    try:
        attendance = actions.check_in(meeting=found, member=me, by=me, at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"checked-in-already"}:
            raise
    else:
        messages.success(request, _in_words(attendance))
    return redirect("meeting", coop, key)


def _in_words(attendance: Attendance) -> str:
    if attendance.votes:
        return _("You are checked in and may vote. When a vote opens, it appears on this page.")
    return _("You are checked in. You have a voice here, and no vote: you are not on its register of voters.")
