"""What stands in the way of keeping what is typed, and of the phrases that minutes are written with."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.members.models import Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from .models import AgendaItem, Minutes, Phrase
from .rules.leading import obstacles_to_recording_minutes


def obstacles_to_keeping_typed(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Who writes the minutes, until they are circulated. Whether the text may be saved is asked when it is."""
    reasons = obstacles_to_recording_minutes(item.meeting, by=by, at=at)
    if Minutes.objects.filter(meeting=item.meeting).exists():
        reasons.append(Reason("minutes-closed"))
    return reasons


def obstacles_to_adding_phrase(
    cooperative: Cooperative, title: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever writes minutes of any body."""
    reasons = obstacles_without(Power.RECORD_MINUTES, by=by, at=at)
    if Phrase.objects.filter(cooperative=cooperative, title=title, retired_at=None).exists():
        reasons.append(Reason("phrase-there-already"))
    return reasons


def obstacles_to_retiring_phrase(phrase: Phrase, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_without(Power.RECORD_MINUTES, by=by, at=at)
    if phrase.retired_at is not None:
        reasons.append(Reason("phrase-retired-already"))
    return reasons
