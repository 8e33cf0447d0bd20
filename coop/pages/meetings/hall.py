"""The screen in the hall: one thing at a time, read from forty metres, asked again every three seconds."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_rule
from coop.ballots.hands import takes_acclamation
from coop.meetings.course import announced, pause_of, sitting_under_way
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.rules.leading import obstacles_to_leading
from coop.meetings.speaking import Floor

from .. import access, polled, timetable
from ..access import Here, acting, enter, wants_fragment
from ..agenda import agenda
from ..budget import live as budget_live
from ..outcomes.results import rows_of
from ..proposals import amendments_voted
from . import floor_meetings
from .floor import running
from .in_session import floor_under_way
from .wall_code import wall_code

RESULT_STAYS = datetime.timedelta(minutes=5)
COUNTED_DOWN = 120  # minutes; before that the day and the hour say more
LONG, TOO_LONG = 300, 600  # letters: more are set smaller; more than nobody could read from the back
NEXT = 3  # who waits for the floor: so many are told


@require_safe
def hall(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who may look is asked each time; what stands on the screen is put together once for everybody."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    pinned = request.GET.get("item", "")
    pinned = pinned if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", pinned) else ""
    wall = _with_the_code(request, here, meeting)
    if not wants_fragment(request):
        night = {"night": request.GET.get("night") == "1"}  # for a dark hall; the sun beats a dark screen
        return render(
            request, "meetings/records/hall.html", _told(request, here, meeting, pinned, wall) | night
        )

    def made() -> tuple[bytes, str]:
        told = _told(request, here, meeting, pinned, wall)
        return polled.tagged(render(request, "meetings/records/hall.html#live", told).content)

    same_for = ("hall", meeting.pk, get_language(), pinned, request.get_host() if wall else "")
    return polled.answer(request, *polled.kept(same_for, here.at, made))


def _with_the_code(request: HttpRequest, here: Here, meeting: Meeting) -> bool:
    """The code of the door is for whoever stands in the hall: on the screen that the desk opens, and on no other."""
    if request.GET.get("wall") != "1":
        return False
    return not obstacles_to_leading(meeting, by=acting(here), at=here.at)


def _told(request: HttpRequest, here: Here, meeting: Meeting, pinned: str, wall: bool) -> dict[str, Any]:
    prefetch_related_objects([meeting], "sittings")
    asked = {"item": pinned, "wall": "1" if wall else ""}
    again = urlencode({name: words for name, words in asked.items() if words})
    code = wall_code(request, here, meeting) if wall else {}
    return _screen(meeting, here, pinned) | {"again": again, "code": code}


def _screen(meeting: Meeting, here: Here, pinned: str) -> dict[str, Any]:
    lines = agenda.lines(meeting)
    sits = meeting.state == Meeting.State.IN_SESSION
    floor = floor_under_way(meeting, here) if sits else None
    sitting = sitting_under_way(meeting)
    line = _line_under_way(meeting, lines, here.at, pinned, floor) if sits else None
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": lines,
        "line": line,
        "pinned": pinned,
        "pause": pause_of(sitting) if sitting is not None else None,
        "clock": timetable.clock(meeting, here) if meeting.state in ("convened", "in_session") else None,
        "decided": [one for one in lines if one.decided],
        "items": len(agenda.without_parts(lines)),
        "standing": amendments_voted.standing(line, lines) if line is not None else {},
        **budget_live.on_screen(line),
    }
    if line is not None and line.item.kind == AgendaItem.Kind.PROBLEMS:
        context["screen"] = floor_meetings.on_screen(meeting, here)
    if floor is not None and line is not None and line.item.pk == floor.item.pk:
        context |= {"floor": floor, "waiting": floor.waiting[:NEXT], "more": len(floor.waiting[NEXT:])}
    if line and line.live and line.ballot and line.item.decision:
        _title, _blank, words = line.item.decision.text.partition("\n\n")
        if line.item.part and len(words) > TOO_LONG:
            words, context["struck"] = amendments_voted.without_what_goes(words)
        context |= {
            "turnout": running([line])[0],
            "words": words,
            "long": len(words) > LONG,
            "too_long": len(words) > TOO_LONG,
            "clauses": line.item.proposal.clauses.count() if line.item.proposal else 0,
            "rule": say_rule(line.ballot.majority, line.ballot.base),
            "acclamation": takes_acclamation(line.ballot),
        }
    clock = context["clock"]
    if clock and clock.sitting.opened_at is None and clock.quorum.call < 2:
        until = clock.quorum.second_call_at if clock.quorum.call else clock.sitting.starts_at
        minutes = math.ceil((until - here.at).total_seconds() / 60)
        context["minutes_left"] = minutes if minutes <= COUNTED_DOWN else None
    if line and line.decided and line.told and line.tally:
        context["rows"] = rows_of(line.tally)
        context["votes"] = {row.code: row.votes for row in context["rows"]}
    return context


def _line_under_way(
    meeting: Meeting, lines: list[agenda.Line], at: datetime.datetime, pinned: str, floor: Floor | None
) -> agenda.Line | None:
    """A vote under way; else a result the chair has just announced; else the item that is called; else one that was
    counted and waits for the chair; else what the address asks for; else the next item."""
    voting = _voting(lines, floor)
    if voting:
        return voting
    heard = announced(meeting)
    settled = [line for line in lines if line.item.decision_id in heard and line.decided]
    latest = max(settled, key=lambda line: heard[line.item.decision_id or 0], default=None)
    if latest and at - heard[latest.item.decision_id or 0] < RESULT_STAYS and _still(latest, floor):
        return latest
    called = next((line for line in lines if floor is not None and line.item.pk == floor.item.pk), None)
    waits = next((line for line in lines if line.decided and not line.told), None)
    asked = next((line for line in lines if line.item.place == pinned), None)
    if called or waits or asked:
        return called or waits or asked
    after = latest.order if latest else (0, 0)
    to_come = [line for line in lines if line.shape == "waiting"]
    return next((line for line in to_come if line.order > after), None) or next(iter(to_come), latest)


def _voting(lines: list[agenda.Line], floor: Floor | None) -> agenda.Line | None:
    """The vote of this sitting. One that rests is none; one that an earlier sitting began is one once it is called."""
    live = [line for line in lines if line.live and not line.rests]
    called = next((line for line in live if floor is not None and line.item.pk == floor.item.pk), None)
    begun_here = next((line for line in live if line.ballot is not None and not line.ballot.parts_over), None)
    return called or begun_here or (live[0] if live and floor is None else None)


def _still(latest: agenda.Line, floor: Floor | None) -> bool:
    """A result gives way as soon as another item is called."""
    return floor is None or floor.item.pk == latest.item.pk
