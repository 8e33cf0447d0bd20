"""Why a card cannot be handed out, signed by a second person, or used. No writes."""

from __future__ import annotations

import datetime

from coop.refusals import Reason

from ..models import AccessCard, Member, Standing
from ..powers import powers_of
from .lives import standing_on
from .people import obstacles_to_keeping_the_register

# Who hands out a card that replaces a secret and who signs it have spoken of it the same day.
COUNTERSIGN_WITHIN = datetime.timedelta(hours=24)


def obstacles_to_issuing_card(member: Member, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if member.pk == by.pk and member.account_id is not None:
        reasons.append(Reason("own-secret-by-somebody-else"))
    standing = standing_on(member, member.cooperative.day_of(at))
    if standing is not None and standing.status in Standing.GONE:
        reasons.append(Reason("standing-does-not-allow", {"status": standing.status}))
    return reasons


def obstacles_to_several_cards(member: Member) -> list[Reason]:
    """Cards are printed by the sheet for those who were never in; a secret is replaced one by one, by two people."""
    return [Reason("has-a-secret-already")] if member.account_id is not None else []


def obstacles_to_first_card(member: Member) -> list[Reason]:
    """Cards that no member hands out, but the founding act: only until the first person is in."""
    if Member.objects.filter(cooperative=member.cooperative_id, account__isnull=False).exists():
        return [Reason("cards-from-the-register-keeper")]
    return []


def too_late_to_countersign(card: AccessCard, at: datetime.datetime) -> bool:
    return at >= card.issued_at + COUNTERSIGN_WITHIN


def obstacles_to_countersigning(card: AccessCard, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A reset is impersonation when one person can do it alone: it takes a second office-holder."""
    if not card.replaces_secret or card.countersigned_at or card.used_at or card.withdrawn_at:
        return [Reason("card-needs-no-countersign")]
    if too_late_to_countersign(card, at):
        return [Reason("countersign-too-late", {"hours": COUNTERSIGN_WITHIN // datetime.timedelta(hours=1)})]
    reasons = []
    if by.cooperative_id != card.member.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk in (card.issued_by_id, card.member_id):
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not powers_of(by, at).signs:
        reasons.append(Reason("no-office"))
    return reasons


def obstacles_to_using_card(card: AccessCard, *, at: datetime.datetime) -> list[Reason]:
    if card.used_at is not None:
        return [Reason("card-used")]
    if card.withdrawn_at is not None or card.expires_at <= at:
        return [Reason("card-over")]
    if card.replaces_secret and card.countersigned_at is None:
        if too_late_to_countersign(card, at):
            return [Reason("card-over")]
        return [Reason("card-waits-for-countersign")]
    return []


def obstacles_to_acknowledging(card: AccessCard, *, by: Member) -> list[Reason]:
    """That a secret was replaced is acknowledged by its owner alone, after it happened."""
    if card.member_id != by.pk:
        return [Reason("not-your-card")]
    return [] if card.replaces_secret and card.used_at else [Reason("nothing-was-replaced")]
