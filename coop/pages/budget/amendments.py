"""One amendment of the budget with all that belongs to it: what it moves, where it stands, what it clashes with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.budget.balance import Applied, applied
from coop.budget.conflicts import Conflict, conflicts
from coop.budget.models import Amendment, Challenge, PartOf
from coop.budget.rules.amendments import (
    obstacles_in_time,
    obstacles_to_agreeing,
    obstacles_to_backing,
    obstacles_to_handing_in,
    obstacles_to_having_a_voice,
    obstacles_to_remarking,
    obstacles_to_signing,
    obstacles_to_withdrawing,
)
from coop.journal.models import Entry
from coop.members.models import Power
from coop.refusals import Reason

from .. import access
from ..access import Here, acting, enter
from ..signatures import Signatures
from ..telling import tell
from .challenges import against_challenging
from .effect import balance, effect
from .told import Round, kind_of, told_conflict, told_fall, whose, why_there
from .words import asked_for

LINES = 12  # of the journal
State, Kind = Amendment.State, Amendment.Kind


@require_safe
def amendment(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return page(request, here, access.budget_amendment(here, key))


def page(
    request: HttpRequest, here: Here, found: Amendment, refused: list[Reason] | None = None
) -> HttpResponse:
    round_ = Round(found.year)
    change = replace(round_.table.changes[found.pk], amends=None)
    supports = list(found.supports.select_related("member"))
    parts = list(found.parts.select_related("part__on_behalf_of", "part__author", "agreed_by"))
    for part in parts:
        part.part.year, part.common = found.year, found
    context = {
        "year": found.year,
        "amendment": found,
        "asked": asked_for(found, found.year),
        "steps": steps(found, len(supports), parts),
        "effect": effect(only(round_, change), round_),
        "balance": balance(round_, change.moves, with_proof=change.with_proof),
        "clashes": clashes_of(found, round_),
        "standing": _standing(found, round_),
        "supports": supports,
        "signatures": Signatures(len(supports), found.support_needed),
        "parts": parts,
        "wholes": _wholes(found),
        "entries": _entries(here, found),
        "challenges": _challenges(found),
        "may_challenge": found.state == State.FALLEN and not against_challenging(here, found),
        "keeps": here.may(Power.KEEP_BUDGET),
        "refused": refused,
        **_acts(here, round_, found, parts, {one.member_id for one in supports}),
    }
    return render(request, "budget/budget_round/amendment.html", context, status=409 if refused else 200)


def only(round_: Round, change: Any) -> Applied:
    """The draft with this alone."""
    return applied(round_.table.plan, [change])


# --- Where it stands ------------------------------------------------------------------------------------------------


def steps(found: Amendment, signed: int, parts: list[PartOf]) -> list[dict[str, str]]:
    """Written, handed in, joined by those it needs, voted; each done, now or to come."""
    handed, admitted = found.submitted_at, found.admitted_at
    ended = found.ended_at
    over = found.state not in Amendment.ALIVE
    if found.kind == Kind.COMMON:
        agreed = sum(one.agreed_at is not None for one in parts)
        joined = _("Agreed by those it stands for: %(count)s of %(all)s") % {
            "count": agreed,
            "all": len(parts),
        }
    elif found.on_behalf_of_id is not None:
        joined = _("Decided by its council")
    elif handed is None:
        joined = _("Signed by others")
    else:
        joined = _("Signed: %(count)s of %(needed)s") % {"count": signed, "needed": found.support_needed}
    last = str(found.get_state_display()) if over else _("Voted")
    stations = [
        (_("Written"), found.begun_at),
        (_("Handed in"), handed),
        (joined, admitted),
        (last[:1].upper() + last[1:], ended),
    ]
    shown = []
    now_is = next((place for place, (_label, at) in enumerate(stations) if at is None), len(stations))
    for place, (label, at) in enumerate(stations):
        if over and at is None:
            continue  # it never came to that
        state = "done" if at is not None else "now" if place == now_is else "next"
        when = date_format(localtime(at), "SHORT_DATE_FORMAT") if at is not None else ""
        shown.append({"label": label, "state": state, "when": when})
    return shown


def _standing(found: Amendment, round_: Round) -> list[str]:
    """When it is voted and why then, and whether it can be as things are."""
    place = next((one for one in round_.table.order() if one.key == found.pk), None)
    falls = [told_fall(one, round_) for one in round_.table.falls() if one.key == found.pk]
    return ([why_there(place, round_)] if place else []) + falls


def clashes_of(found: Amendment, round_: Round) -> list[dict[str, Any]]:
    """Each clash with those it is with; of a draft those that it would have, for its writer alone to read."""
    asked = [one for one in round_.table.those(State.SUBMITTED, State.ADMITTED) if one.key != found.pk]
    if not found.is_alive:
        return []
    now = round_.table.so_far().plan(round_.table.plan)
    told = conflicts(now, [*asked, round_.table.changes[found.pk]])
    return [
        clash(one, round_, besides=found.pk) for one in told if found.pk in one.keys and len(one.keys) > 1
    ]


def clash(found: Conflict, round_: Round, *, besides: int = 0) -> dict[str, Any]:
    """`besides`: the one on whose page it stands, which is not named again among those it is with."""
    word, shape = kind_of(found)
    others = [round_.amendments[key] for key in found.keys if key != besides and key in round_.amendments]
    main = [one for one in others if one.kind == Kind.OWN and one.amends_id is None]
    return {
        "word": word,
        "shape": shape,
        "told": told_conflict(found, round_),
        "with": [(one, whose(one)) for one in others],
        "to_join": [one.pk for one in main] if found.kind.is_impossible or found.kind.is_contrary else [],
    }


def _wholes(found: Amendment) -> list[Amendment]:
    """Common texts that were handed in and would stand for it."""
    rows = PartOf.objects.filter(part=found, common__number__isnull=False).select_related("common")
    wholes = [one.common for one in rows]
    for one in wholes:
        one.year = found.year
    return wholes


def _challenges(found: Amendment) -> list[Challenge]:
    if found.fell_because == "" and found.wanted_at is None:
        return []  # it has not fallen, and was not taken up again
    return list(Challenge.objects.filter(amendment=found).select_related("made_by", "answered_by"))


def _entries(here: Here, found: Amendment) -> list[Any]:
    lines = Entry.objects.filter(
        chain=here.cooperative.chain, subject_kind="budget-amendment", subject_id=str(found.pk)
    )
    if found.year.untold_since is not None:
        lines = lines.filter(at__lt=found.year.untold_since)
    return [(entry, tell(entry)) for entry in lines.order_by("-sequence")[:LINES]]


# --- What this person may do with it --------------------------------------------------------------------------------


def _acts(
    here: Here, round_: Round, found: Amendment, parts: list[PartOf], signed: set[int]
) -> dict[str, Any]:
    """A rule is asked only where its act belongs to this person."""
    me, at = acting(here), here.at
    changes = round_.table.changes
    mine = found.author_id == me.pk
    voice = obstacles_to_having_a_voice(found.year, on_behalf_of=None, by=me, at=at, bylaws=here.bylaws)
    before_all = found.number is not None and found.is_alive
    plain = found.kind == Kind.OWN and found.amends_id is None
    seeks = found.state == State.SUBMITTED and found.kind == Kind.OWN and found.on_behalf_of_id is None
    return {
        "mine": mine,
        "to_hand_in": obstacles_to_handing_in(
            found, changes[found.pk], changes.get(found.amends_id or 0), by=me, at=at, bylaws=here.bylaws
        )
        if mine and found.state == State.DRAFT
        else None,
        "signed": me.pk in signed,
        "to_sign": obstacles_to_signing(found, by=me, at=at, bylaws=here.bylaws) if seeks else None,
        "may_back": not obstacles_to_backing(found, decision="?", by=me, at=at),
        "may_withdraw": not obstacles_to_withdrawing(found, by=me, at=at),
        "may_remark": here.may(Power.KEEP_BUDGET)
        and not obstacles_to_remarking(found, remark="?", by=me, at=at),
        "may_amend": before_all
        and plain
        and not voice
        and not obstacles_in_time(found.year, Kind.OWN, here.day),
        "may_join": before_all
        and plain
        and not voice
        and not obstacles_in_time(found.year, Kind.COMMON, here.day),
        "to_agree": [one for one in parts if not obstacles_to_agreeing(one, by=me, at=at)],
    }


def missing_words(needed: int, signed: int) -> str:
    left = max(0, needed - signed)
    words = ngettext("%(count)s more is needed.", "%(count)s more are needed.", left)
    return words % {"count": left}
