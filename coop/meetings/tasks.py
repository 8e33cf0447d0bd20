"""Actions agreed: who may write one down, move it, finish it; what stood open, and for how many meetings."""

from __future__ import annotations

import datetime

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coop.members.backend import may_enter
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without, powers_of
from coop.refusals import Reason

from .models import Action, ActionEvent, AgendaItem, Meeting, Minutes
from .rules.leading import obstacles_to_leading, obstacles_to_recording_minutes

FARTHEST = datetime.timedelta(days=731)  # two years: what is to be done later is no action, it is a plan
REMINDED = datetime.timedelta(days=3)  # so long before its day, its owner is told
OFFICES = (Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES)


# --- What stands open -----------------------------------------------------------------------------------------------


def open_for(body: Body, at: datetime.datetime) -> QuerySet[Action]:
    """The actions of a body that were open at that moment, the longest overdue first; each with its age as `.age`."""
    still = (Q(done_at=None) | Q(done_at__gt=at)) & (Q(dropped_at=None) | Q(dropped_at__gt=at))
    found = Action.objects.filter(still, body=body, agreed_at__lte=at).select_related(
        "owner", "item__meeting__body"
    )
    return with_age(found, at)


def standing_on(meeting: Meeting, at: datetime.datetime) -> QuerySet[Action]:
    """What comes to this meeting from earlier ones of its body: open when it began, or now while it has not."""
    began = meeting.sittings.aggregate(first=Min("opened_at"))["first"] or at
    return open_for(meeting.body, began).filter(agreed_at__lt=began).exclude(item__meeting=meeting.pk)


def with_age(actions: QuerySet[Action], at: datetime.datetime) -> QuerySet[Action]:
    """Adds `.age`: how many meetings of its body have begun since the one that agreed it, up to that moment."""
    began = Meeting.objects.filter(body=OuterRef("body"), sittings__opened_at__gt=OuterRef("agreed_at"))
    began = began.filter(sittings__opened_at__lt=at).exclude(pk=Coalesce(OuterRef("item__meeting"), 0))
    counted = began.order_by().values("body").annotate(many=Count("pk", distinct=True)).values("many")
    return actions.annotate(age=Coalesce(Subquery(counted), 0))


def age(action: Action, at: datetime.datetime) -> int:
    """Of one action. A list asks `with_age` once for all."""
    return int(with_age(Action.objects.filter(pk=action.pk), at).get().age)  # type: ignore[attr-defined]


def agreed_in(meeting: Meeting) -> QuerySet[Action]:
    """What was agreed on the items of a meeting, in the order of the agenda."""
    found = Action.objects.filter(item__meeting=meeting).select_related("owner", "item")
    return found.order_by("item__number", "item__part", "agreed_at", "pk")


def reported_in(meeting: Meeting) -> QuerySet[ActionEvent]:
    """What became of earlier actions of the body while the meeting lasted, from its first opening to its end."""
    began = meeting.sittings.aggregate(first=Min("opened_at"))["first"]
    if began is None:
        return ActionEvent.objects.none()
    found = ActionEvent.objects.filter(action__body=meeting.body_id, at__gte=began).exclude(
        action__item__meeting=meeting
    )
    if meeting.closed_at is not None:
        found = found.filter(at__lte=meeting.closed_at)
    return found.select_related("action__owner", "action__item", "owner", "by")


def readable(actions: QuerySet[Action], *, by: Member, bodies: QuerySet[Body]) -> QuerySet[Action]:
    """Without what was agreed on closed items of bodies that they do not belong to. `bodies`: those they do."""
    closed = Q(item__openness=AgendaItem.Openness.CLOSED)
    return actions.filter(~closed | Q(owner=by) | Q(body__in=bodies))


def mine(member: Member) -> QuerySet[Action]:
    """What a member has taken on and not done yet, by the day."""
    found = Action.objects.filter(owner=member, done_at=None, dropped_at=None)
    return found.select_related("body", "item__meeting__body").order_by("due_on", "pk")


# --- What stands in the way -----------------------------------------------------------------------------------------


def obstacles_to_writing_down(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """In session whoever leads writes actions down; afterwards the secretary, until the minutes are closed."""
    meeting = item.meeting
    if Minutes.objects.filter(meeting=meeting).exists():
        return [Reason("minutes-closed")]
    if meeting.state == Meeting.State.IN_SESSION:
        return obstacles_to_leading(meeting, by=by, at=at)
    if meeting.state == Meeting.State.CLOSED:
        return obstacles_to_recording_minutes(meeting, by=by, at=at)
    return [Reason("minutes-not-yet", {"state": meeting.state})]


def obstacles_to_agreeing(
    item: AgendaItem, *, owner: Member, due_on: datetime.date, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Somebody of the house takes it on, for a day from the meeting on."""
    meeting = item.meeting
    began = meeting.sittings.aggregate(first=Min("opened_at"))["first"] or at
    reasons = obstacles_to_writing_down(item, by=by, at=at)
    reasons += _against_owner(meeting.body, owner, at)
    return reasons + _against_day(due_on, first=meeting.cooperative.day_of(began))


def obstacles_to_reporting(action: Action, *, note: str, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever took it on, or an office of the body, says where it stands, or that it is done."""
    return _against_open(action) + _against_who(action, by, at) + _against_note(note)


def obstacles_to_moving(
    action: Action, *, due_on: datetime.date, note: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_reporting(action, note=note, by=by, at=at)
    if due_on == action.due_on:
        reasons.append(Reason("action-same-day"))
    return reasons + _against_day(due_on, first=action.body.cooperative.day_of(at))


def obstacles_to_handing_over(
    action: Action, *, owner: Member, note: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_reporting(action, note=note, by=by, at=at)
    if owner.pk == action.owner_id:
        reasons.append(Reason("action-same-owner", {"name": owner.name}))
    return reasons + _against_owner(action.body, owner, at)


def obstacles_to_reopening(action: Action, *, note: str, by: Member, at: datetime.datetime) -> list[Reason]:
    """What was said to be done is not. What was dropped is agreed anew, in a meeting."""
    reasons = [] if action.done_at is not None else [Reason("action-not-done")]
    return reasons + _against_who(action, by, at) + _against_note(note)


def obstacles_to_dropping(action: Action, *, note: str, by: Member, at: datetime.datetime) -> list[Reason]:
    """Nobody lets their own action go: the secretary of the body writes down that it is not wanted any more."""
    reasons = _against_open(action) + obstacles_without(Power.RECORD_MINUTES, by=by, at=at, body=action.body)
    return reasons + _against_note(note)


def _against_open(action: Action) -> list[Reason]:
    return [] if action.is_open else [Reason("action-not-open")]


def _against_who(action: Action, by: Member, at: datetime.datetime) -> list[Reason]:
    if by.pk == action.owner_id or powers_of(by, at).any_of(OFFICES, action.body):
        return []
    return [Reason("action-of-somebody-else")]


def _against_note(note: str) -> list[Reason]:
    return [] if note.strip() else [Reason("no-reason-given")]


def _against_owner(body: Body, owner: Member, at: datetime.datetime) -> list[Reason]:
    if owner.cooperative_id == body.cooperative_id and may_enter(owner, body.cooperative.day_of(at)):
        return []
    return [Reason("not-in-the-register", {"name": owner.name})]


def _against_day(due_on: datetime.date, *, first: datetime.date) -> list[Reason]:
    if due_on < first:
        return [Reason("action-due-before", {"day": first.isoformat()})]
    if due_on - first > FARTHEST:
        return [Reason("action-due-too-far", {"last": (first + FARTHEST).isoformat()})]
    return []


LATEST_FIRST = (F("dropped_at").desc(nulls_last=True), F("done_at").desc(nulls_last=True), "-pk")
