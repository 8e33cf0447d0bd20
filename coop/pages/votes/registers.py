"""Registers of voters as they hang on the board: whether I am on it, the list, and the sheet for the gate."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from coop.ballots.models import Claim, Register, RegisterEntry
from coop.ballots.rules.registers import (
    DECIDING,
    decides,
    moved_since,
    obstacles_to_final,
    obstacles_to_voting_on,
    secrets_replaced_since,
)
from coop.meetings.models import Meeting
from coop.members.folding import fold

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..stories import Duty, Story
from ..timetable import say_day, say_end

PAGE = 20
LINES = 50
MIDNIGHT_ENDS = datetime.timedelta(microseconds=1)  # the day before it


@require_safe
def registers(request: HttpRequest, coop: str) -> HttpResponse:
    """Every register that was drawn, the newest closing day first."""
    here = enter(request, coop)
    waiting = Count("claims", filter=Q(claims__state=Claim.State.OPEN))
    found = Register.objects.filter(cooperative=here.cooperative).select_related("body")
    look = Look(request)
    found = look.among(found, "{body__name} {body__code} {closes_on}").annotate(waiting=waiting)
    page = page_of(request, found.order_by("-closes_on", "-pk"), PAGE)
    rows = [(register, *_state(here, register, register.waiting)) for register in page]
    return render(request, "votes/registers/registers.html", {"look": look, "page": page, "rows": rows})


def _state(here: Here, register: Register, waiting: int) -> tuple[str, str]:
    """Word and shape: where the list stands on its way to being final."""
    if register.final_at is not None:
        return _("final"), "done"
    if here.at < register.claims_until:
        return _("open to claims"), "live"
    return (_("claims wait for a decision"), "late") if waiting else (_("about to be final"), "waiting")


@require_safe
def register(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The list on the wall. First of all it answers: am I on it?"""
    here = enter(request, coop)
    found = access.register(here, key)
    me = acting(here)
    words = request.GET.get("words", "")[:120].strip()
    line = found.lines().filter(member=me).first()
    claims = _claims(found)
    word, shape = _state(here, found, claims["open"])
    context = {
        "register": found,
        "meeting": meeting_of(found),
        "line": line,
        "why_not": [] if line else obstacles_to_voting_on(found, me),
        "moved": moved_since(found, me, here.day) if line else [],
        "word": word,
        "shape": shape,
        "claims": claims,
        "replaced": secrets_replaced_since(found),
        "claims_open": claims_open(here, found),
        "until": until(here, found.claims_until),
        "not_yet": obstacles_to_final(found, here.at),
        "decides": decides(found, here.powers),
        "page": page_of(request, _searched(found.lines(), words), LINES),
        "words": words,
        "query": f"{urlencode({'words': words})}&" if words else "",
    }
    return render(request, "votes/registers/register.html", context)


def meeting_of(register: Register) -> Meeting | None:
    return Meeting.objects.select_related("body").filter(register=register).first()


def until(here: Here, moment: datetime.datetime) -> str:
    return say_end(localtime(moment, here.cooperative.zone))


def claims_open(here: Here, register: Register) -> bool:
    return register.final_at is None and here.at < register.claims_until


def _claims(register: Register) -> dict[str, int]:
    """How many there are in each state. One query."""
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in Claim.State}
    return register.claims.aggregate(all=Count("pk"), **counts)


def _searched(lines: QuerySet[RegisterEntry], words: str) -> QuerySet[RegisterEntry]:
    """By number, or by every word of the name in whatever order; accents and capitals do not matter."""
    lines = lines.select_related("member").order_by("number")
    if words.isascii() and words.isdigit():
        return lines.filter(number=int(words)) if len(words) <= 9 else lines.none()
    for word in fold(words).split():
        lines = lines.filter(member__plain_name__contains=word)
    return lines


# --- For whoever decides claims -------------------------------------------------------------------------------------


def duties(here: Here) -> list[Story]:
    """Each register on which claims wait, unless its meeting was called off. One query."""
    over = {where for power, where in here.powers.held if power in DECIDING}
    if not over:
        return []
    registers = Register.objects.filter(cooperative=here.cooperative, claims__state=Claim.State.OPEN)
    called_off = Meeting.objects.filter(state=Meeting.State.CANCELLED, register__isnull=False)
    registers = registers.exclude(pk__in=called_off.values("register"))
    if None not in over:
        registers = registers.filter(body__in=over)
    found = registers.select_related("body").annotate(waiting=Count("claims")).order_by("claims_until", "pk")
    return [_duty(here, register, register.waiting) for register in found]


def _duty(here: Here, register: Register, waiting: int) -> Story:
    words = ngettext("%(count)d claim waits for a decision", "%(count)d claims wait for a decision", waiting)
    over = here.at >= register.claims_until
    return Duty(
        kicker=_("Claims to decide"),
        headline=_("Register of voters of %(day)s: %(body)s")
        % {"day": date_format(register.closes_on, "DATE_FORMAT"), "body": register.body.name},
        address=reverse("register-claims", args=[here.cooperative.slug, register.pk]),
        word=words % {"count": waiting},
        shape="late" if over else "waiting",
        meta=_("nobody can check in, and no vote opens, before they are decided")
        if over
        else _("until %(hour)s") % {"hour": until(here, register.claims_until)},
        until=here.cooperative.day_of(register.claims_until - MIDNIGHT_ENDS),
    )


# --- On paper -------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet for the gate, with a line for each to sign on; the closing day and the fingerprint at its foot."""
    here = enter(request, coop)
    found = access.register(here, key)
    meeting = meeting_of(found)
    name = "_".join(
        [_("Register of voters"), meeting.label if meeting else found.body.code, str(found.closes_on)]
    )
    return to_print("list", _sheet(here, found, meeting), name=name)


def _sheet(here: Here, found: Register, meeting: Meeting | None) -> dict[str, Any]:
    """What stands on it depends on the list alone: the same list prints the same sheet."""
    made = localtime(found.final_at or found.drawn_at, here.cooperative.zone)
    closed = _("closed on %(day)s") % {"day": date_format(found.closes_on, "DATE_FORMAT")}
    lines = found.lines().order_by("number").values_list("number", "name", "department", "crew")
    return {
        "title": _("Register of voters"),
        "under": str(meeting or found.body),
        "house": here.cooperative.legal_name,
        "date": made.date().isoformat(),
        "notes": [_say_closed(found), _say_final(here, found)],
        "foot": f"{found.body.code}, {closed} · {_in_fours(found.fingerprint)}",
        "room": 2.4,  # to sign on
        "columns": [
            {"words": pgettext("member number", "No."), "width": "auto", "number": True},
            {"words": _("Name"), "width": "fr"},
            {"words": _("Department"), "width": "auto"},
            {"words": _("Crew"), "width": "auto"},
            {"words": _("Signature"), "width": "sign"},
        ],
        "rows": [[str(number), *rest, ""] for number, *rest in lines],
    }


def _say_closed(found: Register) -> str:
    words = _("%(body)s: %(people)s have a vote, as it stood on %(day)s.")
    return words % {"body": found.body.name, "people": found.people, "day": say_day(found.closes_on)}


def _say_final(here: Here, found: Register) -> str:
    """Whether this sheet is the last word."""
    if found.final_at is not None:
        moment = date_format(localtime(found.final_at, here.cooperative.zone), "DATETIME_FORMAT")
        return _("Final since %(moment)s: nothing enters it any more.") % {"moment": moment}
    words = _("Not final yet. Additions, corrections and removals can be claimed until %(moment)s.")
    return words % {"moment": until(here, found.claims_until)}


def _in_fours(text: str) -> str:
    """Sixty-four signs as people compare them."""
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))
