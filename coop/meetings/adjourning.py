"""Cuarto intermedio: a sitting ends to go on another day, within the days of the bylaws counted from the first."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.refusals import Reason

from .course import call_under_way
from .models import Meeting, ProceduralMotion, Sitting
from .resting import has_voted, obstacles_in_parts, running_votes, still_to_vote


def last_day_of(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """The last day on which an adjourned meeting may go on; None while it has no sitting."""
    first = min((one.starts_at for one in meeting.sittings.all()), default=None)
    if first is None:
        return None
    return meeting.cooperative.day_of(first) + datetime.timedelta(days=bylaws.adjournment_days)


def adjournment_owed(sitting: Sitting) -> ProceduralMotion | None:
    """The motion to adjourn that was carried on the item under way. Calling another item shows that it was dropped."""
    call = call_under_way(sitting)
    motions = ProceduralMotion.objects.filter(
        sitting=sitting, kind=ProceduralMotion.Kind.ADJOURN, outcome=ProceduralMotion.Outcome.CARRIED
    )
    if call is not None:
        motions = motions.filter(decided_at__gte=call.called_at)
    return motions.select_related("moved_by").last()


def obstacles_to_adjourning(
    sitting: Sitting,
    *,
    starts_at: datetime.datetime,
    because: str,
    leading: list[Reason],
    bylaws: Bylaws,
    at: datetime.datetime,
) -> list[Reason]:
    meeting, reasons = sitting.meeting, list(leading)
    if meeting.state != Meeting.State.IN_SESSION or not sitting.is_open:
        return [*reasons, Reason("no-open-sitting")]
    if not because.strip():
        reasons.append(Reason("no-reason-given"))
    if starts_at <= at:
        reasons.append(Reason("sitting-in-the-past"))
    last = last_day_of(meeting, bylaws)
    if bylaws.adjournment_days == 0:
        reasons.append(Reason("no-adjournment"))
    elif last is not None and starts_at > at and meeting.cooperative.day_of(starts_at) > last:
        days = {"last": last.isoformat(), "days": bylaws.adjournment_days}
        reasons.append(Reason("adjourned-too-long", days))
    return reasons + obstacles_in_votes(sitting)


def obstacles_in_votes(sitting: Sitting) -> list[Reason]:
    """A vote that has begun in this sitting is brought to its end here; one on which nobody has voted may wait."""
    meeting = sitting.meeting
    sittings = list(meeting.sittings.all())
    reasons = []
    for item in running_votes(meeting):
        assert item.decision is not None
        ballot = item.decision.ballot
        if has_voted(ballot, sitting, sittings):
            continue
        if not ballot.parts_over and not still_to_vote(ballot, meeting, besides=sitting):
            reasons.append(Reason("vote-under-way-on", {"item": item.place}))
    return reasons or obstacles_in_parts(sitting)
