"""Recalls: those that are asked for and those that are over; the page of one, its signatures, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Case, Count, Q, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coop.elections import actions
from coop.elections.models import Petition, PetitionSignature
from coop.elections.rules.recalls import (
    obstacles_to_answering,
    obstacles_to_handing_in,
    obstacles_to_signing,
)
from coop.elections.signatures import lines_by_verdict
from coop.elections.wording import title_of
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..read_by_audit import What, note
from ..timetable import say_day, say_distance
from .told import steps, vote, what_followed

State = Petition.State
Verdict = PetitionSignature.Verdict
PAGE = 20
LINES = 50
SHAPES = {
    State.COLLECTING: "live",
    State.HANDED_IN: "waiting",
    State.ADMITTED: "waiting",
    State.VOTING: "live",
    State.JOINED: "done",
    State.NOT_ADMITTED: "no",
    State.PASSED: "yes",
    State.FAILED: "no",
    State.LAPSED: "stopped",
}


@dataclass(frozen=True)
class Row:
    petition: Any
    title: str
    shape: str
    meta: str


@require_safe
def recalls(request: HttpRequest, coop: str) -> HttpResponse:
    """Those that run stand first."""
    here = enter(request, coop)
    counts = Count("signatures", filter=Q(signatures__verdict=Verdict.COUNTS))
    running = Case(When(state__in=Petition.PENDING, then=0), default=1)
    look = Look(request)
    office = "{mandate__seat__office__title} {mandate__seat__office__body__name}"
    told = "RC {year}-{number} {mandate__member__name} " + office
    found = look.among(access.petitions(here), told).annotate(signed=counts, place=running)
    page = page_of(request, found.order_by("place", "-filed_at", "-pk"), PAGE)
    rows = [Row(one, title_of(one), SHAPES[State(one.state)], _line(here, one)) for one in page]
    return render(request, "recalls/recalls.html", {"look": look, "page": page, "rows": rows})


def _line(here: Here, one: Any) -> str:
    """What matters of it in a list."""
    if one.state == State.COLLECTING:
        until = say_distance(here.day, here.cooperative.day_of(one.collect_until))
        told = {"signed": one.signed, "needed": one.needed, "until": until}
        words = ngettext(
            "%(signed)s of %(needed)s signature; the days to collect end %(until)s",
            "%(signed)s of %(needed)s signatures; the days to collect end %(until)s",
            one.needed,
        )
        return words % told
    if one.state == State.JOINED:
        return _("with %(label)s") % {"label": one.joined_to.label}
    moment = one.ended_at or one.verified_at or one.handed_in_at or one.filed_at
    return say_day(here.cooperative.day_of(moment))


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.petition(here, key))


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A second tap changes nothing."""
    here = enter(request, coop)
    found = access.petition(here, key)
    try:
        actions.sign(petition=found, by=acting(here), at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"signed-already"}:
            return show(request, here, found, reasons=refusal.reasons)
    else:
        told = {"name": found.mandate.member.name}
        messages.success(request, _("You have signed. %(name)s sees the number, never your name.") % told)
    return redirect("recall", coop, key)


@require_POST
def hand_in(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.petition(here, key)
    if acting(here).pk != found.filed_by_id and not here.may(Power.RUN_ELECTIONS):
        raise Http404
    try:
        actions.hand_in(petition=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, here, found, reasons=refusal.reasons)
    messages.success(request, _("Handed in. Nobody signs any more; the commission verifies the lines."))
    return redirect("recall", coop, key)


def reads_names(here: Here, found: Petition) -> bool:
    """Who verifies and who audits, and never the holder, whatever other office they have."""
    if acting(here).pk == found.mandate.member_id:
        return False
    return here.may(Power.RUN_ELECTIONS) or here.may(Power.AUDIT)


@require_safe
def names(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.petition(here, key)
    if not reads_names(here, found):
        raise Http404
    by_office = here.may(Power.RUN_ELECTIONS)
    note(here, What.RECALL, otherwise=by_office, key=found.pk, label=found.label)
    look = Look(request)
    lines = look.among(found.signatures.select_related("member", "entered_by"), "{number} {member__name}")
    context = {
        "found": found,
        "title": title_of(found),
        "look": look,
        "lines": page_of(request, lines, LINES),
        "worth": worth_of(found),
    }
    return render(request, "recalls/names.html", context)


def worth_of(found: Petition) -> list[tuple[str, int]]:
    """How many lines of each worth there are, in words; what no line is stays away, but for those that count."""
    many = lines_by_verdict(found)
    return [(str(one.label), many[one]) for one in Verdict if many[one] or one == Verdict.COUNTS]


# --- The page of one ------------------------------------------------------------------------------------------------


def show(
    request: HttpRequest, here: Here, found: Petition, *, reasons: list[Reason] | None = None
) -> HttpResponse:
    me, state = acting(here), State(found.state)
    counting = found.signatures.filter(verdict=Verdict.COUNTS)
    signed, handed = counting.count(), obstacles_to_handing_in(found, by=me, at=here.at)
    holder, commission = me.pk == found.mandate.member_id, here.may(Power.RUN_ELECTIONS)
    against = obstacles_to_signing(found, by=me, at=here.at, bylaws=here.bylaws)
    mine = any(one.code == "signed-already" for one in against)
    context = {
        "found": found,
        "title": title_of(found),
        "shape": SHAPES[state],
        "steps": [] if state == State.JOINED else steps(here, found),
        "asked": [found, *found.joined.select_related("filed_by").order_by("filed_at", "pk")],
        "signed": signed,
        "missing": max(0, found.needed - signed),
        "days_left": say_distance(here.day, here.cooperative.day_of(found.collect_until)),
        "collecting": state == State.COLLECTING and here.at < found.collect_until,
        "mine": mine,
        "against_signing": [] if mine or holder else against,
        "may_sign": not against,
        "holder": holder,
        "can_be_answered": state in (State.COLLECTING, State.HANDED_IN, State.ADMITTED),
        "may_answer": holder and not obstacles_to_answering(found, "-", by=me),
        "report": worth_of(found) if found.verified_at else [],
        "hands_in": (me.pk == found.filed_by_id or (commission and not holder)) and state == State.COLLECTING,
        "against_handing_in": handed,
        "commission": commission,
        "concerned": commission and me.pk in (found.mandate.member_id, found.filed_by_id),
        "names": reads_names(here, found),
        "vote": vote(found),
        "followed": what_followed(here, found),
        "reasons": reasons or [],
    }
    return render(request, "recalls/recall.html", context, status=409 if reasons else 200)
