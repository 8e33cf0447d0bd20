"""Kin of office-holders do not audit, nor hold an office while their kin audits (practice C08; INAES, art. 69).

No writes. To which degree the bylaws say; zero means that kinship is no bar.
"""

from __future__ import annotations

import datetime

from django.db.models import Q

from coop.charter.models import Bylaws
from coop.members.models import Body, Mandate, Member, Office
from coop.refusals import Reason

from ..models import Kinship
from ..models.kinship import FARTHEST


def kin_of(member: Member, degree: int) -> dict[int, int]:
    """Id of each of their kin to that degree, with the degree."""
    said = Kinship.objects.filter(Q(first=member) | Q(second=member), taken_back_at=None, degree__lte=degree)
    return {
        second if first == member.pk else first: near
        for first, second, near in said.values_list("first", "second", "degree")
    }


def obstacles_in_kinship(
    member: Member, office: Office, *, begins: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Who audits is not kin of who holds any other office; asked in both directions, of who holds one that day."""
    kin = kin_of(member, bylaws.kinship_degree) if bylaws.kinship_degree else {}
    if not kin:
        return []
    held = Mandate.objects.filter(Mandate.in_force(begins), member__in=kin, seat__alternate=False)
    audits = Q(seat__office__body__kind=Body.Kind.OVERSIGHT)
    held = held.exclude(audits) if office.body.kind == Body.Kind.OVERSIGHT else held.filter(audits)
    held = held.exclude(seat__office__body__kind=Body.Kind.WORKING_TABLE)
    return [
        Reason(
            "kin-and-audit",
            {"name": one.member.name, "office": one.seat.office.title, "degree": kin[one.member_id]},
        )
        for one in held.select_related("member", "seat__office").order_by("pk")
    ]


def obstacles_to_declaring_kin(relative: Member, degree: int, *, by: Member) -> list[Reason]:
    """Of oneself, of another member of the house, once."""
    found = []
    if relative.cooperative_id != by.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": relative.name}))
    if relative.pk == by.pk:
        found.append(Reason("kin-of-oneself"))
    if not 1 <= degree <= FARTHEST:
        found.append(Reason("no-such-degree", {"farthest": FARTHEST}))
    if relative.pk in kin_of(by, FARTHEST):
        found.append(Reason("kin-declared-already", {"name": relative.name}))
    return found


def obstacles_to_taking_kin_back(kinship: Kinship, *, by: Member) -> list[Reason]:
    """By either of the two."""
    found = [] if by.pk in (kinship.first_id, kinship.second_id) else [Reason("not-your-kin")]
    return found if kinship.taken_back_at is None else [*found, Reason("kin-taken-back")]
