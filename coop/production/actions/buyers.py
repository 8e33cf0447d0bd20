"""What buyers promise, and who refuses to deal with us."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Pledge, Refusal
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
    by: Member,
    at: datetime.datetime,
) -> Pledge:
    """`amount`: what they will buy for in that year, in the currency of the house."""
    cooperative = hold(cooperative)
    buyer, what = one_line(buyer), one_line(what)
    facts = {"buyer": buyer, "kind": kind, "year": year, "amount": amount, "what": what}
    refuse_if(
        rules.obstacles_to_pledge(
            cooperative, buyer=buyer, kind=kind, year=year, amount=amount, what=what, by=by, at=at
        )
    )
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
    refused_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Refusal:
    """`because`: as they said it; empty where they gave no reason."""
    cooperative = hold(cooperative)
    refuser, what, because = one_line(refuser), one_line(what), one_line(because)
    refuse_if(
        rules.obstacles_to_refusal(
            cooperative, refuser=refuser, what=what, refused_on=refused_on, by=by, at=at
        )
    )
    refusal = Refusal.objects.create(
        cooperative=cooperative,
        refuser=refuser,
        what=what,
        because=because,
        refused_on=refused_on,
        entered_by=by,
        entered_at=at,
    )
    write(
        cooperative.chain,
        verb="refused-by",
        subject=Subject("refusal", str(refusal.pk), refuser),
        by=by.actor,
        at=at,
        facts={"asked": what},
    )
    return refusal
