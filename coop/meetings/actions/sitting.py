"""The register of a meeting, the door, and opening and closing."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from coop.asked_often import Often, given, known_already
from coop.ballots import actions as ballots
from coop.ballots.actions.locks import hold
from coop.ballots.models import Ballot
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.decisions.rules import prepared_vote
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.refusals import Reason, refuse_if

from ..budgets import budget_items
from ..models import AgendaItem, Attendance, ConflictOfInterest, Meeting, Sitting, Stay, VoteFromPaper
from ..resting import has_voted, running_votes
from ..rules.door import DOORS_OPEN, obstacles_to_check_in, register_to_come, sitting_at_the_door
from ..rules.leading import obstacles_to_leading
from ..rules.sittings import (
    obstacles_to_closing_meeting,
    obstacles_to_closing_sitting,
    obstacles_to_opening_sitting,
    present_voters,
    quorum_of,
)
from .amendments import take_over_texts
from .budgets import lay_out_budget
from .items import end_what_is_open
from .locks import locked, subject_of
from .problems import count_meeting
from .votes import GIVEN_UP


@transaction.atomic
def draw_register(*, meeting: Meeting, by: Actor = CLOCK, at: datetime.datetime) -> Meeting:
    """Draws the register of a convened meeting once its closing day is over. Idempotent; the clock does it.

    It can be claimed against for the days of the bylaws, at most until the doors open: whoever comes in is written
    down with a vote or without.
    """
    meeting = locked(meeting)
    closes_on = meeting.register_closes_on
    if meeting.register is None and closes_on is not None and not register_to_come(meeting, at):
        first = meeting.sittings.order_by("starts_at")[0]
        meeting.register = ballots.draw_register(
            body=meeting.body, closes_on=closes_on, needed_at=first.starts_at - DOORS_OPEN, by=by, at=at
        )
        meeting.save(update_fields=["register"])
    return meeting


def _with_final_register(meeting: Meeting, at: datetime.datetime) -> Meeting:
    """The meeting, locked, with its register final if nothing stands in the way of that."""
    meeting = draw_register(meeting=meeting, at=at)  # which holds it
    if meeting.register is not None and meeting.register.final_at is None:
        meeting.register = ballots.make_final(register=meeting.register, at=at)
    return meeting


@transaction.atomic
def check_in(
    *, meeting: Meeting, member: Member, how: str = "", by: Member, at: datetime.datetime
) -> Attendance:
    """Somebody came in, or back. On the register they count and vote; else they have a voice.

    `how`: by the code on the wall, for instance; else by own telephone or at the table, as it was.
    """
    meeting = _with_final_register(meeting, at)
    known_already(meeting, "sittings", list(meeting.sittings.all()))  # the rules ask for them again and again
    refuse_if(obstacles_to_check_in(meeting, member, by=by, at=at))
    sitting = sitting_at_the_door(meeting, at)
    assert sitting is not None  # the rule has refused closed doors
    back = Attendance.objects.filter(meeting=meeting, member=member).first()
    if back is not None:
        Attendance.objects.filter(pk=back.pk).update(left_at=None)
        back.left_at = None
        attendance = back
    else:
        attendance = Attendance.objects.create(
            meeting=meeting,
            sitting=sitting,
            member=member,
            votes=meeting.register is not None and meeting.register.lines().filter(member=member).exists(),
            how=how or (Attendance.How.SELF if by.pk == member.pk else Attendance.How.TABLE),
            recorded_by=by,
            arrived_at=at,
        )
    Stay.objects.create(attendance=attendance, sitting=sitting, came_at=at)
    sittings = list(meeting.sittings.all())
    for ballot in _running_ballots(meeting, member):
        if not has_voted(ballot, sitting, sittings):
            ballots.mark_present(ballot=ballot, members=[member.pk], part=sitting.number, by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="came-back" if back else "checked-in",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"member": member.number, "votes": attendance.votes},
    )
    return attendance


@transaction.atomic
def leave(*, attendance: Attendance, by: Member, at: datetime.datetime) -> None:
    """Somebody went out: no longer present, except in a vote they have already cast."""
    meeting = locked(attendance.meeting)
    attendance = Attendance.objects.select_related("member").get(pk=attendance.pk)
    reasons = [] if by.pk == attendance.member_id else obstacles_to_leading(meeting, by=by, at=at)
    if attendance.left_at is not None or meeting.state not in (
        Meeting.State.CONVENED,
        Meeting.State.IN_SESSION,
    ):
        reasons.append(Reason("not-checked-in-person", {"name": attendance.member.name}))
    refuse_if(reasons)
    Attendance.objects.filter(pk=attendance.pk).update(left_at=at)
    Stay.objects.filter(attendance=attendance, went_at=None).update(went_at=at)
    for ballot in _running_ballots(meeting, attendance.member):
        ballots.mark_absent(ballot=ballot, members=[attendance.member_id], by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="went-out",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"member": attendance.member.number},
    )


def _running_ballots(meeting: Meeting, member: Member) -> list[Ballot]:
    """Votes under way whose base changes when this member comes or goes; not those on which they step aside."""
    running = RUNNING.all(meeting=meeting.pk, member=member.pk)
    return [item.decision.ballot for item in running if item.decision is not None]


RUNNING = Often(
    lambda: (
        AgendaItem.objects.filter(meeting_id=given("meeting"), decision__ballot__state=Ballot.State.OPEN)
        .exclude(decision__in=VoteFromPaper.objects.filter(sitting=None).values("decision"))
        .exclude(
            pk__in=ConflictOfInterest.objects.filter(member_id=given("member"), lifted_at=None).values("item")
        )
        .select_related("decision__ballot")
    )
)


@transaction.atomic
def open_sitting(*, sitting: Sitting, by: Member, at: datetime.datetime) -> Sitting:
    """The chair counts and opens; call and count go into the minutes."""
    meeting = _with_final_register(sitting.meeting, at)
    sitting = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.pk)
    sitting.meeting = meeting
    refuse_if(obstacles_to_opening_sitting(sitting, by=by, at=at))
    clock = quorum_of(sitting, at)
    sitting.opened_at, sitting.opened_on_call, sitting.present_at_opening = at, clock.call, clock.present
    sitting.save(update_fields=["opened_at", "opened_on_call", "present_at_opening"])
    begins = meeting.state == Meeting.State.CONVENED
    meeting.state = Meeting.State.IN_SESSION
    meeting.save(update_fields=["state"])
    if begins:
        take_over_texts(meeting=meeting, by=by.actor, at=at)
        for item in budget_items(meeting):
            lay_out_budget(item=item, by=by.actor, at=at)
    write(
        meeting.cooperative.chain,
        verb="sitting-opened",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={
            "sitting": sitting.number,
            "call": clock.call,
            "present": clock.present,
            "needed": clock.needed,
        },
    )
    return sitting


@transaction.atomic
def close_sitting(*, sitting: Sitting, by: Member, at: datetime.datetime) -> Sitting:
    """One sitting ends and its people go home; whoever comes to another comes back. Not opened: it is given up."""
    meeting = locked(sitting.meeting)
    sitting = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.pk)
    sitting.meeting = meeting
    refuse_if(obstacles_to_closing_sitting(sitting, by=by, at=at))
    if sitting.opened_at is not None:
        end_parts(sitting=sitting, by=by, at=at)
        end_what_is_open(sitting=sitting, by=by, at=at)
    present = send_home(sitting=sitting, by=by, at=at)
    sitting.closed_at = at
    sitting.save(update_fields=["closed_at"])
    write(
        meeting.cooperative.chain,
        verb="sitting-closed" if sitting.opened_at else "sitting-not-held",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"sitting": sitting.number, "present": present},
    )
    return sitting


@transaction.atomic
def end_parts(*, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
    """Every vote under way rests until the next sitting; who of this one has not voted on it has no vote any more."""
    sittings = list(sitting.meeting.sittings.all())
    votes = running_votes(sitting.meeting)
    hold([one.decision.ballot_id for one in votes if one.decision is not None])
    for item in votes:
        assert item.decision is not None
        if not has_voted(item.decision.ballot, sitting, sittings):
            ballots.end_part(ballot=item.decision.ballot, part=sitting.number, by=by.actor, at=at)


@transaction.atomic
def send_home(*, sitting: Sitting, by: Member, at: datetime.datetime) -> int:
    """Everybody in the book of this sitting goes out; how many of them have a vote."""
    staying = Stay.objects.filter(sitting=sitting, went_at=None)
    inside = Attendance.objects.filter(pk__in=list(staying.values_list("attendance", flat=True)))
    present = inside.filter(votes=True).count()
    inside.update(left_at=at)
    staying.update(went_at=at)
    return present


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Member, at: datetime.datetime) -> Meeting:
    """The last sitting ends. What was not voted waits for another meeting."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_closing_meeting(meeting, by=by, at=at))
    count_meeting(meeting=meeting, by=by.actor, at=at)
    undecided = meeting.items.filter(Q(decision=None) | Q(decision__outcome=Decision.Outcome.VOID))
    for item in undecided.exclude(proposal=None).select_related("proposal", "amendment"):
        assert item.proposal is not None
        ready = prepared_vote(item.proposal, meeting.register, item.amendment)
        if ready is not None:
            decisions.void(decision=ready, because=GIVEN_UP, by=by.actor, at=at)
        proposals.untable(proposal=item.proposal, by=by.actor, at=at)
    there = present_voters(meeting)
    held = meeting.state == Meeting.State.IN_SESSION
    meeting.attendances.filter(left_at=None).update(left_at=at)
    Stay.objects.filter(attendance__meeting=meeting, went_at=None).update(went_at=at)
    for sitting in meeting.sittings.filter(opened_at__isnull=False, closed_at=None):
        end_what_is_open(sitting=sitting, by=by, at=at)
    meeting.sittings.filter(closed_at=None).update(closed_at=at)
    meeting.state, meeting.closed_at = Meeting.State.CLOSED, at
    meeting.save(update_fields=["state", "closed_at"])
    write(
        meeting.cooperative.chain,
        verb="meeting-closed" if held else "meeting-without-quorum",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"present": there},
    )
    return meeting
