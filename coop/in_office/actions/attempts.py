"""The case file of an attempt: kept after the register has refused, in a transaction of its own (practice C09)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.members.rules.protection import offices_protected
from coop.refusals import Reason, refuse_if

from ..models import Attempt
from ..rules.attempts import obstacles_to_keeping_attempt


@transaction.atomic
def keep_attempt(
    *,
    member: Member,
    what: str,
    words: str,
    refused: Sequence[Reason],
    by: Member,
    at: datetime.datetime,
) -> Attempt:
    """Who tried what, when, with which words, and why it was refused. The journal says that there is a file, and no
    more of it."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    refuse_if(obstacles_to_keeping_attempt(member, refused, at=at))
    year = cooperative.day_of(at).year
    last = Attempt.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))
    kept = Attempt.objects.create(
        cooperative=cooperative,
        year=year,
        number=1 + (last["last"] or 0),
        member=member,
        office=str(offices_protected(member, at)[0].seat.office.title)[:200],
        what=what,
        words=words.strip()[:2000],
        refused=[[reason.code, dict(reason.params)] for reason in refused],
        tried_by=by,
        tried_at=at,
    )
    write(
        by.cooperative.chain,
        verb="case-file-opened",
        subject=Subject("case-file", str(kept.pk), kept.label),
        by=by.actor,
        at=at,
        facts={},
    )
    return kept
