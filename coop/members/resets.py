"""Secrets that were replaced by others: whose, when, and by which two. It is told to the owner and to everybody."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from .models import AccessCard, Mandate, Member, Power

# To whom somebody turns who did not ask for it: those who answer for votes and those who audit.
FEW = 3  # more names, and nobody knows whom to ask
ANSWER_FOR_IT = (Power.RUN_ELECTIONS, Power.AUDIT)


def resets_of(member: Member) -> QuerySet[AccessCard]:
    """Every time the secret of `member` was replaced, the latest first; the two who signed come along."""
    used = AccessCard.objects.filter(member=member, replaces_secret=True, used_at__isnull=False)
    return used.select_related("issued_by", "countersigned_by").order_by("-used_at")


def whom_to_tell(reset: AccessCard, at: datetime.datetime) -> QuerySet[Member]:
    """Some office-holders who can look into a reset: neither of the two who made it, nor its owner."""
    holders = Mandate.objects.filter(
        Mandate.in_force(at), seat__alternate=False, seat__office__powers__power__in=ANSWER_FOR_IT
    )
    found = Member.objects.filter(cooperative=reset.member.cooperative_id, pk__in=holders.values("member"))
    return found.exclude(pk__in=[reset.issued_by_id, reset.countersigned_by_id, reset.member_id])[:FEW]
