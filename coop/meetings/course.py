"""The course of a sitting: which item is under way, when it rests, and what of its results the hall was told."""

from __future__ import annotations

import datetime

from coop.asked_often import Often, given
from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.members.models import Member
from coop.refusals import Reason

from .models import AgendaItem, Announcement, ItemCall, Meeting, Pause, Sitting
from .rules.leading import obstacles_to_leading

LONGEST_PAUSE = datetime.timedelta(hours=12)  # longer is an adjournment, with a day and a notice


def sitting_under_way(meeting: Meeting) -> Sitting | None:
    """The sitting that is open; of several the latest opened. No query where sittings are prefetched."""
    opened = [one for one in meeting.sittings.all() if one.is_open]
    sitting = max(opened, key=lambda one: (one.opened_at, one.number), default=None)
    if sitting is not None:
        sitting.meeting = meeting
    return sitting


def call_under_way(sitting: Sitting) -> ItemCall | None:
    """The item the chair has called in an open sitting."""
    if not sitting.is_open:
        return None
    return ItemCall.objects.select_related("item").filter(sitting=sitting, ended_at=None).first()


def pause_of(sitting: Sitting) -> Pause | None:
    return Pause.objects.filter(sitting=sitting, until=None).first() if sitting.is_open else None


def obstacles_in_session(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever leads acts in a sitting that is open."""
    reasons = obstacles_to_leading(sitting.meeting, by=by, at=at)
    if not sitting.is_open:
        reasons.append(Reason("no-open-sitting"))
    return reasons


def obstacles_at_rest(sitting: Sitting) -> list[Reason]:
    return [Reason("sitting-rests")] if pause_of(sitting) is not None else []


def obstacles_to_calling(
    item: AgendaItem, *, sitting: Sitting, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Another item than the one under way, and no vote left open behind it."""
    reasons = obstacles_in_session(sitting, by=by, at=at) + obstacles_at_rest(sitting)
    under_way = call_under_way(sitting)
    if under_way is not None and under_way.item_id == item.pk:
        reasons.append(Reason("item-called-already", {"item": item.place}))
    return reasons + (_vote_left_open(under_way.item, sitting) if under_way is not None else [])


def obstacles_to_leaving_item(
    item: AgendaItem, *, sitting: Sitting, by: Member, at: datetime.datetime
) -> list[Reason]:
    """It is under way, and its vote is not open; over several sittings a vote stays open between them."""
    reasons = obstacles_in_session(sitting, by=by, at=at)
    under_way = call_under_way(sitting)
    if under_way is None or under_way.item_id != item.pk:
        reasons.append(Reason("item-not-under-way", {"item": item.place}))
    return reasons + _vote_left_open(item, sitting)


def _vote_left_open(item: AgendaItem, sitting: Sitting) -> list[Reason]:
    if any(other.pk != sitting.pk and other.closed_at is None for other in sitting.meeting.sittings.all()):
        return []
    running = AgendaItem.objects.filter(pk=item.pk, decision__ballot__state=Ballot.State.OPEN)
    return [Reason("vote-under-way-on", {"item": item.place})] if running.exists() else []


# --- Pauses -----------------------------------------------------------------------------------------------------------


def obstacles_to_pausing(
    sitting: Sitting, *, goes_on_at: datetime.datetime | None, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_in_session(sitting, by=by, at=at) + obstacles_at_rest(sitting)
    if goes_on_at is not None and not at < goes_on_at <= at + LONGEST_PAUSE:
        hours = int(LONGEST_PAUSE.total_seconds() // 3600)
        reasons.append(Reason("pause-of-hours", {"hours": hours}))
    return reasons


def obstacles_to_going_on(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_in_session(sitting, by=by, at=at)
    if pause_of(sitting) is None:
        reasons.append(Reason("sitting-does-not-rest"))
    return reasons


# --- Results ----------------------------------------------------------------------------------------------------------


def obstacles_to_announcing(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """It is counted, the hall has not been told, and nobody can still vote in another sitting."""
    reasons = obstacles_to_leading(item.meeting, by=by, at=at)
    if item.meeting.state != Meeting.State.IN_SESSION:
        reasons.append(Reason("no-open-sitting"))
    if item.decision is None or item.decision.outcome in (Decision.Outcome.PENDING, Decision.Outcome.VOID):
        return [*reasons, Reason("nothing-to-announce")]
    if Announcement.objects.filter(decision=item.decision).exists():
        reasons.append(Reason("announced-already"))
    to_come = [one for one in item.meeting.sittings.all() if one.opened_at is None and one.closed_at is None]
    if to_come:
        reasons.append(Reason("not-before-the-last-sitting", {"sitting": to_come[-1].number}))
    return reasons


TOLD = Often(
    lambda: Announcement.objects.filter(item__meeting_id=given("meeting")).values_list(
        "decision", "announced_at"
    ),
    told=True,
)


def announced(meeting: Meeting) -> dict[int, datetime.datetime]:
    """Decision -> when the hall was told. One query."""
    return dict(TOLD.all(meeting=meeting.pk))
