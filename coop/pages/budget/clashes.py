"""All clashes of a year, the table where any set is tried out, and the order in which the rest is voted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.budget.balance import applied
from coop.budget.models import Amendment
from coop.budget.rules.amendments import obstacles_in_time, obstacles_to_having_a_voice
from coop.budget.voting_order import Why, lot

from .. import access
from ..access import Here, acting, enter, page_of, wants_fragment
from .amendments import clash
from .effect import effect
from .told import Round, told_fall, whose, why_there
from .words import asked_for, state_of

CLASHES = 20
PLACES = 30
State, Kind = Amendment.State, Amendment.Kind


@require_safe
def clashes(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    round_ = Round(year)
    found = sorted(
        round_.table.conflicts(), key=lambda one: (not one.kind.is_impossible, not one.kind.is_contrary)
    )
    page = page_of(request, found, CLASHES)
    context = {
        "year": year,
        "page": page,
        "clashes": [clash(one, round_) for one in page],
        "may_join": may_join(here, round_),
    }
    return render(request, "budget/budget_round/clashes.html", context)


def may_join(here: Here, round_: Round) -> bool:
    against = obstacles_in_time(round_.year, Kind.COMMON, here.day)
    return not against and not obstacles_to_having_a_voice(
        round_.year, on_behalf_of=None, by=acting(here), at=here.at, bylaws=here.bylaws
    )


@require_safe
def table(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Any set of amendments applied. The set stands in the address: it can be kept, sent and printed."""
    here = enter(request, coop)
    year = access.budget(here, key)
    round_ = Round(year, in_short=True)
    offered = {pk: one for pk, one in round_.amendments.items() if one.state != State.WITHDRAWN}
    if "set" in request.GET or "a" in request.GET:
        asked = request.GET.getlist("a")
        chosen = {pk for pk in offered if str(pk) in asked}
        if len(chosen) < len(set(asked)):
            raise Http404
    else:
        chosen = {pk for pk, one in offered.items() if one.state == State.CARRIED}
    found = applied(round_.table.plan, [round_.table.changes[pk] for pk in sorted(chosen)])
    words: dict[tuple[str, str, bool], str] = {}  # of a state, looked up once
    for one in offered.values():
        if _kind_of(one) not in words:
            words[_kind_of(one)] = state_of(one)
    context: dict[str, Any] = {
        "year": year,
        "offered": [_tick(one, one.pk in chosen, words[_kind_of(one)]) for one in offered.values()],
        "chosen": [offered[pk].short for pk in sorted(chosen)],
        "effect": effect(found, round_, folded=True),
        "waiting": [str(pk) for pk, one in offered.items() if one.state in (State.SUBMITTED, State.ADMITTED)],
    }
    part = "#applied" if wants_fragment(request) else ""
    return render(request, f"budget/budget_round/table.html{part}", context)


def _kind_of(one: Amendment) -> tuple[str, str, bool]:
    return one.state, one.kind, one.on_behalf_of_id is not None


def _tick(one: Amendment, chosen: bool, word: str) -> dict[str, Any]:
    """The key as text: a number would be written anew in the language of the page, each time that it stands there."""
    return {"key": str(one.pk), "amendment": one, "who": whose(one), "checked": chosen, "word": word}


@require_safe
def order(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    round_ = Round(year)
    found = places(round_)
    page = page_of(request, found, PLACES)
    drawn = {one["place"].distance for one in found if one["place"].why == Why.LOT}
    lots = [
        (one["amendment"].short, lot(round_.table.seed, one["amendment"].number))
        for one in found
        if one["place"].distance in drawn
    ]
    context = {
        "year": year,
        "page": page,
        "seed": round_.table.seed,
        "lots": sorted(lots, key=lambda one: one[1]),
    }
    return render(request, "budget/budget_round/order.html", context)


def places(round_: Round) -> list[dict[str, Any]]:
    """What is still to be voted, in its order, with why it stands there and whether it falls as things are."""
    falls = {one.key: told_fall(one, round_) for one in round_.table.falls()}
    return [
        {
            "number": number,
            "place": place,
            "why": why_there(place, round_),
            "fall": falls.get(place.key, ""),
            **asked_for(round_.amendments[place.key], round_.year),
        }
        for number, place in enumerate(round_.table.order(), 1)
    ]
