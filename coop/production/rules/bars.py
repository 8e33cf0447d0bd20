"""What stands in the way of barring a buyer from peer prices, and whether one is barred (practice C15)."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.members.folding import fold
from coop.members.models import Member
from coop.members.powers import powers_of
from coop.refusals import Reason

from ..models import BuyerBar


def barred(cooperative: Cooperative, buyer: str) -> BuyerBar | None:
    """The bar that holds for a buyer of this name; accents and capitals make no other buyer."""
    held = BuyerBar.objects.filter(cooperative=cooperative, lifted_at=None)
    return next((one for one in held if fold(one.buyer) == fold(buyer)), None)


def obstacles_to_barring(
    cooperative: Cooperative, *, buyer: str, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """By an office that signs sales, with what was seen."""
    reasons = [] if powers_of(by, at).signs else [Reason("sale-needs-an-office")]
    if by.cooperative_id != cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not buyer:
        reasons.append(Reason("sale-without-buyer"))
    if not because:
        reasons.append(Reason("no-reason-given"))
    if buyer and barred(cooperative, buyer) is not None:
        reasons.append(Reason("buyer-barred-already", {"buyer": buyer}))
    return reasons


def obstacles_to_lifting(bar: BuyerBar, *, because: str, by: Member, at: datetime.datetime) -> list[Reason]:
    """By another office-holder, with a reason, once."""
    if bar.lifted_at is not None:
        return [Reason("entry-settled")]
    reasons = [] if powers_of(by, at).signs else [Reason("sale-needs-an-office")]
    if by.cooperative_id != bar.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk == bar.entered_by_id:
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not because:
        reasons.append(Reason("no-reason-given"))
    return reasons


def obstacles_to_peer_price(cooperative: Cooperative, *, kind: str, buyer: str) -> list[Reason]:
    bar = barred(cooperative, buyer) if kind == "peer" else None
    return [Reason("buyer-barred", {"buyer": bar.buyer, "because": bar.because})] if bar is not None else []
