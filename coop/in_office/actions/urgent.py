"""What could not wait: decided, told at once, put on the next agenda, and settled by the meeting."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.journal.models import CLOCK, Subject
from coop.letters import legible, one_line
from coop.meetings import actions as meetings
from coop.meetings.actions.locks import locked as locked_meeting
from coop.meetings.models import Meeting
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Body, Member, Office
from coop.refusals import refuse_if

from ..models import UrgentDecision
from ..rules.urgent import dealing_with, obstacles_to_deciding_urgently, obstacles_to_settling


def subject_of(urgent: UrgentDecision) -> Subject:
    return Subject("urgent", str(urgent.pk), str(urgent))


@transaction.atomic
def decide_urgently(
    *,
    office: Office,
    body: Body,
    title: str,
    text: str,
    because: str,
    cost: str,
    by: Member,
    at: datetime.datetime,
) -> UrgentDecision:
    """Numbered and read by everybody at once. It stands on the next agenda of the body that should have taken it."""
    hold(body)
    body = locked_body(body.pk)
    refuse_if(obstacles_to_deciding_urgently(office, body, by=by, at=at))
    day = body.cooperative.day_of(at)
    days = Bylaws.in_force(body.cooperative, day).urgent_decision_days
    earlier = UrgentDecision.objects.filter(body=body, year=day.year).aggregate(last=Max("number"))
    made = UrgentDecision.objects.create(
        body=body,
        year=day.year,
        number=(earlier["last"] or 0) + 1,
        office=office,
        title=one_line(title),
        text=legible(text).strip(),
        because=legible(because).strip(),
        cost=one_line(cost),
        decided_by=by,
        decided_at=at,
        due_on=day + datetime.timedelta(days=days),
    )
    write(
        body.cooperative.chain,
        verb="decided-urgently",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"office": office.title, "body": body.name, "due_on": made.due_on.isoformat()},
    )
    made.request = meetings.owe_item(
        body=body,
        title=str(made),
        text=f"{made.text}\n\n{made.because}\n\n{made.cost}",
        about=f"urgent/{made.pk}",
        asked_by=by,
        due_on=made.due_on,
        by=CLOCK,
        at=at,
    )
    made.save(update_fields=["request"])
    return made


def hold(body: Body) -> None:
    """The meeting comes before the body in the order of locks; the item is put on it at the end of the act."""
    drafts = Meeting.objects.filter(body=body, state=Meeting.State.DRAFT, sittings__number=1)
    first = drafts.order_by("sittings__starts_at", "pk").first()
    if first is not None:
        locked_meeting(first)


@transaction.atomic
def settle_urgent(
    *,
    urgent: UrgentDecision,
    state: str,
    said: str = "",
    decision: Decision | None = None,
    by: Member,
    at: datetime.datetime,
) -> UrgentDecision:
    """What the meeting made of it: confirmed, changed (`said` is how) or ended; with its decision, if it took one."""
    locked_body(urgent.body_id)
    urgent = UrgentDecision.objects.select_related("body__cooperative__chain", "office").get(pk=urgent.pk)
    refuse_if(obstacles_to_settling(urgent, decision=decision, by=by, at=at))
    urgent.state, urgent.said, urgent.decision = state, legible(said).strip(), decision
    urgent.meeting, urgent.settled_by, urgent.settled_at = dealing_with(urgent)[0], by, at
    urgent.save(update_fields=["state", "said", "decision", "meeting", "settled_by", "settled_at"])
    write(
        urgent.body.cooperative.chain,
        verb="urgent-settled",
        subject=subject_of(urgent),
        by=by.actor,
        at=at,
        facts={"meeting": str(urgent.meeting), "became": str(state)},
    )
    return urgent
