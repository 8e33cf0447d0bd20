"""The screen in the hall: one thing at a time, read from forty metres, asked again every three seconds."""

from __future__ import annotations

import datetime
import hashlib
import math
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_rule
from coop.ballots.hands import takes_acclamation
from coop.meetings.models import Meeting

from . import access, agenda, timetable
from .access import Here, enter, wants_fragment
from .floor import running
from .results import rows_of

RESULT_STAYS = datetime.timedelta(minutes=5)
COUNTED_DOWN = 120  # minutes; before that the day and the hour say more
LONG, TOO_LONG = 300, 600  # letters: more are set smaller; more than nobody could read from the back


@require_safe
def hall(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    prefetch_related_objects([meeting], "sittings")
    part = "#live" if wants_fragment(request) else ""
    answer = render(request, f"records/hall.html{part}", _screen(meeting, here, request.GET.get("item", "")))
    if not part:
        return answer
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _screen(meeting: Meeting, here: Here, pinned: str) -> dict[str, Any]:
    lines = agenda.lines(meeting)
    line = _line_under_way(lines, here.at, pinned) if meeting.state == Meeting.State.IN_SESSION else None
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": lines,
        "line": line,
        "pinned": pinned,
        "clock": timetable.clock(meeting, here) if meeting.state in ("convened", "in_session") else None,
        "decided": [one for one in lines if one.decided],
    }
    if line and line.live and line.ballot and line.item.decision:
        _title, _blank, words = line.item.decision.text.partition("\n\n")
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
    if line and line.decided and line.tally:
        context["rows"] = rows_of(line.tally)
        context["votes"] = {row.code: row.votes for row in context["rows"]}
    return context


def _line_under_way(lines: list[agenda.Line], at: datetime.datetime, pinned: str) -> agenda.Line | None:
    """A vote under way; else what was just decided; else what the address asks for; else the next item."""
    voting = next((line for line in lines if line.live), None)
    if voting:
        return voting
    settled = [
        line for line in lines if line.decided and line.item.decision and line.item.decision.decided_at
    ]
    latest = max(settled, key=lambda line: line.item.decision.decided_at, default=None)  # type: ignore[union-attr,arg-type,return-value]
    if latest and at - latest.item.decision.decided_at < RESULT_STAYS:  # type: ignore[union-attr,operator]
        return latest
    asked = next((line for line in lines if str(line.item.number) == pinned), None)
    if asked:
        return asked
    after = latest.item.number if latest else 0
    to_come = [line for line in lines if line.shape == "waiting"]
    return next((line for line in to_come if line.item.number > after), None) or next(iter(to_come), latest)
