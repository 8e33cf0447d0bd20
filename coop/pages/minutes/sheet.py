"""The minutes: composed from the record, circulated, objected to, signed, sealed; read by everybody."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markdown_it import MarkdownIt

from coop import unchanged
from coop.asked_often import Often, given, known_already
from coop.meetings import actions
from coop.meetings.minutes import compose, hidden, language_of, unveiled
from coop.meetings.minutes_rules import (
    Kind,
    Line,
    belongs,
    by_vote,
    bylaws_of,
    dissent_until,
    lines_of,
    may_speak_up,
    open_to,
)
from coop.meetings.models import (
    ClosedPart,
    Meeting,
    Minutes,
    MinutesEntry,
    MinutesSignature,
    SealedMinutes,
    Sitting,
)
from coop.meetings.rules.calling import is_assembly
from coop.meetings.rules.leading import may_record
from coop.meetings.rules.minutes import obstacles_to_closing_minutes
from coop.meetings.sealed_text import statements_of
from coop.members.models import Power

from .. import access, kept
from ..access import Here, acting, enter
from ..read_by_audit import What, note
from . import asked
from .asked import Found
from .spelled import spelled_in

WRITTEN = (Meeting.State.IN_SESSION, Meeting.State.CLOSED)


def writes(here: Here, meeting: Meeting) -> bool:
    """Whether this person writes the minutes: the secretary, or whoever was named for the day."""
    return may_record(meeting, acting(here), here.powers)


def recorded(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who write its minutes; for everybody else there is nothing to write on."""
    if not writes(here, meeting):
        raise Http404
    return meeting


def text_of(here: Here, meeting: Meeting, closed: Minutes | None) -> str:
    """As it was circulated, or as it would read now; closed parts of a draft only for who belongs to the body."""
    if closed is not None:
        return closed.text
    if meeting.state not in WRITTEN:
        return ""
    insider = belongs(meeting.body, acting(here), at=here.at, bylaws=here.bylaws, held=here.powers)
    return compose(meeting, language=language_of(meeting), veil=unveiled if insider else hidden)


def sealed_of(closed: Minutes | None) -> SealedMinutes | None:
    """The seal, without the bytes of its paper."""
    if closed is None:
        return None
    found = SEALED.first(minutes=closed.pk)
    if found is not None:
        found.minutes = closed
    return found


SEALED = Often(
    lambda: (
        SealedMinutes.objects.filter(minutes_id=given("minutes"))
        .defer("pdf")
        .select_related("sealed_by", "approved_in__meeting__body")
    ),
    told=True,
)
ENTRIES = Often(
    lambda: (
        MinutesEntry.objects.filter(minutes_id=given("minutes"))
        .select_related("by", "answers", "finding")
        .order_by("number")
    ),
    told=True,
)
SIGNATURES = Often(
    lambda: MinutesSignature.objects.filter(minutes_id=given("minutes")).select_related("member"),
    told=True,
)
SITTINGS = Often(lambda: Sitting.objects.filter(meeting_id=given("meeting")), told=True)


@require_safe
def minutes(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet, what was said to it, who signed, and what comes next."""
    here = enter(request, coop)
    found = asked.found(here, key)
    meeting, closed, has = found.meeting, found.closed, found.has
    text = text_of(here, meeting, closed)
    secretary = bool(text) and (here.may(Power.RECORD_MINUTES, meeting.body) or has.records_today)
    context = {
        "meeting": meeting,
        "closed": closed,
        "text": text,
        "written": _drawn(here, text, kept_text=closed is not None),
        "spelled": spelled_in(meeting) if text and has.any_votes else [],
        "writes": secretary,
        "items": meeting.items.prefetch_related("notes") if secretary and not closed else [],
        "sittings": list(meeting.sittings.all()) if secretary and not closed else [],
        **(_life(here, found, closed) if closed else {}),
    }
    return render(request, "minutes/minutes.html", context)


def _drawn(here: Here, text: str, *, kept_text: bool) -> SafeString:
    """The text as a page of a book. What is circulated reads the same for everybody, and never changes."""
    if kept_text:
        return kept.drawn("minutes/text.html", here.cooperative, (text,), lambda: {"parts": parts_of(text)})
    return render_to_string("minutes/text.html", {"parts": parts_of(text)})


def _life(here: Here, found: Found, closed: Minutes) -> dict[str, Any]:
    """What stands around a text that was circulated."""
    meeting, sealed, has = found.meeting, found.sealed, found.has
    by, at, bylaws = acting(here), here.at, bylaws_of(closed)
    entries = ENTRIES.all(minutes=closed.pk) if has.any_entries else []
    spoken = may_speak_up(closed, was_there=has.was_there, at=at, bylaws=bylaws)
    speaks_up = spoken if sealed is None else set()  # nobody speaks up to what is sealed
    signing = _signing(found, closed)
    told: dict[str, Any] = {
        "true": hashlib.sha256(closed.text.encode()).hexdigest() == closed.hash,
        "sealed": sealed,
        "sealed_true": sealed is None or hashlib.sha256(sealed.text.encode()).hexdigest() == sealed.hash,
        "mine": [] if sealed else open_to(by, *signing),
        "may_object": Kind.OBJECTION in speaks_up,
        "may_dissent": Kind.DISSENT in speaks_up,
        "dissent_until": dissent_until(closed, bylaws),
        "over": closed.objections_until < at,
        "after": _after(here, found, closed, entries, signing, _closed_parts(here, found, closed)),
    }
    if meeting.closed_at is not None:
        ended = meeting.cooperative.day_of(meeting.closed_at)
        sent = any(one.kind == Kind.SENT for one in entries)
        told["challenge_until"] = ended + datetime.timedelta(days=bylaws.decision_challenge_days)
        if bylaws.minutes_authority_days and is_assembly(meeting.body) and not sent:
            told["authority_until"] = ended + datetime.timedelta(days=bylaws.minutes_authority_days)
    return told


def _signing(found: Found, closed: Minutes) -> tuple[list[Line], list[MinutesSignature]]:
    """The lines on which these minutes are signed, and who has. Who led hangs on the hour at which the meeting was
    closed, and that stands."""

    known_already(closed.meeting, "sittings", SITTINGS.all(meeting=closed.meeting_id))

    def ask() -> tuple[list[Line], list[MinutesSignature]]:
        lines = lines_of(closed, any_named=found.has.any_named, any_chosen=found.has.any_chosen)
        return lines, SIGNATURES.all(minutes=closed.pk) if found.has.any_signatures else []

    return unchanged.said((_signing, closed.pk), ask)


def _closed_parts(here: Here, found: Found, closed: Minutes) -> list[ClosedPart]:
    """For who belongs to the body; whoever reads them by the office of the audit alone leaves a note of it."""
    body, by, at = found.meeting.body, acting(here), here.at
    if not found.has.any_closed or not belongs(body, by, at=at, bylaws=here.bylaws, held=here.powers):
        return []
    if here.may(Power.AUDIT):
        read = belongs(body, by, at=at, bylaws=here.bylaws, audit=False, held=here.powers)
        note(here, What.CLOSED_PART, otherwise=read, key=found.meeting.pk, label=str(found.meeting))
    return list(closed.closed_parts.all())


def _after(
    here: Here,
    found: Found,
    closed: Minutes,
    entries: Sequence[MinutesEntry],
    signing: tuple[list[Line], list[MinutesSignature]],
    closed_parts: Sequence[ClosedPart],
) -> SafeString:
    """What stands below the text: the same for everybody until the journal has a new line, but for those who read what
    is closed or answer an objection."""
    house = here.cooperative
    answerable = [_answerable(here, closed, one) for one in entries]

    def drawn() -> SafeString:
        lines, signatures = signing
        context = {
            "here": {"cooperative": house},
            "meeting": found.meeting,
            "closed": closed,
            "sealed": found.sealed,
            "by_vote": by_vote(bylaws_of(closed)),
            "entries": list(zip(entries, answerable, strict=True)),
            "lines": [(line, line.signed(signatures)) for line in lines],
            "statements": statements_of(found.meeting) if found.has.any_statements else [],
            "closed_parts": closed_parts,
        }
        return render_to_string("minutes/after.html", context)

    if closed_parts or any(answerable):
        return drawn()
    return unchanged.said((_after, closed.pk, get_language(), house.time_zone), drawn, len)


def _answerable(here: Here, closed: Minutes, entry: MinutesEntry) -> bool:
    """Whether nothing stands in the way of this person's answering it (`obstacles_to_finding`). It asks nothing."""
    if entry.kind != Kind.OBJECTION or hasattr(entry, "finding"):
        return False
    own = acting(here).pk in (entry.by_id, closed.closed_by_id)
    return here.may(Power.RUN_ELECTIONS, closed.meeting.body) and not own


@dataclass(frozen=True)
class Part:
    """A heading and what belongs to it; `number` stands in the margin when the heading is an item's."""

    number: str
    text: str


def parts_of(text: str) -> list[Part]:
    """The text cut before its headings of the second order, to be set like a book. Nothing is lost."""
    lines = _LINE_END.split(text)
    tokens = _blocks.parse(text)
    cuts = [
        one.map[0]
        for one in tokens
        if one.type == "heading_open" and one.tag == "h2" and not one.level and one.map
    ]
    edges = [0, *cuts, len(lines)]
    parts = []
    for begin, end in pairwise(edges):
        words = "\n".join(lines[begin:end])
        numbered = _NUMBERED.match(words)
        parts.append(Part(numbered[1], "## " + words[numbered.end() :]) if numbered else Part("", words))
    return parts


# The blocks that the page shows, without reading inside the lines.
_blocks = (
    MarkdownIt("zero", {"maxNesting": 12}).enable(["blockquote", "heading", "hr", "list"]).disable("inline")
)
_LINE_END = re.compile(r"\r\n?|\n")
_NUMBERED = re.compile(r"## ([0-9]+)\\\. ")


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Says what circulating means; then the text is fixed and everybody reads it."""
    here = enter(request, coop)
    meeting = recorded(here, access.meeting(here, key))
    if request.method == "POST":
        actions.close_minutes(meeting=meeting, by=acting(here), at=here.at)
        messages.success(
            request, _("The minutes are circulated. Those who were there can object to them now.")
        )
        return redirect("minutes", coop, key)
    reasons = obstacles_to_closing_minutes(meeting, by=acting(here), at=here.at)
    noted = meeting.items.prefetch_related("notes")
    empty = [item for item in noted if not any(note.text.strip() for note in item.notes.all())]
    context = {
        "meeting": meeting,
        "reasons": reasons,
        "empty": empty,
        "days": here.bylaws.minutes_objection_days,
    }
    return render(request, "minutes/close.html", context)
