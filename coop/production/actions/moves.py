"""Emergency prices: moved by one who keeps the prices, signed by a second, ended by their day."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Price, PriceMove
from ..rules import moves as rules
from .locks import hold


@transaction.atomic
def move_price(
    *,
    price: Price,
    peer: Decimal,
    market: Decimal,
    support: Decimal,
    because: str,
    until: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> PriceMove:
    """`until`: the first day on which the price that was set holds again. It waits for a second signature."""
    cooperative, because = hold(price.product.cooperative), one_line(because)
    refuse_if(
        rules.obstacles_to_moving_price(
            price, peer=peer, market=market, support=support, because=because, until=until, by=by, at=at
        )
    )
    move = PriceMove.objects.create(
        cooperative=cooperative,
        price=price,
        peer=peer,
        market=market,
        support=support,
        because=because,
        until=until,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    facts = {"market": f"{market:f}", "until": until.isoformat(), "because": because}
    write(cooperative.chain, verb="price-moved", subject=_subject(move), by=by.actor, at=at, facts=facts)
    return move


@transaction.atomic
def confirm_move(*, move: PriceMove, by: Member, at: datetime.datetime) -> None:
    """It holds from today."""
    cooperative = hold(move.cooperative)
    refuse_if(rules.obstacles_to_confirming_move(move, at=at))
    confirm_entry(entry=move, by=by, at=at)
    PriceMove.objects.filter(pk=move.pk).update(since=cooperative.day_of(at))
    facts = {"until": move.until.isoformat()}
    write(
        cooperative.chain,
        verb="price-move-confirmed",
        subject=_subject(move),
        by=by.actor,
        at=at,
        facts=facts,
    )


@transaction.atomic
def turn_down_move(*, move: PriceMove, because: str, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(move.cooperative)
    turn_down_entry(entry=move, because=because, by=by, at=at)
    facts = {"because": because.strip()}
    write(
        cooperative.chain,
        verb="price-move-turned-down",
        subject=_subject(move),
        by=by.actor,
        at=at,
        facts=facts,
    )


def _subject(move: PriceMove) -> Subject:
    return Subject("price-move", str(move.pk), move.price.product.name)
