"""Who may stand in for whom, and for how long. No writes, no clock."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from coop.refusals import Reason

from ..models import Body, Deputy, Mandate, Member, OfficePower
from ..powers import WATCHES, powers_of

LONGEST = datetime.timedelta(days=90)  # who is away for longer makes room for the alternate
# Bodies in which nobody else stands in but the alternate of the office: what they watch, others of the house do.
ONLY_ALTERNATES = (Body.Kind.OVERSIGHT, Body.Kind.ELECTORAL_COMMISSION, Body.Kind.APPEALS)


def may_stand_in(mandate: Mandate, at: datetime.datetime) -> QuerySet[Mandate]:
    """By which mandates somebody may stand in for this one: the alternates of the office, and the other full seats of
    its body; where the body watches others, only the alternates."""
    body = mandate.seat.office.body
    alternates = Q(seat__office=mandate.seat.office_id, seat__alternate=True)
    watching = body.kind in ONLY_ALTERNATES or _watches(mandate)
    of_the_body = Q(seat__office__body=body, seat__alternate=False)
    found = Mandate.objects.filter(Mandate.in_force(at), alternates if watching else alternates | of_the_body)
    return found.exclude(member=mandate.member_id).select_related("member", "seat__office__body")


def _watches(mandate: Mandate) -> bool:
    powers = OfficePower.objects.filter(office=mandate.seat.office_id)
    return powers.filter(power__in=WATCHES).exists()


def obstacles_to_naming_a_deputy(
    mandate: Mandate,
    *,
    through: Mandate,
    since: datetime.datetime,
    until: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """One's own office, held now; somebody near enough; not into the past, beyond the term, or for months on end."""
    if not Mandate.objects.filter(Mandate.in_force(at), pk=mandate.pk).exists() or mandate.seat.alternate:
        return [Reason("mandate-not-held-now")]
    if mandate.member_id != by.pk:
        return [Reason("not-your-mandate")]
    reasons = []
    if not may_stand_in(mandate, at).filter(pk=through.pk).exists():
        reasons.append(Reason("not-near-enough-to-stand-in", {"name": through.member.name}))
    elif _watches(mandate) and powers_of(through.member, at).held:
        reasons.append(Reason("deputy-holds-an-office", {"name": through.member.name}))
    reasons += _obstacles_in_time(mandate, through, since, until, at)
    return reasons


def _obstacles_in_time(
    mandate: Mandate,
    through: Mandate,
    since: datetime.datetime,
    until: datetime.datetime,
    at: datetime.datetime,
) -> list[Reason]:
    if since < at:
        return [Reason("deputy-in-the-past")]
    if until <= since:
        return [Reason("ends-before-it-begins")]
    reasons = []
    if until - since > LONGEST or since - at > LONGEST:
        reasons.append(Reason("deputy-too-long", {"days": LONGEST.days}))
    for one in (mandate, through):
        if one.until is not None and until > one.until:
            day = one.member.cooperative.day_of(one.until)
            reasons.append(
                Reason("deputy-beyond-the-term", {"name": one.member.name, "day": day.isoformat()})
            )
    taken = Deputy.objects.filter(mandate=mandate, since__lt=until, until__gt=since)
    if taken.filter(Q(ended_at=None) | Q(ended_at__gt=since)).exists():
        reasons.append(Reason("deputy-named-already"))
    return reasons


def obstacles_to_ending_a_deputy(deputy: Deputy, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Either of the two, at any moment until it is over."""
    if by.pk not in (deputy.mandate.member_id, deputy.through.member_id):
        return [Reason("not-your-mandate")]
    if deputy.ended_at is not None or deputy.until <= at:
        return [Reason("deputy-over-already")]
    return []
