"""Why somebody cannot be admitted, moved, given a mandate or a card. Lists of reasons, no writes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, QuerySet

from coop.charter.models import Cooperative
from coop.refusals import Reason

from .models import AccessCard, Mandate, Member, Power, Seat
from .powers import Powers, obstacles_without, powers_of
from .second_person import obstacles_to_keeping_the_archive

# Who hands out a card that replaces a secret and who signs it have spoken of it the same day.
COUNTERSIGN_WITHIN = datetime.timedelta(hours=24)


def obstacles_to_keeping_the_register(*, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_without(Power.KEEP_REGISTER, by=by, at=at)


def obstacles_to_admitting(cooperative: Cooperative, number: int) -> list[Reason]:
    if Member.objects.filter(cooperative=cooperative, number=number).exists():
        return [Reason("number-taken", {"number": number})]
    return []


def obstacles_to_mandate(
    seat: Seat, member: Member, *, since: datetime.datetime, until: datetime.datetime | None, document: str
) -> list[Reason]:
    """A seat that is taken in that time, a stranger, no document, an end before the beginning."""
    reasons = []
    if not document.strip():
        reasons.append(Reason("no-document"))
    if member.cooperative_id != seat.office.body.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": member.name}))
    if until is not None and until <= since:
        reasons.append(Reason("ends-before-it-begins"))
    taken = Mandate.objects.filter(seat=seat).exclude(until__lte=since).exclude(until=F("since"))
    if until is not None:
        taken = taken.exclude(since__gte=until)
    holder = taken.select_related("member").first()
    if holder is not None:
        reasons.append(Reason("seat-taken", {"name": holder.member.name}))
    return reasons


def obstacles_to_ending_mandate(mandate: Mandate, *, at: datetime.datetime) -> list[Reason]:
    """What is over stays over: a second end would move the first."""
    if mandate.ended or (mandate.until is not None and mandate.until <= at):
        return [Reason("mandate-over-already")]
    return []


def obstacles_to_dated_change(rows: QuerySet[Any], since: datetime.date) -> list[Reason]:
    """`rows` are the standings or postings of one member. They run on from each other: none goes in between."""
    first, later = rows.first(), rows.filter(since__gt=since).first()
    if first is not None and since < first.since:
        return [Reason("change-before-the-first", {"day": first.since.isoformat()})]
    if later is not None:
        return [Reason("later-change-on-record", {"day": later.since.isoformat()})]
    return []


def obstacles_to_confirming_mandate(
    mandate: Mandate, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """Another person confirms, once, never one's own mandate, and only with an office that may (`powers.CONFIRMS`).

    A page that asks for many mandates at once hands in the `powers` of `by`, read once.
    """
    if mandate.confirmed_at is not None or mandate.ended:
        return [Reason("mandate-already-settled")]
    reasons = []
    if by.cooperative_id != mandate.member.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk in (mandate.entered_by_id, mandate.member_id):
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not (powers or powers_of(by, at)).confirms:
        reasons.append(Reason("no-office-that-confirms"))
    return reasons


def obstacles_to_turning_down_mandate(
    mandate: Mandate, *, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who may confirm may also say that the book says otherwise; who entered it may take back a slip of the pen."""
    if mandate.confirmed_at is not None or mandate.ended:
        return [Reason("mandate-already-settled")]
    reasons = [] if because.strip() else [Reason("no-reason-given")]
    if by.pk != mandate.entered_by_id:
        reasons += obstacles_to_confirming_mandate(mandate, by=by, at=at)
    return reasons


def obstacles_to_carrying_over(
    cooperative: Cooperative, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """A mandate is carried over by whoever keeps the register, or the books of the assembly."""
    held = powers or powers_of(by, at)
    if by.cooperative_id == cooperative.pk and held.has(Power.KEEP_REGISTER):
        return []
    return obstacles_to_keeping_the_archive(cooperative, by=by, at=at, powers=held)


def obstacles_to_carrying_over_mandate(
    member: Member, *, since: datetime.datetime, by: Member, at: datetime.datetime
) -> list[Reason]:
    """What is carried over has begun already, and not before the person joined."""
    reasons = obstacles_to_carrying_over(by.cooperative, by=by, at=at)
    if since > at:
        reasons.append(Reason("still-to-come"))
    if by.cooperative.day_of(since) < member.joined:
        reasons.append(Reason("before-joining", {"name": member.name, "day": member.joined.isoformat()}))
    return reasons


def obstacles_to_issuing_card(member: Member, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if member.pk == by.pk and member.account_id is not None:
        reasons.append(Reason("own-secret-by-somebody-else"))
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
