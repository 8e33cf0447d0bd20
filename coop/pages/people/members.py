"""One person's page, and the printed card with which they get in. The list of everybody is `people_list`."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.members import actions
from coop.members.models import (
    AccessCard,
    Crew,
    Mandate,
    Member,
    Posting,
    Power,
    Rota,
    Shift,
    Standing,
)
from coop.members.resets import resets_of
from coop.members.rules import obstacles_to_countersigning, obstacles_to_issuing_card
from coop.members.typed_codes import code_for, in_groups
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..read_by_audit import What, note
from ..squares import picture_of
from .consents import note_about
from .life import history, sheets_for, standing_words

# --- One person -----------------------------------------------------------------------------------------------------


class Turn(NamedTuple):
    """A stretch of days on one shift."""

    shift: Shift
    first: datetime.date
    last: datetime.date


@require_safe
def member(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    here = enter(request, coop)
    return _person(request, here, access.member(here, number))


def _person(
    request: HttpRequest, here: Here, person: Member, *, refused: list[Reason] | None = None
) -> HttpResponse:
    me = acting(here)
    standing = person.standings.filter(Standing.on(here.day)).first()
    posting = person.postings.filter(Posting.on(here.day)).select_related("department", "crew").first()
    mandates = person.mandates.select_related("seat__office__body").order_by("-since")
    keeper, own = here.may(Power.KEEP_REGISTER), me.pk == person.pk
    private = keeper or own or here.may(Power.AUDIT)
    note(
        here, What.PERSON, otherwise=keeper or own, key=person.number, label=f"{person.number} {person.name}"
    )
    gone = standing is not None and standing.status in Standing.GONE
    if gone:
        posting = None  # whoever has left works no shift; where they worked stands in the history
    context = {
        "person": person,
        "own": own,
        "keeper": keeper,
        "reads_private": private,
        "standing": standing_words(standing, private=private) if standing else "",
        "history": history(here, person, private=private, keeper=keeper),
        "sheets": sheets_for(here, person, standing) if keeper else [],
        "protected": note_about(here, person) if keeper else "",
        "applications": list(person.applications.all()[:5]) if private else [],
        "asks": own and standing is not None and standing.kind != Standing.Kind.MEMBER,
        "suspension": standing if private and standing and standing.status == "suspended" else None,
        "gone": gone,
        "posting": posting,
        "turns": _turns(here, posting.crew) if posting and posting.crew else [],
        "holds": [one for one in mandates if _in_force(one, here.at)],
        "held": [one for one in mandates if one.confirmed_at and not _in_force(one, here.at)],
        "support": [str(dict(Member.Support.choices).get(one, one)) for one in person.support],
        "refused": refused or [],
        "resets": resets_of(person),
        **_card_state(here, person, keeper=keeper, own=own),
    }
    return render(request, "people/members/member.html", context, status=409 if refused else 200)


def _in_force(mandate: Mandate, at: datetime.datetime) -> bool:
    begun = mandate.confirmed_at is not None and mandate.since <= at
    return begun and (mandate.until is None or mandate.until > at)


def _turns(here: Here, crew: Crew) -> list[Turn]:
    """The shift of this turn of the rota and of the next."""
    rota = Rota.objects.filter(cooperative=here.cooperative, anchor__lte=here.day).order_by("-anchor").first()
    shifts = list(Shift.objects.filter(cooperative=here.cooperative))
    if rota is None or not shifts:
        return []
    length = datetime.timedelta(days=rota.every_days)
    first = rota.anchor + (here.day - rota.anchor) // length * length
    day = datetime.timedelta(days=1)
    return [
        Turn(rota.shift_of(crew, start, shifts), start, start + length - day)
        for start in (first, first + length)
    ]


def _card_state(here: Here, person: Member, *, keeper: bool, own: bool) -> dict[str, Any]:
    """What the keeper, a second person and the person themselves see of the card; nobody else sees anything."""
    if not (keeper or own or here.powers.held):
        return {}
    me = acting(here)
    card = _live_card(here, person)
    waits = card is not None and card.replaces_secret and card.countersigned_at is None
    return {
        "card": card if keeper or own or waits else None,
        "waits": waits,
        "card_obstacles": obstacles_to_issuing_card(person, by=me, at=here.at) if keeper else [],
        "countersign_obstacles": obstacles_to_countersigning(card, by=me, at=here.at)
        if card and waits
        else [],
    }


def _live_card(here: Here, person: Member) -> AccessCard | None:
    live = Q(used_at=None, withdrawn_at=None, expires_at__gt=here.at)
    return AccessCard.objects.select_related("issued_by").filter(live, member=person).first()


# --- The card -------------------------------------------------------------------------------------------------------


@require_POST
def card(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Hands out a new card. It is the answer itself, shown this once: its token is kept nowhere."""
    here = enter(request, coop)
    person = access.member(here, number)
    try:
        made, token = actions.issue_card(member=person, by=acting(here), at=here.at)
    except Refused as refused:
        return _person(request, here, person, refused=refused.reasons)
    path = reverse("enrol", args=[coop, token])
    address = f"{settings.ORIGIN}{path}" if settings.HTTPS else request.build_absolute_uri(path)
    context = {
        "person": person,
        "card": made,
        "address": address,
        "picture": picture_of(address),
        "code": in_groups(code_for(token)),
        "typed_at": address.replace(f"{token}/", ""),
    }
    return render(request, "people/members/card.html", context)


@require_POST
def countersign(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """The second signature under a card that replaces a secret."""
    here = enter(request, coop)
    person = access.member(here, number)
    waiting = _live_card(here, person)
    if waiting is None:
        raise Http404
    try:
        actions.countersign_card(card=waiting, by=acting(here), at=here.at)
    except Refused as refused:
        return _person(request, here, person, refused=refused.reasons)
    messages.success(request, _("Signed. The card works now; it was your signature that made it so."))
    return redirect("member", coop, number)
