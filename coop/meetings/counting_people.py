"""People are counted: at every vote, and when somebody asks for it. What the bylaws make of it (practice 1D)."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.members.models import Member
from coop.refusals import Reason

from .models import Attendance, Meeting, ProceduralMotion, QuorumCount, Sitting
from .quorum import first_call
from .rules.sittings import present_at, second_call_of


def needed_in(sitting: Sitting) -> int:
    """How many the call asks for on which this sitting was opened."""
    meeting = sitting.meeting
    register = meeting.register.people if meeting.register else 0
    if sitting.opened_on_call == 2:
        return second_call_of(meeting).needed(register)
    return first_call(register, meeting.quorum_fraction)


def count_now(sitting: Sitting) -> tuple[int, int, int]:
    """Present, needed, and on which call."""
    return present_at(sitting), needed_in(sitting), sitting.opened_on_call or 1


def quorum_lost(sitting: Sitting) -> QuorumCount | None:
    """The last count of this sitting that somebody asked for, if it found too few people."""
    last = (
        QuorumCount.objects.filter(sitting=sitting, asked_by__isnull=False)
        .order_by("-counted_at", "-pk")
        .first()
    )
    return last if last is not None and not last.reached else None


def obstacles_from_lost_quorum(sitting: Sitting, bylaws: Bylaws) -> list[Reason]:
    """Where the bylaws say so, votes wait from a count that found too few until one that finds enough."""
    lost = quorum_lost(sitting) if bylaws.quorum_recount_on_demand else None
    if lost is None or present_at(sitting) >= lost.needed:
        return []
    return [Reason("quorum-lost", {"present": present_at(sitting), "needed": lost.needed})]


def count_owed(sitting: Sitting) -> ProceduralMotion | None:
    """The motion to count those present that was carried, while nobody has counted since."""
    motions = ProceduralMotion.objects.filter(
        sitting=sitting, kind=ProceduralMotion.Kind.COUNT, outcome=ProceduralMotion.Outcome.CARRIED
    )
    carried = motions.select_related("moved_by").last()
    if carried is None:
        return None
    counted = QuorumCount.objects.filter(sitting=sitting, asked_by__isnull=False)
    return None if counted.filter(counted_at__gte=carried.decided_at).exists() else carried


def obstacles_from_count_owed(sitting: Sitting) -> list[Reason]:
    """What the hall has decided is done before anything is voted."""
    return [Reason("count-comes-first")] if count_owed(sitting) is not None else []


def obstacles_to_counting_people(
    sitting: Sitting, *, asked_by: Member, leading: list[Reason], by: Member, at: datetime.datetime
) -> list[Reason]:
    """Anybody in the hall with a vote asks; they press it themselves, or whoever leads does it for them."""
    reasons = [] if asked_by.pk == by.pk else list(leading)
    if sitting.meeting.state != Meeting.State.IN_SESSION or not sitting.is_open:
        return [*reasons, Reason("no-open-sitting")]
    here = Attendance.objects.filter(meeting=sitting.meeting, member=asked_by, votes=True, left_at=None)
    if not here.exists():
        reasons.append(Reason("not-in-the-hall"))
    return reasons
