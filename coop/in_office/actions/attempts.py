"""The case file of an attempt: kept after the register has refused, in a transaction of its own (practice C09)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.intake.models import Intake, IntakeRow
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.members.rules.protection import offices_protected
from coop.refusals import Reason, refuse_if

from ..by_lists import tried_by_list
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
    tried_at: datetime.datetime | None = None,
) -> Attempt:
    """Who tried what, when, with which words, and why it was refused. The journal says that there is a file, and no
    more of it. `tried_at`: where it was tried before it is written down."""
    tried_at = tried_at or at
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    refuse_if(obstacles_to_keeping_attempt(member, refused, at=tried_at))
    year = cooperative.day_of(tried_at).year
    last = Attempt.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))
    kept = Attempt.objects.create(
        cooperative=cooperative,
        year=year,
        number=1 + (last["last"] or 0),
        member=member,
        office=str(offices_protected(member, tried_at)[0].seat.office.title)[:200],
        what=what,
        words=words.strip()[:2000],
        refused=[[reason.code, dict(reason.params)] for reason in refused],
        tried_by=by,
        tried_at=tried_at,
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


@transaction.atomic
def keep_attempt_of_list(*, row: IntakeRow, at: datetime.datetime) -> None:
    """A line of a list that came to nothing because it was about somebody in office: by whoever confirmed the list, or
    took it back. Kept once, however often it is looked for."""
    intake = Intake.objects.select_related("confirmed_by__cooperative", "undone_by__cooperative").get(
        pk=row.intake_id
    )
    list(Cooperative.objects.select_for_update(no_key=True).filter(pk=intake.cooperative_id))
    found = tried_by_list(row, intake)
    if found is None:
        return
    keep_attempt(
        member=found.member,
        what=found.what,
        words=found.words,
        refused=found.refused,
        by=found.by,
        at=at,
        tried_at=found.at,
    )
