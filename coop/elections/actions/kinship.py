"""Who is kin of whom is said by one of the two, and taken back by either. The journal does not tell whose kin."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.actions.people import subject_of
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Kinship
from ..rules.kinship import obstacles_to_declaring_kin, obstacles_to_taking_kin_back


@transaction.atomic
def declare_kin(*, relative: Member, degree: int, by: Member, at: datetime.datetime) -> Kinship:
    """Both are held in the order of their ids: said by both at once, it is said once."""
    pair = sorted((relative.pk, by.pk))
    list(Member.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pair).order_by("pk"))
    refuse_if(obstacles_to_declaring_kin(relative, degree, by=by))
    made = Kinship.objects.create(first_id=pair[0], second_id=pair[1], degree=degree, said_by=by, said_at=at)
    write(by.cooperative.chain, verb="kin-declared", subject=subject_of(by), by=by.actor, at=at)
    return made


@transaction.atomic
def take_kin_back(*, kinship: Kinship, by: Member, at: datetime.datetime) -> Kinship:
    kinship = Kinship.objects.select_for_update(of=("self",), no_key=True).get(pk=kinship.pk)
    refuse_if(obstacles_to_taking_kin_back(kinship, by=by))
    kinship.taken_back_by, kinship.taken_back_at = by, at
    kinship.save(update_fields=["taken_back_by", "taken_back_at"])
    write(by.cooperative.chain, verb="kin-taken-back", subject=subject_of(by), by=by.actor, at=at)
    return kinship
