"""Who may decide what cannot wait, and when a meeting has dealt with it (practice C26). No writes, no clock."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Body, Deputy, Mandate, Member, Office, OfficePower, Power
from coop.members.powers import obstacles_without, powers_of
from coop.refusals import Reason

from ..models import UrgentDecision

State = UrgentDecision.State


def ways(by: Member, at: datetime.datetime) -> list[tuple[Office, Body]]:
    """In which office this person may decide for which body now, as its deputy too. What an office may decide without
    a named body comes before the general assembly."""
    if not powers_of(by, at).has(Power.DECIDE_URGENT):
        return []
    held = Mandate.objects.filter(Mandate.in_force(at), seat__alternate=False)
    stands_in = Deputy.objects.filter(Deputy.in_force(at), Mandate.in_force(at, "through__"))
    away = stands_in.values("mandate")
    mine = held.filter(
        Q(member=by) & ~Q(pk__in=away) | Q(pk__in=stands_in.filter(through__member=by).values("mandate"))
    )
    rows = OfficePower.objects.filter(power=Power.DECIDE_URGENT, office__in=mine.values("seat__office"))
    assembly = Body.objects.filter(cooperative=by.cooperative_id, kind=Body.Kind.ASSEMBLY).first()
    found = []
    for row in rows.select_related("office__body", "body").order_by("office__title", "pk"):
        body = row.body or assembly
        if body is not None:
            found.append((row.office, body))
    return found


def obstacles_to_deciding_urgently(
    office: Office, body: Body, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever holds an office to which the founding act or a decision has given this, for that body."""
    reasons = obstacles_without(Power.DECIDE_URGENT, by=by, at=at, body=body)
    if not reasons and (office.pk, body.pk) not in {(one.pk, where.pk) for one, where in ways(by, at)}:
        return [Reason("not-in-that-office", {"office": office.title})]
    return reasons


def dealing_with(urgent: UrgentDecision) -> QuerySet[Meeting]:
    """Meetings that had it on their agenda and have begun: one of them says what becomes of it."""
    items = (
        AgendaItem.objects.filter(request=urgent.request_id)
        if urgent.request_id
        else AgendaItem.objects.none()
    )
    begun = Meeting.objects.filter(
        state__in=[Meeting.State.IN_SESSION, Meeting.State.CLOSED], sittings__opened_at__isnull=False
    )
    return begun.filter(pk__in=items.values("meeting")).distinct().order_by("-pk")


def decisions_on(urgent: UrgentDecision) -> QuerySet[Decision]:
    """What the body has decided since: one of these may be what the meeting made of it."""
    found = Decision.objects.filter(
        body=urgent.body_id, number__isnull=False, decided_at__gte=urgent.decided_at
    )
    return found.order_by("-decided_at", "-pk")


def overdue(urgent: UrgentDecision, day: datetime.date) -> bool:
    return urgent.state == State.WAITING and urgent.due_on < day


def obstacles_to_settling(
    urgent: UrgentDecision, *, decision: Decision | None = None, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who records the body writes down what it said, once it has met over it; never who took the decision."""
    if urgent.state != State.WAITING:
        return [Reason("urgent-settled-already")]
    reasons = obstacles_without(Power.RECORD_MINUTES, by=by, at=at, body=urgent.body)
    if by.pk == urgent.decided_by_id:
        reasons.append(Reason("urgent-by-yourself"))
    if not dealing_with(urgent).exists():
        reasons.append(Reason("not-before-the-meeting-yet", {"body": urgent.body.name}))
    if decision is not None and not decisions_on(urgent).filter(pk=decision.pk).exists():
        reasons.append(Reason("decision-of-another-matter", {"body": urgent.body.name}))
    return reasons
