"""What buyers promise, and who refuses to deal with us."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import BuyerBar, Pledge, Refusal
from ..rules import bars
from ..rules import selling as rules
from .locks import hold


@transaction.atomic
def enter_pledge(
    *,
    cooperative: Cooperative,
    buyer: str,
    kind: str,
    year: int,
    amount: Decimal,
    what: str,
    due_on: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
) -> Pledge:
    """`amount`: what they will buy for in that year, in the currency of the house. `due_on`: its last day, where it is
    not that of the year."""
    cooperative = hold(cooperative)
    buyer, what = one_line(buyer), one_line(what)
    facts: dict[str, Any] = {
        "buyer": buyer,
        "kind": kind,
        "year": year,
        "amount": amount,
        "what": what,
        "due_on": due_on,
    }
    refuse_if(rules.obstacles_to_pledge(cooperative, **facts, by=by, at=at))
    pledge = Pledge.objects.create(cooperative=cooperative, **facts, entered_by=by, entered_at=at)
    write(
        cooperative.chain,
        verb="buyer-pledged",
        subject=Subject("pledge", str(pledge.pk), buyer),
        by=by.actor,
        at=at,
        facts={"year": year, "amount": f"{amount:f}"},
    )
    return pledge


@transaction.atomic
def enter_refusal(
    *,
    cooperative: Cooperative,
    refuser: str,
    what: str,
    because: str = "",
    ours: bool = False,
    refused_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Refusal:
    """`because`: as they said it; empty where they gave no reason.

    `ours`: we refused an order of theirs, and `because` says out of which principle.
    """
    cooperative = hold(cooperative)
    refuser, what, because = one_line(refuser), one_line(what), one_line(because)
    refuse_if(
        rules.obstacles_to_refusal(
            cooperative,
            refuser=refuser,
            what=what,
            because=because,
            ours=ours,
            refused_on=refused_on,
            by=by,
            at=at,
        )
    )
    refusal = Refusal.objects.create(
        cooperative=cooperative,
        refuser=refuser,
        what=what,
        because=because,
        ours=ours,
        refused_on=refused_on,
        entered_by=by,
        entered_at=at,
    )
    write(
        cooperative.chain,
        verb="refused-to" if ours else "refused-by",
        subject=Subject("refusal", str(refusal.pk), refuser),
        by=by.actor,
        at=at,
        facts={"asked": what, **({"because": because} if ours else {})},
    )
    return refusal


@transaction.atomic
def bar_buyer(
    *, cooperative: Cooperative, buyer: str, because: str, by: Member, at: datetime.datetime
) -> BuyerBar:
    """Who sold on at the market's price what was bought at the peer price pays no peer price any more."""
    cooperative = hold(cooperative)
    buyer, because = one_line(buyer), one_line(because)
    refuse_if(bars.obstacles_to_barring(cooperative, buyer=buyer, because=because, by=by, at=at))
    bar = BuyerBar.objects.create(
        cooperative=cooperative,
        buyer=buyer,
        because=because,
        since=cooperative.day_of(at),
        entered_by=by,
        entered_at=at,
    )
    facts = {"because": because}
    write(cooperative.chain, verb="buyer-barred", subject=_bar(bar), by=by.actor, at=at, facts=facts)
    return bar


@transaction.atomic
def lift_bar(*, bar: BuyerBar, because: str, by: Member, at: datetime.datetime) -> None:
    """By somebody else than who set it; the entry stays."""
    cooperative = hold(bar.cooperative)
    bar, because = BuyerBar.objects.get(pk=bar.pk), one_line(because)
    refuse_if(bars.obstacles_to_lifting(bar, because=because, by=by, at=at))
    BuyerBar.objects.filter(pk=bar.pk).update(lifted_by=by, lifted_at=at, lifted_because=because)
    facts = {"because": because}
    write(cooperative.chain, verb="buyer-bar-lifted", subject=_bar(bar), by=by.actor, at=at, facts=facts)


def _bar(bar: BuyerBar) -> Subject:
    return Subject("buyer-bar", str(bar.pk), bar.buyer)
