"""Proof that the notice went out in time: to every crew, or it is void for all (practice 1D)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from coop.members.models import Crew, Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from .models import Meeting, NoticeGiven

# The channels by which a crew learns of a meeting; the authority is told for its own sake.
REACHING = tuple(one for one in NoticeGiven.Channel if one != NoticeGiven.Channel.AUTHORITY)
ENTERING = (Power.CONVENE, Power.RECORD_MINUTES)


@dataclass(frozen=True)
class Told:
    """What is known of one crew: the day on which it was first told, and whether that was in time."""

    crew: Crew
    day: datetime.date | None
    in_time: bool


def told_by_crew(
    crews: Iterable[Crew], given: Iterable[NoticeGiven], *, last: datetime.date | None, zone: datetime.tzinfo
) -> list[Told]:
    """For each crew its first proof; one without a crew is for everybody. `last`: the last lawful day, or none."""
    reaching = [one for one in given if one.channel in REACHING]
    found = []
    for crew in crews:
        days = [one.given_at.astimezone(zone).date() for one in reaching if one.crew_id in (None, crew.pk)]
        first = min(days, default=None)
        found.append(Told(crew, first, first is not None and (last is None or first <= last)))
    return found


def obstacles_to_entering_notice(
    meeting: Meeting, *, crew: Crew | None, given_at: datetime.datetime, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who calls or records the body writes down what has happened, from the notice on."""
    if meeting.convened_at is None:
        return [Reason("notice-not-out")]
    reasons = []
    if not powers_of(by, at).any_of(ENTERING, meeting.body):
        reasons.append(Reason("no-mandate", {"power": Power.CONVENE.value, "body": meeting.body.name}))
    if crew is not None and crew.cooperative_id != meeting.cooperative_id:
        reasons.append(Reason("crew-not-of-this-house"))
    if given_at < meeting.convened_at.replace(second=0, microsecond=0):
        reasons.append(Reason("given-before-the-notice", {"hour": meeting.convened_at.isoformat()}))
    if given_at > at:
        reasons.append(Reason("still-to-come"))
    return reasons
