"""What somebody in office says yes to, and that the yes was used. The journal does not tell to what."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.refusals import refuse_if

from ..models import Consent, Member
from ..rules.protection import consent_of, obstacles_to_consenting
from .people import subject_of


@transaction.atomic
def give_consent(*, to: str, by: Member, at: datetime.datetime) -> Consent:
    """By the person alone, on their own pages: then the register office can write what they ask for."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    refuse_if(obstacles_to_consenting(to=to, by=member, at=at))
    given = Consent.objects.create(member=member, to=to, given_at=at)
    write(by.cooperative.chain, verb="consent-given", subject=subject_of(by), by=by.actor, at=at)
    return given


@transaction.atomic
def use_consent(*, member: Member, to: str, by: Member, at: datetime.datetime) -> None:
    """With the entry that was asked for, while the member is held. Whoever needs no consent has given none."""
    given = consent_of(member, to, at)
    if given is not None:
        Consent.objects.filter(pk=given.pk).update(used_at=at)
