"""What members ask for: signed on a telephone, counted, and answered by whoever calls the body."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Request
from coop.meetings.requests import (
    answered_by,
    not_held,
    obstacles_to_calling,
    obstacles_to_signing,
    obstacles_to_withdrawing_request,
)
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..read_by_audit import What, note
from ..stories import Duty, Story
from ..timetable import say_day, say_distance
from .owed import address_of

PAGE = 20


@dataclass(frozen=True)
class Row:
    """A request in a list."""

    request: Any
    word: str
    shape: str

    @property
    def meta(self) -> str:
        if self.request.kind == Request.Kind.OWED:
            return ""
        words = ngettext(
            "%(signed)s of %(needed)s signature", "%(signed)s of %(needed)s signatures", self.request.needed
        )
        return words % {"signed": self.request.signed, "needed": self.request.needed}


def standing(request: Request, today: datetime.date, answer: Meeting | None) -> tuple[str, str]:
    """Where it stands: a word and a shape. `answer`: the meeting that takes it up."""
    if request.withdrawn_at is not None:
        return _("withdrawn"), "stopped"
    if answer is not None and answer.state != Meeting.State.DRAFT:
        return _("taken up"), "done"
    if request.kind == Request.Kind.OWED:
        return _("waits for the next agenda"), "waiting"
    if request.reached_at is None:
        if today > request.collects_until:
            return _("not enough signatures"), "no"
        return _("signatures are collected"), "live"
    if request.due_on is not None and request.due_on < today:
        return _("overdue: nobody has called the meeting"), "late"
    return _("enough have signed"), "waiting"


@require_safe
def requests(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    found = look.among(access.requests(here), "{title} {body__name} {body__code}")
    found = found.annotate(signed=Count("signatures")).order_by("-asked_at", "-pk")
    page = page_of(request, found, PAGE)
    answers = _answers(list(page))
    rows = [Row(one, *standing(one, here.day, answers.get(one.pk))) for one in page]
    return render(request, "meetings/requests/requests.html", {"look": look, "page": page, "rows": rows})


def _answers(asked: Sequence[Request]) -> dict[int, Meeting]:
    """The meeting that answers each, in two queries; see `answered_by`."""
    standing_ones = Meeting.objects.exclude(state=Meeting.State.CANCELLED)
    found = {one.request_id: one for one in standing_ones.filter(request__in=asked).order_by("-pk")}
    items = AgendaItem.objects.filter(request__in=asked).exclude(meeting__in=not_held())
    for item in items.select_related("meeting").order_by("-meeting"):
        if item.request_id is not None:
            found.setdefault(item.request_id, item.meeting)
    return {key: meeting for key, meeting in found.items() if key is not None}


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _page(request, here, access.request(here, key))


def _page(
    request: HttpRequest, here: Here, found: Request, *, reasons: list[Reason] | None = None
) -> HttpResponse:
    me = acting(here)
    answer = answered_by(found)
    names = here.may(Power.CONVENE, found.body) or here.may(Power.AUDIT)
    signed = found.signatures.count()
    word, shape = standing(found, here.day, answer)
    note(
        here,
        What.REQUEST,
        otherwise=here.may(Power.CONVENE, found.body) or not signed,
        key=found.pk,
        label=found.title,
    )
    look = Look(request)
    lines = look.among(found.signatures.select_related("member"), "{member__name} {member__number}")
    calls = not obstacles_to_calling(found.body, request=found, by=me, at=here.at)
    context = {
        "found": found,
        "signed": signed,
        "word": word,
        "shape": shape,
        "missing": max(0, found.needed - signed),
        "mine": found.signatures.filter(member=me).exists(),
        "against_signing": obstacles_to_signing(found, by=me, at=here.at, bylaws=here.bylaws),
        "may_withdraw": not obstacles_to_withdrawing_request(found, by=me),
        "look": look,
        "names": names and signed,
        "signatures": page_of(request, lines, PAGE) if names else None,
        "answer": answer if answer is not None and (answer.number or access.calls(here, answer)) else None,
        "calls": calls and found.reached_at is not None and found.withdrawn_at is None and answer is None,
        "near": _ordinary_near(here, found) if calls and answer is None else None,
        "distance": say_distance(here.day, found.due_on) if found.due_on else "",
        "owed": found.kind == Request.Kind.OWED,
        "source": address_of(here, found),
        "reasons": reasons or [],
    }
    return render(request, "meetings/requests/request.html", context, status=409 if reasons else 200)


def _ordinary_near(here: Here, found: Request) -> Meeting | None:
    """An ordinary assembly that is being prepared near enough: what was demanded may be joined to it."""
    if found.kind != Request.Kind.ASSEMBLY or found.reached_at is None:
        return None
    until = found.reached_at + datetime.timedelta(days=here.bylaws.extraordinary_fold_days)
    drafts = Meeting.objects.filter(
        body=found.body, kind=Meeting.Kind.ORDINARY, state=Meeting.State.DRAFT, sittings__starts_at__lte=until
    )
    return drafts.order_by("sittings__starts_at").first()


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A second tap changes nothing."""
    here = enter(request, coop)
    found = access.request(here, key)
    try:
        actions.sign_request(request=found, by=acting(here), at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"request-signed-already"}:
            return _page(request, here, found, reasons=refusal.reasons)
    else:
        messages.success(request, _("You have signed. Only whoever calls the body sees your name."))
    return redirect("request", coop, key)


@require_POST
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.request(here, key)
    actions.withdraw_request(request=found, by=acting(here), at=here.at)
    messages.success(request, _("Withdrawn. The signatures count for nothing."))
    return redirect("request", coop, key)


# --- For whoever calls the body -------------------------------------------------------------------------------------


def duties(here: Here) -> list[Story]:
    """What enough members have asked for and no meeting takes up; past its day for whoever audits as well."""
    audits = here.may(Power.AUDIT)
    if not here.may(Power.CONVENE) and not audits:
        return []
    mine = here.powers.over(Power.CONVENE)
    if audits:
        mine |= Q(kind=Request.Kind.ASSEMBLY, due_on__lt=here.day)
    found = access.requests(here).filter(mine, reached_at__isnull=False, withdrawn_at=None)
    waiting = list(found.annotate(signed=Count("signatures")).order_by("due_on", "reached_at", "pk"))
    answers = _answers(waiting) if waiting else {}
    return [_duty(here, one, one.signed) for one in waiting if one.pk not in answers]


def _duty(here: Here, one: Request, signed: int) -> Story:
    words = ngettext("asked for by %(signed)d member", "asked for by %(signed)d members", signed)
    late = one.due_on is not None and one.due_on < here.day
    meta = _("goes on the next agenda")
    if one.due_on is not None:
        facts = {"day": say_day(one.due_on), "distance": say_distance(here.day, one.due_on)}
        meta = _("to be held by %(day)s (%(distance)s)") % facts
    return Duty(
        kicker=capfirst(str(one.get_kind_display())),
        headline=one.title,
        address=reverse("request", args=[here.cooperative.slug, one.pk]),
        word=_("owed by the rules") if one.kind == Request.Kind.OWED else words % {"signed": signed},
        shape="late" if late else "waiting",
        meta=meta,
        until=one.due_on,
    )
