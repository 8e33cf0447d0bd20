"""Hands in the hall: who is left is counted by hand, block by block, or nobody asks for a count."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coop.ballots import actions
from coop.ballots.acta.sentences import say_result
from coop.ballots.hands import (
    Block,
    blocks_of,
    obstacles_to_acclamation,
    obstacles_to_demanding_count,
    obstacles_to_moving,
    on_hands,
)
from coop.ballots.models import Ballot, CountDemand, RollEntry, Teller
from coop.ballots.models.ballots import Channel
from coop.ballots.office import obstacles_to_running
from coop.ballots.sheets import Stage
from coop.meetings import actions as meetings
from coop.meetings.voting_rules import obstacles_to_acclaiming
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter, wants_fragment
from ..agenda import agenda
from ..meetings.floor import running, to_the_desk
from ..meetings.parts import parts_to_end, say_block
from ..outcomes.at_hand import where_from

State = Ballot.State


def by_hands(here: Here, key: int) -> Ballot:
    """A vote that is held by show of hands, alone or after the screens."""
    found = access.ballot(here, key)
    if Channel.HANDS not in found.channels:
        raise Http404
    return found


def leads(here: Here, ballot: Ballot) -> bool:
    return not obstacles_to_running(ballot, by=acting(here), at=here.at)


def led_by(here: Here, key: int) -> Ballot:
    """The vote, for those who run it; for everybody else there is nothing."""
    found = by_hands(here, key)
    if not leads(here, found):
        raise Http404
    return found


def say_stage(block: Block) -> str:
    """How far a block is, without a figure that somebody has still to find alone."""
    words = {
        Stage.NOTHING: _("%(block)s: the two counts differ. Both tellers count again."),
        Stage.ONE: _("%(block)s: one teller has counted; the other counts alone."),
        Stage.EQUAL: _("%(block)s: both counted the same. A third person confirms it."),
        Stage.AGREED: ngettext(
            "%(block)s: counted and confirmed, %(hands)s hand.",
            "%(block)s: counted and confirmed, %(hands)s hands.",
            block.hands or 0,
        ),
    }
    return words[block.progress.stage] % {"block": say_block(block.name), "hands": block.hands}


@require_safe
def hands(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """One page for the chair, the tellers and everybody in the hall: each sees what there is to do."""
    here = enter(request, coop)
    ballot = by_hands(here, key)
    item = where_from(ballot)[0]
    context: dict[str, Any] = {"ballot": ballot, "item": item}
    if item is not None:
        line = next(line for line in agenda.lines(item.meeting) if line.item.pk == item.pk)
        context |= {"line": line, "turnout": next(iter(running([line])), None)}
    if wants_fragment(request):
        return render(request, "counting/hands/hands.html#turnout", context)
    me, at = acting(here), here.at
    entry = RollEntry.objects.filter(ballot=ballot, member=me).first()
    context |= {
        "entry": entry,
        "leads": leads(here, ballot),
        "counts": Teller.objects.filter(ballot=ballot, member=me).exists(),
        "blocks": [(block, say_stage(block)) for block in blocks_of(ballot)],
        "named": Teller.objects.filter(ballot=ballot).count(),
        "asking": CountDemand.objects.filter(ballot=ballot).count(),
        "may_ask": not obstacles_to_demanding_count(ballot, entry, at),
    }
    if context["leads"]:
        context |= {
            "against_moving": obstacles_to_moving(ballot, by=me, at=at),
            "against_acclamation": obstacles_to_acclamation(ballot, by=me, at=at)
            or (obstacles_to_acclaiming(item, by=me, at=at) if item is not None else []),
            "acclaims": ballot.state == State.OPEN and not ballot.on_screens and not on_hands(ballot),
            "parts": parts_to_end(item, here) if item is not None else [],
        }
    return render(request, "counting/hands/hands.html", context)


@require_POST
def now(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Now hands: everybody who has not voted yet raises theirs."""
    here = enter(request, coop)
    moved = actions.move_to_hands(ballot=led_by(here, key), by=acting(here), at=here.at)
    words = ngettext(
        "%(people)s person is counted by hand now, and no longer votes on a screen.",
        "%(people)s people are counted by hand now, and no longer vote on a screen.",
        moved,
    )
    messages.success(request, words % {"people": moved})
    return redirect("hands", coop, key)


@require_POST
def ask(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Anybody in the hall asks for a count. A second tap changes nothing."""
    here = enter(request, coop)
    ballot = by_hands(here, key)
    try:
        actions.demand_count(ballot=ballot, by=acting(here), at=here.at)
    except Refused as refusal:
        if {reason.code for reason in refusal.reasons} != {"count-demanded-already"}:
            raise
    else:
        messages.success(request, _("You have asked for a count. The hands are counted now."))
    return redirect("hands", coop, key)


@require_POST
def acclaim(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Nobody asks for a count: carried."""
    here = enter(request, coop)
    ballot = led_by(here, key)
    item = where_from(ballot)[0]
    if item is None:
        raise Http404
    decision = meetings.acclaim(item=item, by=acting(here), at=here.at)
    tally = decision.ballot.questions.select_related("tally").get(number=1).tally
    messages.success(request, say_result(tally))
    return to_the_desk(item)
