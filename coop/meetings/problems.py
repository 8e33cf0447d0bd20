"""The list of problems on an agenda: what stands before the body, in which order, and what the meeting said about it.

The list is one item. What it holds is computed: until the meeting is held everything that stands before the body now,
afterwards what was spoken about.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from coop.members.models import Body, Member
from coop.production.models import MeetingHeld, Problem, ProblemEvent, Stop
from coop.production.rules.answering import LEVEL_OF, standing_before
from coop.refusals import Reason

from .course import call_under_way, obstacles_at_rest, obstacles_in_session
from .models import Action, AgendaItem, Meeting, ProblemCall, Sitting

State = Meeting.State
Kind = AgendaItem.Kind


class Group(StrEnum):
    """Why a problem stands where it stands, in the order of the list."""

    STOPPED = "stopped"
    SAFETY = "safety"
    LISTED = "listed"
    CAME_DOWN = "came_down"


PRIORITIES = {priority: place for place, priority in enumerate(Problem.Priority.values)}


# --- What stands on the list ----------------------------------------------------------------------------------------


def goes_through_problems(body: Body) -> bool:
    return body.kind in LEVEL_OF


def list_item(meeting: Meeting) -> AgendaItem | None:
    """The item under which the meeting goes through the problems."""
    return meeting.items.filter(kind=Kind.PROBLEMS).first()


def on_the_list(meeting: Meeting) -> QuerySet[Problem]:
    """The problems of a meeting in their order, each with its `.group` and whether it was spoken about, `.spoken`.

    One query. What stood open when the meeting was over and nobody spoke about is not on it any more.
    """
    calls = ProblemCall.objects.filter(sitting__meeting=meeting)
    here = Q(pk__in=calls.values("problem"))
    if meeting.state in (State.DRAFT, State.CONVENED, State.IN_SESSION):
        waiting = standing_before(meeting.body).filter(state__in=Problem.TO_DO)
        here |= Q(pk__in=waiting.values("pk"))
    found = Problem.objects.filter(here).exclude(state=Problem.State.CONDUCT)
    return _in_order(found, meeting).annotate(spoken=Exists(calls.filter(problem=OuterRef("pk"))))


def _in_order(found: QuerySet[Problem], meeting: Meeting) -> QuerySet[Problem]:
    stopped = Stop.objects.filter(problem=OuterRef("pk"), lifted_at=None)
    held = MeetingHeld.objects.filter(body=meeting.body).exclude(label=meeting.label)
    last = held.order_by().values("body").annotate(last=Max("at")).values("last")
    down = ProblemEvent.objects.filter(problem=OuterRef("pk"), kind=ProblemEvent.Kind.CAME_DOWN)
    down = down.filter(Q(at__gt=Subquery(last)) | ~Exists(held))
    groups = [When(Exists(stopped), then=Value(Group.STOPPED.value))]
    groups += [When(priority=Problem.Priority.SAFETY, then=Value(Group.SAFETY.value))]
    groups += [When(Exists(down), then=Value(Group.CAME_DOWN.value))]
    found = found.annotate(group=Case(*groups, default=Value(Group.LISTED.value)))
    places = [When(group=group.value, then=Value(place)) for place, group in enumerate(Group)]
    ranks = [When(priority=priority, then=Value(place)) for priority, place in PRIORITIES.items()]
    found = found.annotate(
        place=Case(*places, output_field=IntegerField()), rank=Case(*ranks, output_field=IntegerField())
    )
    return found.select_related("area__department", "raised_by").order_by("place", "rank", "answer_by", "pk")


def under_way(sitting: Sitting) -> ProblemCall | None:
    """What an open sitting speaks about now."""
    if not sitting.is_open:
        return None
    calls = ProblemCall.objects.select_related("problem__area__department__cooperative", "problem__raised_by")
    return calls.filter(sitting=sitting, ended_at=None).first()


# --- What the meeting said ------------------------------------------------------------------------------------------


def said_in(meeting: Meeting, at: datetime.datetime) -> QuerySet[ProblemEvent]:
    """What was written about a problem while a sitting of this meeting spoke about it, in its order; each with the
    number of that sitting as `.sitting`."""
    call = ProblemCall.objects.filter(
        sitting__meeting=meeting, problem=OuterRef("problem"), called_at__lte=OuterRef("at")
    )
    call = call.annotate(until=Coalesce("ended_at", Value(at))).filter(until__gte=OuterRef("at"))
    found = ProblemEvent.objects.annotate(sitting=Subquery(call.values("sitting__number")[:1]))
    return found.filter(sitting__isnull=False).select_related("problem__area", "by").order_by("pk")


def touched_in(meeting: Meeting, at: datetime.datetime) -> QuerySet[Problem]:
    """Those it spoke about and something came of it: words in their history, or an action."""
    said = said_in(meeting, at).filter(problem=OuterRef("pk"))
    agreed = Action.objects.filter(problem=OuterRef("pk"), item__meeting=meeting)
    spoken = ProblemCall.objects.filter(sitting__meeting=meeting)
    found = Problem.objects.filter(pk__in=spoken.values("problem"))
    return found.filter(Exists(said) | Exists(agreed)).order_by("pk")


def risen_in(meeting: Meeting) -> QuerySet[ProblemEvent]:
    """What went up by itself when this meeting ended, because it was left too often."""
    if meeting.closed_at is None:
        return ProblemEvent.objects.none()
    up = ProblemEvent.objects.filter(
        kind=ProblemEvent.Kind.ESCALATED,
        at=meeting.closed_at,
        words=meeting.label,
        problem__cooperative=meeting.cooperative_id,
    )
    return up.select_related("problem").order_by("problem__year", "problem__number")


# --- What stands in the way -----------------------------------------------------------------------------------------


def obstacles_to_calling_problem(
    problem: Problem, *, sitting: Sitting, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The list is under way in an open sitting, and the problem stands before this body."""
    reasons = obstacles_in_session(sitting, by=by, at=at) + obstacles_at_rest(sitting)
    item = call_under_way(sitting)
    if item is None or item.item.kind != Kind.PROBLEMS:
        reasons.append(Reason("list-not-called"))
    present = under_way(sitting)
    if present is not None and present.problem_id == problem.pk:
        reasons.append(Reason("problem-called-already", {"problem": problem.label}))
    if not on_the_list(sitting.meeting).filter(pk=problem.pk).exists():
        reasons.append(Reason("problem-before-others", {"problem": problem.label}))
    return reasons


def obstacles_to_leaving_problem(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_in_session(sitting, by=by, at=at)
    return reasons if under_way(sitting) is not None else [*reasons, Reason("no-problem-called")]


def obstacles_to_agreeing_on(problem: Problem | None, item: AgendaItem) -> list[Reason]:
    """An action that is to solve a problem is agreed under the list, once a sitting has spoken about it."""
    if problem is None:
        return []
    spoken = ProblemCall.objects.filter(sitting__meeting=item.meeting_id, problem=problem).exists()
    if item.kind == Kind.PROBLEMS and spoken:
        return []
    return [Reason("problem-not-spoken-about", {"problem": problem.label})]


# --- Onto the agenda ------------------------------------------------------------------------------------------------


def has_list_to_take_up(meeting: Meeting) -> bool:
    """A production meeting always has its list, for what is raised until it begins; any other body once something
    stands before it."""
    if meeting.state != State.DRAFT or not goes_through_problems(meeting.body):
        return False
    if list_item(meeting) is not None:
        return False
    if meeting.body.kind == Body.Kind.PRODUCTION_MEETING:
        return True
    return standing_before(meeting.body).filter(state__in=Problem.TO_DO).exists()


def drafts_without_list() -> QuerySet[Meeting]:
    listed = AgendaItem.objects.filter(meeting=OuterRef("pk"), kind=Kind.PROBLEMS)
    drafts = Meeting.objects.filter(~Exists(listed), state=State.DRAFT, body__kind__in=list(LEVEL_OF))
    return drafts.select_related("body", "cooperative").order_by("pk")


def place_on(meeting: Meeting) -> int:
    """As early as it can be: after who signs and after what was agreed earlier."""
    first = meeting.items.filter(kind__in=[Kind.SIGNERS, Kind.ACTIONS]).aggregate(last=Max("number"))
    return (first["last"] or 0) + 1


def of_problem(problem: Problem) -> QuerySet[Action]:
    """What meetings agreed to do about a problem, by its day."""
    found = Action.objects.filter(problem=problem).select_related("owner", "item__meeting__body")
    return found.order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")
