"""What stands in the way of preparing, convening and cancelling a meeting, and which notice it takes."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.members.models import Body, Member
from coop.refusals import Reason

from ..calendar import last_notice_day
from ..models import Meeting, Request
from ..quorum import WHOEVER_COMES
from ..requests import obstacles_from_requests, obstacles_to_calling

State = Meeting.State
COUNCILS = (
    Body.Kind.DEPARTMENT_COUNCIL,
    Body.Kind.FACTORY_COUNCIL,
    Body.Kind.ADMINISTRATIVE_COUNCIL,
    Body.Kind.COORDINATORS,
)


def notice_days(meeting: Meeting, bylaws: Bylaws) -> int:
    """Days of notice the bylaws ask for this kind of meeting."""
    kind = Meeting.Kind.COUNCIL if meeting.kind == Meeting.Kind.COMMISSION else meeting.kind
    days: int = getattr(bylaws, f"notice_{kind}_days")
    return days


def last_day_for_notice(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """The last lawful day for the notice, counted back from the first sitting; None while there is no sitting."""
    first = meeting.sittings.order_by("starts_at").first()
    if first is None:
        return None
    return last_notice_day(
        meeting.cooperative.day_of(first.starts_at),
        notice_days=notice_days(meeting, bylaws),
        ends_counted=bylaws.notice_counts_ends,
    )


def obstacles_to_preparing(
    body: Body, *, by: Member, at: datetime.datetime, request: Request | None = None
) -> list[Reason]:
    """`request`: what members asked for; where nobody answered it in time, the auditor may call in their place."""
    return obstacles_to_calling(body, request=request, by=by, at=at)


def is_assembly(body: Body) -> bool:
    return body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)


def kinds_of(body: Body) -> frozenset[str]:
    """The kinds of meeting a body holds."""
    kinds = Meeting.Kind
    if is_assembly(body):
        return frozenset({kinds.ORDINARY, kinds.EXTRAORDINARY})
    if body.kind == Body.Kind.PRODUCTION_MEETING:
        return frozenset({kinds.PRODUCTION})
    if body.kind in COUNCILS:
        return frozenset({kinds.COUNCIL, kinds.PRODUCTION})
    return frozenset({kinds.COMMISSION, kinds.COMMUNITY})


def obstacles_in_kind(body: Body, kind: str) -> list[Reason]:
    """An assembly meets as an assembly: called a council it would get by with a council's few days of notice."""
    return [] if kind in kinds_of(body) else [Reason("kind-not-of-this-body", {"body": body.name})]


def quorum_share(body: Body, bylaws: Bylaws) -> str:
    """Of the register, on first call. A production meeting is held with whoever comes off the line."""
    if is_assembly(body):
        return bylaws.quorum_first
    return WHOEVER_COMES if body.kind == Body.Kind.PRODUCTION_MEETING else bylaws.quorum_council


def obstacles_to_changing_agenda(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The agenda closes with the notice: nothing off it may be decided (practice C02)."""
    if meeting.state != State.DRAFT:
        return [Reason("agenda-closed", {"state": meeting.state})]
    return obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)


def obstacles_to_convening(
    meeting: Meeting, *, by: Member, at: datetime.datetime, bylaws: Bylaws, universal: bool = False
) -> list[Reason]:
    """In time, with an hour and something to decide, by somebody whose office may call this body.

    `universal`: too late, but nobody is passed over: it opens only when everybody on the register is there (Spain, Ley
    27/1999 art. 23.5). All of them sit in one room, so it has one sitting.
    """
    if meeting.state != State.DRAFT:
        return [Reason("meeting-not-draft", {"state": meeting.state})]
    reasons = obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)
    hours = list(meeting.sittings.order_by("starts_at").values_list("starts_at", flat=True))
    if not hours:
        reasons.append(Reason("meeting-without-sitting"))
    elif hours[0] <= at and universal:
        reasons.append(Reason("sitting-in-the-past"))
    elif universal and len(hours) > 1:
        reasons.append(Reason("universal-in-one-sitting"))
    elif not universal:
        reasons += obstacles_in_time(meeting, at=at, bylaws=bylaws)
    if not meeting.items.exists():
        reasons.append(Reason("agenda-empty"))
    return reasons + obstacles_from_requests(meeting)


def obstacles_in_time(meeting: Meeting, *, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """The last lawful day for the notice is over."""
    last = last_day_for_notice(meeting, bylaws)
    if last is None or meeting.cooperative.day_of(at) <= last:
        return []
    return [Reason("notice-too-late", {"last": last.isoformat(), "days": notice_days(meeting, bylaws)})]


def obstacles_to_cancelling(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if meeting.state not in (State.DRAFT, State.CONVENED):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    return obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)


def obstacles_in_cancelling(meeting: Meeting, because: str) -> list[Reason]:
    """Whoever was called reads why they need not come; a draft was nobody's news."""
    silent = meeting.state == State.CONVENED and not because.strip()
    return [Reason("cancelled-without-reason")] if silent else []
