"""The register on which the people of one box vote again: the lines of the first one, as they were (practice C08)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from coop.journal.actions import write
from coop.journal.models import Actor, Subject

from ..lines import Line, hash_of
from ..models import Register, RegisterEntry, RollEntry, Urn
from .registers import make_final


@transaction.atomic
def draw_register_of_box(*, box: Urn, by: Actor, at: datetime.datetime) -> Register:
    """Whoever was given paper for this box, or for one that was mixed into it; and where it stands for a crew, whoever
    of that crew has voted nowhere. Names and places are those of the first register, which is final: so is this."""
    ballot = box.ballot
    marked = Q(urn__in=Urn.objects.filter(Q(pk=box.pk) | Q(mixed_into=box)))
    roll = RollEntry.objects.filter(ballot=ballot)
    first = ballot.register.lines()
    own = Q(member__in=roll.filter(marked).values("member"))
    if box.crew:
        own |= Q(crew=box.crew, member__in=roll.filter(channel=None).values("member"))
    found = first.filter(own).order_by("number")
    lines = [Line(*line) for line in found.values_list("member_id", "number", "name", "department", "crew")]
    register = Register.objects.create(
        cooperative=ballot.cooperative,
        body=ballot.body,
        closes_on=ballot.register.closes_on,
        drawn_at=at,
        size=len(lines),
        hash=hash_of(lines),
        claims_until=at,
    )
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            register=register,
            member_id=line.member,
            number=line.number,
            name=line.name,
            department=line.department,
            crew=line.crew,
        )
        for line in lines
    )
    write(
        ballot.cooperative.chain,
        verb="register-of-box-drawn",
        subject=Subject("register", str(register.pk), str(register)),
        by=by,
        at=at,
        facts={"box": box.name, "size": register.size, "hash": register.hash},
    )
    return make_final(register=register, by=by, at=at)
