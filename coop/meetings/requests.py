"""What members ask for: an assembly, an item, a meeting of their council. How many sign, and who has to answer."""

from __future__ import annotations

import datetime
import math

from django.db.models import Exists, OuterRef, Q, QuerySet

from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without, powers_of
from coop.refusals import Reason

from .models import AgendaItem, Meeting, Request, RequestSignature, Sitting
from .off_the_desk import auditor_calls

COLLECTS_AT_MOST = 90  # days: who has not found the signatures by then begins anew

Kind = Request.Kind
ASSEMBLIES = (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)
COUNCILS = (
    Body.Kind.DEPARTMENT_COUNCIL,
    Body.Kind.FACTORY_COUNCIL,
    Body.Kind.ADMINISTRATIVE_COUNCIL,
    Body.Kind.COORDINATORS,
)


def kinds_for(body: Body) -> list[Kind]:
    """What may be asked of a body."""
    if body.kind in ASSEMBLIES:
        return [Kind.ASSEMBLY, Kind.ITEM]
    return [Kind.COUNCIL, Kind.ITEM] if body.kind in COUNCILS else [Kind.ITEM]


def needed_for(kind: str, *, voters: int, bylaws: Bylaws) -> int:
    """Signatures: the share of the bylaws, rounded up. One member of a council is enough to have it meet."""
    if kind == Kind.COUNCIL:
        return 1
    percent = bylaws.extraordinary_request_percent if kind == Kind.ASSEMBLY else bylaws.item_request_percent
    return max(1, math.ceil(voters * percent / 100))


def days_to_answer(kind: str, bylaws: Bylaws) -> int | None:
    """Within so many days what was asked for is held; None for an item, which waits for the next agenda."""
    if kind == Kind.ASSEMBLY:
        return bylaws.extraordinary_within_days
    return bylaws.council_request_days if kind == Kind.COUNCIL else None


def not_held() -> QuerySet[Meeting]:
    """Meetings that gave back what stood on their agenda: cancelled, or ended without a sitting that found a quorum."""
    opened = Sitting.objects.filter(meeting=OuterRef("pk"), opened_at__isnull=False)
    return Meeting.objects.filter(
        Q(state=Meeting.State.CANCELLED) | Q(~Exists(opened), state=Meeting.State.CLOSED)
    )


def answered_by(request: Request) -> Meeting | None:
    """The meeting that takes it up, a draft too; one that was cancelled does not. An assembly that was demanded is
    answered by its notice; an item only by a meeting that began."""
    standing = Meeting.objects.exclude(state=Meeting.State.CANCELLED)
    items = AgendaItem.objects.filter(request=request).exclude(meeting__in=not_held())
    return (
        standing.filter(request=request).order_by("pk").first()
        or standing.filter(pk__in=items.values("meeting")).order_by("pk").first()
    )


def is_answered(request: Request) -> bool:
    """A notice has gone out for it."""
    meeting = answered_by(request)
    return meeting is not None and meeting.state != Meeting.State.DRAFT


def overdue(request: Request, day: datetime.date) -> bool:
    """Enough have signed, the days are over, and no notice has gone out."""
    due = request.due_on is not None and request.due_on < day
    return due and request.withdrawn_at is None and not is_answered(request)


def obstacles_to_asking(
    body: Body, kind: str, *, collects_until: datetime.date, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Who votes in a body may ask it to meet, or to take something up."""
    day = body.cooperative.day_of(at)
    if kind not in kinds_for(body):
        return [Reason("not-asked-of-this-body", {"body": body.name})]
    reasons = obstacles_to_voting(by, body, day, bylaws)
    if collects_until < day:
        reasons.append(Reason("collecting-day-over"))
    if collects_until > day + datetime.timedelta(days=COLLECTS_AT_MOST):
        reasons.append(Reason("collecting-too-long", {"days": COLLECTS_AT_MOST}))
    return reasons


def obstacles_to_signing(
    request: Request, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Once each, while signatures are collected; also when there are enough already."""
    day = request.body.cooperative.day_of(at)
    if request.withdrawn_at is not None:
        return [Reason("request-withdrawn")]
    if request.kind == Kind.OWED:
        return [Reason("request-needs-nobody")]
    if RequestSignature.objects.filter(request=request, member=by).exists():
        return [Reason("request-signed-already")]
    if day > request.collects_until:
        return [Reason("collecting-over", {"last": request.collects_until.isoformat()})]
    return obstacles_to_voting(by, request.body, day, bylaws)


def obstacles_to_withdrawing_request(request: Request, *, by: Member) -> list[Reason]:
    """Whoever began it, until enough have signed: from then on it is no longer theirs alone."""
    if request.withdrawn_at is not None:
        return [Reason("request-withdrawn")]
    if request.asked_by_id != by.pk:
        return [Reason("not-who-asked")]
    return [Reason("request-reached-already")] if request.reached_at is not None else []


def obstacles_to_using(request: Request, body: Body, *, at: datetime.datetime) -> list[Reason]:
    """It is of this body, enough have signed, and nobody has withdrawn it."""
    if request.body_id != body.pk or request.withdrawn_at is not None:
        return [Reason("no-request-waiting")]
    if request.reached_at is None or request.reached_at > at:
        return [Reason("request-not-reached")]
    return []


def obstacles_to_calling(
    body: Body, *, request: Request | None, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whose office calls the body. Where an assembly was demanded and nobody called it in time, the auditor may; and
    where the body that calls it has no majority left, or a recall is voted against one."""
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=body)
    if not reasons or by.cooperative_id != body.cooperative_id or not powers_of(by, at).has(Power.AUDIT):
        return reasons
    demanded = request is not None and request.kind == Kind.ASSEMBLY and request.body_id == body.pk
    if demanded and request is not None and overdue(request, body.cooperative.day_of(at)):
        return []
    return [] if auditor_calls(body, at) else reasons


def obstacles_to_calling_on_request(request: Request | None, body: Body, kind: str) -> list[Reason]:
    """A meeting names what it was asked for by: an assembly an extraordinary one, a council one of its own."""
    if request is None:
        return []
    wanted = {Kind.ASSEMBLY: Meeting.Kind.EXTRAORDINARY, Kind.COUNCIL: Meeting.Kind.COUNCIL}.get(
        Kind(request.kind)
    )
    if wanted is None or kind != wanted:
        return [Reason("request-wants-another-kind")]
    return [Reason("request-answered-already")] if answered_by(request) is not None else []


def obstacles_from_requests(meeting: Meeting) -> list[Reason]:
    """Items that enough members have asked for stand on the next agenda: no notice goes out without them."""
    left = waiting_for(meeting.body).filter(kind=Kind.ITEM)
    return [Reason("item-asked-for-missing", {"title": request.title}) for request in left.order_by("pk")]


def waiting_for(body: Body) -> QuerySet[Request]:
    """Items of a body that stand on no agenda yet: enough have signed them, or the rules owe them."""
    waiting = Request.objects.filter(
        body=body, kind__in=[Kind.ITEM, Kind.OWED], reached_at__isnull=False, withdrawn_at=None
    )
    taken = AgendaItem.objects.filter(request__isnull=False).exclude(meeting__in=not_held())
    return waiting.exclude(pk__in=taken.values("request"))
