"""A vote over several sittings: a part ends and the vote rests, hands of a sitting, the box on watch."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RollEntry, TellerSheet, Urn
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..conflicts import obstacles_in_own_cause
from ..models import AgendaItem, Sitting, VoteFromPaper
from ..resting import held_in_parts, obstacles_to_resting
from ..rules.leading import obstacles_to_leading
from ..voting_rules import obstacles_to_hands_in, obstacles_to_part_from_paper, present_then
from .locks import locked


def _fresh(item: AgendaItem) -> AgendaItem:
    meeting = locked(item.meeting)
    fresh = AgendaItem.objects.select_related("proposal", "decision__ballot").get(pk=item.pk)
    fresh.meeting = meeting
    return fresh


@transaction.atomic
def rest_vote(*, item: AgendaItem, sitting: Sitting, by: Member, at: datetime.datetime) -> Ballot:
    """This sitting has voted; the vote stays open for the sittings to come, and nothing is counted before the last."""
    item = _fresh(item)
    sitting = Sitting.objects.get(pk=sitting.pk, meeting=item.meeting)
    leading = obstacles_to_leading(item.meeting, by=by, at=at) + obstacles_in_own_cause(item, by)
    refuse_if(obstacles_to_resting(item, sitting, leading=leading, at=at))
    assert item.decision is not None  # the rule has refused anything else
    return ballots.end_part(ballot=item.decision.ballot, part=sitting.number, by=by.actor, at=at)


@transaction.atomic
def enter_hands(
    *,
    item: AgendaItem,
    sitting: Sitting | None,
    block: str,
    attempt: int = 1,
    votes: Mapping[str, int],
    remark: str = "",
    by: Member,
    at: datetime.datetime,
) -> TellerSheet:
    """What one teller counted in a block of a sitting. Where several sittings vote, the block is told apart by it."""
    item = _fresh(item)
    refuse_if(obstacles_to_hands_in(item, sitting))
    assert item.decision is not None  # the rule has refused anything else
    part = sitting.number if sitting is not None and held_in_parts(item.meeting) else None
    return ballots.enter_hands(
        ballot=item.decision.ballot,
        block=block,
        part=part,
        attempt=attempt,
        votes=votes,
        remark=remark,
        by=by,
        at=at,
    )


@transaction.atomic
def record_part_from_paper(
    *,
    item: AgendaItem,
    sitting: Sitting,
    began_at: datetime.datetime,
    ended_at: datetime.datetime,
    source: str,
    by: Member,
    at: datetime.datetime,
) -> Decision:
    """One sitting voted by hands on tally sheets, because the power was gone: its people are marked as counted by hand.

    Also when that sitting is closed, as long as the vote itself is open. Two people type the figures, a third confirms.
    """
    item = _fresh(item)
    sitting = Sitting.objects.get(pk=sitting.pk, meeting=item.meeting)
    refuse_if(obstacles_to_part_from_paper(item, sitting, began_at=began_at, ended_at=ended_at, by=by, at=at))
    assert item.decision is not None  # the rule has refused anything else
    ballots.hands_on_paper(
        ballot=item.decision.ballot,
        members=present_then(item.meeting, began_at, sitting=sitting),
        part=sitting.number,
        by=by,
        at=at,
    )
    source = one_line(source)
    VoteFromPaper.objects.create(
        decision=item.decision,
        sitting=sitting,
        began_at=began_at,
        ended_at=ended_at,
        source=source,
        entered_by=by,
        entered_at=at,
    )
    write(
        item.meeting.cooperative.chain,
        verb="part-from-paper",
        subject=decisions.subject_of(item.decision),
        by=by.actor,
        at=at,
        facts={
            "sitting": sitting.number,
            "began": began_at.isoformat(),
            "ended": ended_at.isoformat(),
            "source": source,
        },
    )
    return item.decision


@transaction.atomic
def bring_paper(
    *, item: AgendaItem, sitting: Sitting, member: Member, urn: Urn, by: Member, at: datetime.datetime
) -> RollEntry:
    """The box comes to somebody on watch: they count as present in this vote, and are given their paper."""
    item = _fresh(item)
    sitting = Sitting.objects.get(pk=sitting.pk, meeting=item.meeting)
    refuse_if([] if item.decision is not None else [Reason("no-vote-under-way")])
    assert item.decision is not None
    if not sitting.on_watch.filter(member=member).exists():
        refuse_if([Reason("not-on-watch", {"name": member.name})])
    ballots.mark_present(
        ballot=item.decision.ballot, members=[member.pk], part=sitting.number, by=by.actor, at=at
    )
    return ballots.give_paper(urn=urn, member=member, by=by, at=at)
