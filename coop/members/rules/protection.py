"""Who holds an office is not got rid of by an entry of the register, whoever keeps it (practice C09). No writes.

Recall is the way, or a decision of the assembly that is on record; what they ask for themselves goes on.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.conf import settings
from django.utils.module_loading import import_string

from coop.charter.models import Cooperative
from coop.refusals import Reason

from ..models import Body, Consent, Mandate, Member

To = Consent.To
HOLDS_FOR = datetime.timedelta(days=30)  # a yes is no yes for ever


def offices_protected(member: Member, at: datetime.datetime) -> list[Mandate]:
    """What the member holds, or was elected to and will hold. Alternates hold nothing yet, and a working table lends
    no power."""
    held = Mandate.objects.filter(
        Mandate.not_over(at), member=member, confirmed_at__isnull=False, seat__alternate=False
    ).exclude(seat__office__body__kind=Body.Kind.WORKING_TABLE)
    return list(held.select_related("seat__office__body").order_by("since", "pk"))


def consent_of(member: Member, to: str, at: datetime.datetime) -> Consent | None:
    """The yes that still holds and was not used."""
    given = Consent.objects.filter(
        member=member, to=to, used_at=None, given_at__gt=at - HOLDS_FOR, given_at__lte=at
    )
    return given.first()


def obstacles_in_protection(
    member: Member, *, to: str = "", document: str = "", by: Member, at: datetime.datetime
) -> list[Reason]:
    """`to`: what the member can agree to; empty where nobody can agree (suspending, excluding). `document` cites."""
    held = offices_protected(member, at)
    if not held or decided_by_the_assembly(member.cooperative, document, at):
        return []
    if to and (by.pk == member.pk or consent_of(member, to, at) is not None):
        return []
    told: dict[str, object] = {"name": member.name, "office": held[0].seat.office.title}
    return [Reason("protected-own-wish", told) if to else Reason("protected-in-office", told)]


def obstacles_to_striking_many(members: Collection[int], *, at: datetime.datetime) -> list[Reason]:
    """`members`: the ids of those whose entries a list brought and would take back."""
    held = Mandate.objects.filter(Mandate.not_over(at), member__in=members, confirmed_at__isnull=False)
    found = held.select_related("member", "seat__office").first()
    if found is None:
        return []
    return [Reason("protected-in-office", {"name": found.member.name, "office": found.seat.office.title})]


def obstacles_to_dying(member: Member, *, document: str, at: datetime.datetime) -> list[Reason]:
    """A death empties seats: of somebody in office the paper that says so is named."""
    if document.strip() or not offices_protected(member, at):
        return []
    return [Reason("death-by-a-document", {"name": member.name})]


def decided_by_the_assembly(cooperative: Cooperative, document: str, at: datetime.datetime) -> bool:
    """Whether the words begin with the number of such a decision. Decisions stand further down: whoever keeps them
    says so (settings.DECIDED_BY_THE_ASSEMBLY)."""
    if not document.strip():
        return False
    return bool(import_string(settings.DECIDED_BY_THE_ASSEMBLY)(cooperative, document, at))


def obstacles_to_consenting(*, to: str, by: Member, at: datetime.datetime) -> list[Reason]:
    if to not in To.values:
        return [Reason("consent-to-nothing")]
    if not offices_protected(by, at):
        return [Reason("needs-no-consent")]
    return [Reason("consented-already")] if consent_of(by, to, at) is not None else []
