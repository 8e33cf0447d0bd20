"""When the auditor calls the assembly, because the body that calls it is not there any more (practice 1D).

And until when whoever is named for a time stays. Reads, writes nothing.
"""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.elections.constituencies import assembly_of
from coop.elections.models import Challenge, Petition
from coop.elections.vacant import vacancies
from coop.members.models import Body, Mandate, OfficePower, Power
from coop.refusals import Reason

from .models import Meeting, Sitting

UNDER_WAY = (Petition.State.ADMITTED, Petition.State.VOTING)
DAY = datetime.timedelta(days=1)


def bodies_without_majority(body: Body, at: datetime.datetime) -> list[Body]:
    """The bodies whose offices call meetings of `body`, when the majority of each of them is empty or before a recall
    vote; none as long as one of them is whole."""
    calling = OfficePower.objects.filter(power=Power.CONVENE).filter(
        office__body__cooperative=body.cooperative_id
    )
    callers = {
        one.office.body_id: one.office.body
        for one in calling.select_related("office__body")
        if one.body_id in (None, body.pk)
    }
    empty = [one.seat.office.body_id for one in vacancies(body.cooperative, at) if one.stands_in is None]
    held = Mandate.objects.filter(
        Mandate.in_force(at), seat__office__body__in=callers, seat__alternate=False
    ).values_list("seat__office__body", "member", "pk")
    asked = set(
        Petition.objects.filter(cooperative=body.cooperative_id, state__in=UNDER_WAY).values_list(
            "mandate", flat=True
        )
    )
    for key in callers:
        people = {member for where, member, _mandate in held if where == key}
        before_a_vote = {member for where, member, mandate in held if where == key and mandate in asked}
        vacant = empty.count(key)
        if 2 * (vacant + len(before_a_vote)) <= len(people) + vacant:
            return []
    return sorted(callers.values(), key=lambda one: one.name)


def auditor_calls(body: Body, at: datetime.datetime) -> bool:
    """Whether the right to call this body has passed to the auditor: only that of an assembly does."""
    return body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS) and bool(bodies_without_majority(body, at))


def callers_gone(cooperative: Cooperative, at: datetime.datetime) -> list[Body]:
    """The bodies without a majority in whose place the auditor calls the general assembly now."""
    found = Body.objects.filter(cooperative=cooperative, kind=Body.Kind.ASSEMBLY)
    assembly = found.select_related("cooperative").first()
    return bodies_without_majority(assembly, at) if assembly is not None else []


def next_assembly(cooperative: Cooperative, at: datetime.datetime) -> Meeting | None:
    """The general assembly that comes next, convened or in preparation, and has an hour."""
    ahead = Sitting.objects.filter(
        meeting__body=assembly_of(cooperative),
        meeting__state__in=(Meeting.State.DRAFT, Meeting.State.CONVENED),
        starts_at__gt=at,
    )
    first = ahead.select_related("meeting").order_by("starts_at", "pk").first()
    return first.meeting if first else None


def named_until(meeting: Meeting) -> datetime.datetime:
    """The end of the day of its last sitting."""
    last = meeting.sittings.order_by("-starts_at")[0]
    day = meeting.cooperative.day_of(last.starts_at)
    return datetime.datetime.combine(day + DAY, datetime.time(), meeting.cooperative.zone)


def obstacles_in_decision(challenge: Challenge, decision: Decision) -> list[Reason]:
    """Of the assembly, settled, and since the appeal was made."""
    settled = decision.outcome in (Decision.Outcome.CARRIED, Decision.Outcome.NOT_CARRIED)
    since = challenge.appealed_at
    of_the_assembly = decision.body_id == assembly_of(challenge.election.cooperative).pk
    if not of_the_assembly or not settled or since is None:
        return [Reason("decision-does-not-settle")]
    if decision.decided_at is None or decision.decided_at < since:
        return [Reason("decision-does-not-settle")]
    return []
