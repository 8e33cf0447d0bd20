"""What is read by the power to audit is written down. The table itself is the record: the journal tells of acts."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Reading
from ..rules.findings import obstacles_to_auditing


@transaction.atomic
def note_reading(*, what: str, key: str = "", label: str = "", by: Member, at: datetime.datetime) -> None:
    """One row for each page, thing and hour; again in the same hour it changes nothing, and two at once are one."""
    refuse_if(obstacles_to_auditing(by=by, at=at))
    hour = at.replace(minute=0, second=0, microsecond=0)
    row = Reading(
        cooperative_id=by.cooperative_id, reader=by, what=what, key=key, label=label[:200], hour=hour
    )
    Reading.objects.bulk_create([row], ignore_conflicts=True)
