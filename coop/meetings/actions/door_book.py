"""A page of the signed book of the door, typed in at once: many people come in by one act."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.journal.actions import write_many
from coop.members.models import Member
from coop.refusals import refuse_if

from ..door_book import obstacles_to_checking_in_all
from ..models import Attendance, ConflictOfInterest, Meeting, Stay, VoteFromPaper
from ..resting import has_voted, running_votes
from ..rules.door import sitting_at_the_door
from .locks import subject_of
from .sitting import draw_register


@transaction.atomic
def check_in_all(
    *, meeting: Meeting, members: Sequence[Member], by: Member, at: datetime.datetime
) -> list[Attendance]:
    """All of them came in, or back, as `check_in` would write one after the other; all or nobody.

    What they signed was paper, so each counts from the moment it is typed in.
    """
    meeting = draw_register(meeting=meeting, at=at)
    if meeting.register is not None and meeting.register.final_at is None:
        meeting.register = ballots.make_final(register=meeting.register, at=at)
    refuse_if(obstacles_to_checking_in_all(meeting, members, by=by, at=at))
    sitting = sitting_at_the_door(meeting, at)
    assert sitting is not None  # the rule has refused closed doors
    before = {one.member_id: one for one in Attendance.objects.filter(meeting=meeting, member__in=members)}
    Attendance.objects.filter(pk__in=[one.pk for one in before.values()]).update(left_at=None)
    voting: set[int] = set()
    if meeting.register is not None:
        lines = meeting.register.lines().filter(member__in=members)
        voting = set(lines.values_list("member", flat=True))
    new = Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            sitting=sitting,
            member=member,
            votes=member.pk in voting,
            how=Attendance.How.PAPER,
            recorded_by=by,
            arrived_at=at,
        )
        for member in members
        if member.pk not in before
    )
    came = {one.member_id: one for one in new} | before
    attendances = [came[member.pk] for member in members]
    Stay.objects.bulk_create(Stay(attendance=one, sitting=sitting, came_at=at) for one in attendances)
    sittings = list(meeting.sittings.all())
    for item in running_votes(meeting):
        assert item.decision is not None
        ballot: Ballot = item.decision.ballot
        held_already = VoteFromPaper.objects.filter(decision=item.decision, sitting=None).exists()
        if not held_already and not has_voted(ballot, sitting, sittings):
            aside = ConflictOfInterest.objects.filter(item=item, lifted_at=None)
            left_out = set(aside.values_list("member", flat=True))
            here = [member.pk for member in members if member.pk not in left_out]
            ballots.mark_present(ballot=ballot, members=here, part=sitting.number, by=by.actor, at=at)
    write_many(
        meeting.cooperative.chain,
        [
            (
                "came-back" if member.pk in before else "checked-in",
                subject_of(meeting),
                {"member": member.number, "votes": came[member.pk].votes},
            )
            for member in members
        ],
        by=by.actor,
        at=at,
    )
    return attendances
