"""Who leads a meeting, chairs it and writes its record: by office, or named for the day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.models import Member, Power
from coop.members.powers import Powers, powers_of
from coop.refusals import Reason

from ..asked import NAMED
from ..models import Meeting

LEADING = (Power.CHAIR, Power.RECORD_MINUTES)


def obstacles_to_leading(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Opening, attendance at the table, votes and closing belong to whoever chairs or records this body, or was named
    to for one of its sittings."""
    if may_lead(meeting, by, powers_of(by, at)):
        return []
    return [Reason("no-mandate", {"power": Power.RECORD_MINUTES.value, "body": meeting.body.name})]


def may_lead(meeting: Meeting, who: Member, powers: Powers) -> bool:
    """`powers`: all that `who` holds at that moment."""
    return powers.any_of(LEADING, meeting.body) or named_for_the_day(meeting, LEADING, who)


def obstacles_to_chairing(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """What only the chair does: the chair of the body, or whoever was named to chair a sitting of this meeting."""
    if powers_of(by, at).has(Power.CHAIR, meeting.body) or named_for_the_day(meeting, [Power.CHAIR], by):
        return []
    return [Reason("no-mandate", {"power": Power.CHAIR.value, "body": meeting.body.name})]


def obstacles_to_recording_minutes(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The secretary of the body writes the record; one named for a sitting too, also when the meeting is over."""
    if may_record(meeting, by, powers_of(by, at)):
        return []
    return [Reason("no-mandate", {"power": Power.RECORD_MINUTES.value, "body": meeting.body.name})]


def may_record(meeting: Meeting, who: Member, powers: Powers) -> bool:
    """`powers`: all that `who` holds at that moment."""
    record = Power.RECORD_MINUTES
    return powers.has(record, meeting.body) or named_for_the_day(meeting, [record], who)


def named_for_the_day(meeting: Meeting, powers: Sequence[Power], who: Member) -> bool:
    """Whether those present named `who` to chair or record a sitting of this meeting, and the office has not ended."""
    named = NAMED.all(meeting=meeting.pk, member=who.pk)
    return not set(powers).isdisjoint(named)
