"""What happens on the floor besides voting: signers are chosen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Meeting, Signer
from ..rules.minutes import obstacles_to_naming_signers
from .locks import locked, subject_of


@transaction.atomic
def name_signers(*, meeting: Meeting, members: Sequence[Member], by: Member, at: datetime.datetime) -> None:
    """Writes down the two members the assembly chose to sign the minutes."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_naming_signers(meeting, members, by=by, at=at))
    Signer.objects.bulk_create(Signer(meeting=meeting, member=member, chosen_at=at) for member in members)
    write(
        meeting.cooperative.chain,
        verb="signers-named",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"members": [member.number for member in members]},
    )
