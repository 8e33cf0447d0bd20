"""A vote over several sittings: a part ends and the vote rests, hands of a sitting, the box on watch."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RollEntry, TellerSheet, Urn
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..conflicts import obstacles_in_own_cause
from ..models import AgendaItem, Sitting
from ..resting import held_in_parts, obstacles_to_resting
from ..rules import obstacles_to_leading
from ..voting_rules import obstacles_to_hands_in
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
