"""One amendment with all that belongs to it, the order of voting, the text as it stands; signing and taking in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.decisions.models import Backing, Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Power
from coop.proposals import actions
from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment, DeclaredContrary
from coop.proposals.rules import (
    obstacles_to_accepting,
    obstacles_to_leading,
    obstacles_to_supporting_amendment,
    obstacles_to_withdrawing_amendment,
    obstacles_to_writing_an_amendment,
)
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..outcomes.decided import decided
from ..signatures import Signatures
from .amendment_marks import shown
from .amendments_beside import Reading
from .amendments_told import SHAPES, contradictions, ending_of, in_words, set_aside, state_of, why_there

ON_A_PAGE = 50

State, Kind = Amendment.State, Amendment.Kind


@require_safe
def amendment(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _page(request, here, access.amendment(here, key))


def _page(
    request: HttpRequest, here: Here, found: Amendment, refused: list[Reason] | None = None
) -> HttpResponse:
    reading = Reading.of(found.proposal, every_clash=True)
    found = reading.text.amendments[found.pk]
    supports = list(found.supports.select_related("member"))
    votes = Decision.objects.select_related("body", "ballot").filter(
        amendment=found, ballot__opened_at__isnull=False
    )
    backing = Backing.objects.select_related("decision__body").filter(amendment=found)
    context = {
        "amendment": found,
        "proposal": found.proposal,
        "asked": reading.asked(found, in_words(reading.text, found)),
        "word": state_of(found),
        "shape": SHAPES[found.state],
        "ending": ending_of(found),
        "clauses": _clauses(reading, found),
        "parts": [(part, reading.text.amendments[part.part_id]) for part in found.parts.all()],
        "wholes": _wholes(reading, found),
        "contrary": _declared(reading, found),
        "place": next((why_there(one, place) for one, place in reading.text.order if one.pk == found.pk), ""),
        "supports": supports,
        "signatures": Signatures(len(supports), found.support_needed),
        "votes": decided(votes.order_by("put_at", "pk")),
        "backing": backing.first() if found.on_behalf_of_id else None,
        "item": _item(found),
        "refused": refused,
        **_acts(here, reading, found, {one.member_id for one in supports}),
    }
    return render(request, "proposals/amendments/amendment.html", context, status=409 if refused else 200)


def _clauses(reading: Reading, found: Amendment) -> list[Any]:
    """The clauses it changes, with its marks; of a block those are told with its parts."""
    if found.kind == Kind.BLOCK:
        return []
    return [shown(clause) for clause in reading.text.marked_by(found) if clause.is_changed]


def _wholes(reading: Reading, found: Amendment) -> list[Amendment]:
    """Common texts and blocks it is part of."""
    every = reading.text.amendments.values()
    return [one for one in every if any(part.part_id == found.pk for part in one.parts.all())]


def _declared(reading: Reading, found: Amendment) -> list[tuple[Amendment, DeclaredContrary]]:
    """Those that are declared contrary to it, with the reason that was given."""
    pairs = [pair for pair in reading.text.declared if found.pk in pair]
    if not pairs:
        return []
    rows = DeclaredContrary.objects.select_related("declared_by").filter(first__proposal=found.proposal)
    named = [row for row in rows if found.pk in (row.first_id, row.second_id)]
    other = [row.second_id if row.first_id == found.pk else row.first_id for row in named]
    return [(reading.text.amendments[key], row) for key, row in zip(other, named, strict=True)]


def _item(found: Amendment) -> AgendaItem | None:
    """Where the meeting votes on it; for everybody once the notice is out."""
    items = AgendaItem.objects.select_related("meeting__body").filter(amendment=found)
    hidden = (Meeting.State.DRAFT, Meeting.State.CANCELLED)
    return items.exclude(meeting__state__in=hidden).order_by("-pk").first()


def _acts(here: Here, reading: Reading, found: Amendment, signed: set[int]) -> dict[str, Any]:
    """What this person may do with it. A rule is asked only where its act belongs to them."""
    me = acting(here)
    alive = found.is_alive
    mover = found.amends.author_id if found.amends else found.proposal.mover_id
    may_write = not obstacles_to_writing_an_amendment(found.proposal, by=me, day=here.day, bylaws=here.bylaws)
    seeks = found.state == State.SUBMITTED and found.kind == Kind.OWN
    seeks = seeks and found.on_behalf_of_id is None and not found.is_late
    mine = found.author_id == me.pk
    leads = alive and not obstacles_to_leading(found.proposal, by=me, at=here.at)
    plain = found.amends_id is None and found.kind == Kind.OWN
    return {
        "signed": me.pk in signed,
        "to_sign": obstacles_to_supporting_amendment(found, by=me, day=here.day, bylaws=here.bylaws)
        if seeks
        else None,
        "to_accept": obstacles_to_accepting(found, by=me)
        if alive and mover == me.pk and found.kind != Kind.BLOCK
        else None,
        "may_withdraw": mine and not obstacles_to_withdrawing_amendment(found, by=me),
        "may_amend": may_write and alive and plain and bool(reading.text.wordings_of(found)),
        "may_join": may_write and found.amends_id is None and (alive or found.state == State.CARRIED),
        "may_declare": alive and found.kind != Kind.BLOCK and (mine or leads),
        "may_turn_down": leads and found.state == State.SUBMITTED,
        "may_move": leads and found.state == State.ADMITTED and found.pk not in reading.text.in_blocks,
        "may_back": found.state == State.SUBMITTED
        and found.on_behalf_of is not None
        and here.may(Power.CONVENE, found.on_behalf_of),
        "to_agree": [
            part
            for part in found.parts.all()
            if found.kind == Kind.COMMON
            and alive
            and part.agreed_at is None
            and part.part.author_id == me.pk
            and part.part.is_alive
        ],
    }


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.amendment(here, key)
    try:
        actions.support_amendment(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, found, refusal.reasons)
    messages.success(request, _("Your signature is under it."))
    return redirect("amendment", coop, key)


@require_POST
def accept(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.amendment(here, key)
    try:
        actions.accept(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, found, refusal.reasons)
    messages.success(
        request, _("It is taken in. Nobody needs to vote on it, unless something else is carried.")
    )
    return redirect("amendment", coop, key)


@require_POST
def agree(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """`key`: the amendment as part of a common text."""
    here = enter(request, coop)
    part = access.part_of(here, key)
    try:
        actions.agree(part=part, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, access.amendment(here, part.whole_id), refusal.reasons)
    messages.success(request, _("You agree to the common text."))
    return redirect("amendment", coop, part.whole_id)


# --- All of a text --------------------------------------------------------------------------------------------------


@require_safe
def order(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.proposal(here, key)
    reading = Reading(AmendedText.of(found), [])  # no signatures stand there
    page = page_of(request, reading.text.order, ON_A_PAGE)
    first = (page.number - 1) * ON_A_PAGE
    context = {
        "proposal": found,
        "page": page,
        "order": reading.order(first, first + ON_A_PAGE),
        "leads": page.paginator.count and not obstacles_to_leading(found, by=acting(here), at=here.at),
    }
    return render(request, "proposals/amendments/order.html", context)


@require_safe
def as_it_stands(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.proposal(here, key)
    text = AmendedText.of(found)
    taken_in = [text.amendments[one.key] for one in text.in_force]
    context: dict[str, Any] = {
        "proposal": found,
        "taken_in": [one.short for one in taken_in],
        "set_aside": set_aside(text),
        "contradictions": contradictions(text),
    }
    if "marked" in request.GET and taken_in:
        context["marked"] = [shown(clause) for clause in text.marked]
        context["told"] = [f"{one.short}. {told}" for one in taken_in for told in in_words(text, one)]
    else:
        context["clauses"] = [
            {"number": number, "text": words} for number, words in enumerate(text.as_it_stands, 1)
        ]
    return render(request, "proposals/amendments/as_it_stands.html", context)
