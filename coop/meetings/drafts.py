"""What stands in the way of correcting a draft: its hours, its kind, its items."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.letters import one_line
from coop.members.models import Body, Member
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .calendar import Days, Planned, Step, timetable
from .models import AgendaItem, Meeting, Minutes, Request, Sitting
from .requests import answered_by, not_held, obstacles_to_using
from .rules.calling import is_assembly, notice_days, obstacles_in_kind, obstacles_to_preparing

State = Meeting.State
FARTHEST = datetime.timedelta(days=2 * 366)
MOST_SITTINGS = 12


def days_of(meeting: Meeting, bylaws: Bylaws) -> Days:
    """The numbers a timetable of this kind of meeting is counted from. Only assemblies' minutes go to the authority."""
    return Days(
        notice=notice_days(meeting, bylaws),
        ends_counted=bylaws.notice_counts_ends,
        register_closing=bylaws.register_closing_days,
        claims=bylaws.register_claims_days,
        late_items_until=bylaws.late_items_until_day if bylaws.late_items else None,
        new_agenda=bylaws.late_items_agenda_days,
        sitting_minutes=bylaws.minutes_sitting_days,
        minutes=bylaws.minutes_ready_days,
        objections=bylaws.minutes_objection_days,
        authority=bylaws.minutes_authority_days if is_assembly(meeting.body) else 0,
        challenge=bylaws.decision_challenge_days,
    )


def laid_down(meeting: Meeting, sittings: Sequence[datetime.datetime | Planned]) -> list[Sitting]:
    """The rows of its sittings, numbered as they follow each other; nothing is stored."""
    planned = [one if isinstance(one, Planned) else Planned(one) for one in sittings]
    return [
        Sitting(
            meeting=meeting,
            number=number,
            starts_at=one.starts_at,
            for_whom=one_line(one.for_whom),
            place=one_line(one.place),
        )
        for number, one in enumerate(sorted(planned), 1)
    ]


def obstacles_in_sittings(sittings: Sequence[Planned], *, at: datetime.datetime) -> list[Reason]:
    """At least one, all of them still to come and within two years, no two at one moment."""
    hours = [one.starts_at for one in sittings]
    reasons = []
    if not hours:
        reasons.append(Reason("meeting-without-sitting"))
    if len(hours) > MOST_SITTINGS:
        reasons.append(Reason("too-many-sittings", {"most": MOST_SITTINGS}))
    if any(hour <= at for hour in hours):
        reasons.append(Reason("sitting-in-the-past"))
    if any(hour > at + FARTHEST for hour in hours):
        reasons.append(Reason("sitting-too-far"))
    if len(set(hours)) < len(hours):
        reasons.append(Reason("sittings-at-one-moment"))
    return reasons


def obstacles_to_correcting(
    meeting: Meeting, *, kind: str, sittings: Sequence[Planned], by: Member, at: datetime.datetime
) -> list[Reason]:
    """Kind, place and hours stand in the notice; until it goes out they may be put right."""
    if meeting.state != State.DRAFT:
        return [Reason("meeting-not-draft", {"state": meeting.state})]
    reasons = obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)
    return reasons + obstacles_in_kind(meeting.body, kind) + obstacles_in_sittings(sittings, at=at)


# --- Items ----------------------------------------------------------------------------------------------------------


def ballots_for(meeting: Meeting) -> Any:
    """Votes that the commission has drawn up in this body, neither counted nor annulled, on no agenda."""
    over = [Ballot.State.COUNTED, Ballot.State.ANNULLED]
    found = Ballot.objects.filter(body=meeting.body, drawn_up_by__isnull=False).exclude(state__in=over)
    taken = AgendaItem.objects.filter(ballot__isnull=False).exclude(meeting__in=not_held())
    return found.exclude(pk__in=taken.values("ballot")).order_by("-pk")


def proposals_for(body: Body) -> Any:
    """Admitted proposals that may stand on an agenda of this body, the longest waiting first."""
    found = Proposal.objects.filter(cooperative=body.cooperative_id, state=Proposal.State.ADMITTED)
    if body.kind == Body.Kind.PRODUCTION_MEETING:
        return found.none()
    if not is_assembly(body):
        found = found.filter(on_behalf_of=body, matter=Proposal.Matter.ORDINARY, kind=Proposal.Kind.MOTION)
    found = found.exclude(kind=Proposal.Kind.BUDGET)  # it comes as a whole: `budgets.put_budget_on`
    return found.order_by("admitted_at", "pk")


def obstacles_to_bringing(proposal: Proposal, body: Body) -> list[Reason]:
    """What is published is for the assembly. Another body decides only what it wrote itself, and ordinary business.

    About any other it may report, and talk: whoever is present there is not the electorate that has signed it.
    """
    if proposal.kind == Proposal.Kind.BUDGET:
        return [Reason("budget-goes-together")]
    if is_assembly(body):
        return []
    if body.kind == Body.Kind.PRODUCTION_MEETING:
        return [Reason("production-meeting-votes-nothing")]
    if proposal.on_behalf_of_id != body.pk:
        return [Reason("proposal-for-the-assembly", {"title": proposal.title, "body": body.name})]
    if proposal.matter != Proposal.Matter.ORDINARY or proposal.kind != Proposal.Kind.MOTION:
        return [Reason("assembly-decides-this", {"title": proposal.title, "body": body.name})]
    return []


def minutes_for(meeting: Meeting) -> Any:
    """Circulated minutes of this body that wait to be approved, on no agenda that is still to be gone through."""
    found = Minutes.objects.filter(meeting__body=meeting.body, sealed=None)
    waiting = AgendaItem.objects.filter(minutes__isnull=False)
    waiting = waiting.exclude(meeting__state__in=[State.CANCELLED, State.CLOSED])
    found = found.exclude(pk__in=waiting.values("minutes"))
    return found.select_related("meeting__body").order_by("pk")


def requests_for(meeting: Meeting) -> Any:
    """Items that enough members have asked for, on no agenda yet."""
    found = Request.objects.filter(body=meeting.body, reached_at__isnull=False, withdrawn_at=None)
    kinds = Q(kind__in=[Request.Kind.ITEM, Request.Kind.OWED])
    if meeting.kind == Meeting.Kind.ORDINARY:
        kinds |= Q(kind=Request.Kind.ASSEMBLY)  # it may be joined to the ordinary one
    taken = AgendaItem.objects.filter(request__isnull=False).exclude(meeting__in=not_held())
    called = Meeting.objects.filter(request__isnull=False).exclude(state=State.CANCELLED)
    found = found.filter(kinds).exclude(pk__in=taken.values("request"))
    return found.exclude(pk__in=called.values("request")).order_by("reached_at", "pk")


def obstacles_in_item(
    meeting: Meeting,
    kind: str,
    *,
    proposal: Proposal | None,
    ballot: Ballot | None,
    minutes: Minutes | None,
    request: Request | None,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """What an item points to is of this body, waits, and stands on no other agenda."""
    reasons = obstacles_to_bringing(proposal, meeting.body) if proposal else []
    if kind == AgendaItem.Kind.MINUTES and (
        minutes is None or not minutes_for(meeting).filter(pk=minutes.pk).exists()
    ):
        reasons.append(Reason("no-minutes-waiting"))
    if ballot is not None and not ballots_for(meeting).filter(pk=ballot.pk).exists():
        reasons.append(Reason("no-ballot-waiting"))
    if kind == AgendaItem.Kind.REQUESTED and request is None:
        reasons.append(Reason("no-request-waiting"))
    if kind == AgendaItem.Kind.SIGNERS and meeting.items.filter(kind=kind).exists():
        reasons.append(Reason("signers-on-agenda-already"))
    if request is not None:
        reasons += obstacles_to_using(request, meeting.body, at=at)
        if not reasons and answered_by(request) is not None:
            reasons.append(Reason("request-answered-already"))
        if request.kind == Request.Kind.ASSEMBLY:
            reasons += _obstacles_to_joining(request, meeting, bylaws)
    return reasons


def _obstacles_to_joining(request: Request, meeting: Meeting, bylaws: Bylaws) -> list[Reason]:
    """A demanded assembly is joined to an ordinary one that is near enough, counted from the day it was reached."""
    if meeting.kind != Meeting.Kind.ORDINARY or request.reached_at is None:
        return [Reason("joined-to-ordinary-only")]
    first = meeting.sittings.order_by("starts_at").first()
    day_of = meeting.cooperative.day_of
    if first is None or (day_of(first.starts_at) - day_of(request.reached_at)).days > (
        bylaws.extraordinary_fold_days
    ):
        return [Reason("ordinary-too-far", {"days": bylaws.extraordinary_fold_days})]
    return []


def obstacles_to_adding_late(
    meeting: Meeting, request: Request | None, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """After the notice only what enough members ask for comes in, where and as long as the bylaws allow it."""
    first = meeting.sittings.order_by("starts_at").first()
    if request is None or not bylaws.late_items or meeting.state != State.CONVENED or first is None:
        return [Reason("agenda-closed", {"state": meeting.state})]
    reasons = obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)
    last = last_day_for_late_items(meeting, bylaws)
    if last is not None and meeting.cooperative.day_of(at) > last:
        reasons.append(Reason("late-items-over", {"last": last.isoformat()}))
    return reasons


def last_day_for_late_items(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """The last day on which an item comes onto an agenda that is out already; None where nothing does."""
    hours = [sitting.starts_at for sitting in meeting.sittings.all()]
    if not hours or not bylaws.late_items or meeting.convened_at is None:
        return None
    day_of = meeting.cooperative.day_of
    table = timetable(
        day_of(min(hours)), day_of(max(hours)), days_of(meeting, bylaws), posted=day_of(meeting.convened_at)
    )
    return next(line.day for line in table if line.step == Step.LATE_ITEMS)
