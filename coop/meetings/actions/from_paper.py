"""Votes of a sitting that were held on paper while nothing else worked (ruling 2), typed in afterwards."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.ballots import actions as ballots
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import AgendaItem, VoteFromPaper
from ..voting_rules import obstacles_in_way, obstacles_to_opening_vote, obstacles_to_recording, present_then
from ..ways import Way
from .locks import locked


@transaction.atomic
def record_from_paper(
    *,
    item: AgendaItem,
    began_at: datetime.datetime,
    ended_at: datetime.datetime,
    source: str,
    by: Member,
    at: datetime.datetime,
) -> Decision:
    """Opens the vote on an item for those who were present then, all of them counted by hand.

    The ballot keeps the hour at which it was typed in; when it was held stands beside it. Two tellers type the figures
    of each block from the sheets, each alone, and a third confirms them; then it is closed and counted like any other.
    """
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_related("proposal", "amendment__amends", "decision__ballot").get(
        pk=item.pk
    )
    item.meeting = meeting
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    refuse_if(
        obstacles_to_opening_vote(item, by=by, at=at)
        + obstacles_in_way(item, Way.HANDS, closes_at=None, bylaws=bylaws)
        + obstacles_to_recording(item, began_at=began_at, ended_at=ended_at, at=at)
    )
    assert item.proposal is not None  # the rules have refused anything else
    assert meeting.register is not None
    decision = decisions.put_to_the_vote(
        proposal=item.proposal,
        amendment=item.amendment,
        register=meeting.register,
        present=present_then(meeting, began_at),
        secrecy=Way.HANDS.secrecy,
        channels=Way.HANDS.channels,
        by=by.actor,
        at=at,
    )
    item.decision = decision
    item.save(update_fields=["decision"])
    ballots.move_to_hands(ballot=decision.ballot, by=by, at=at)
    source = one_line(source)
    VoteFromPaper.objects.create(
        decision=decision, began_at=began_at, ended_at=ended_at, source=source, entered_by=by, entered_at=at
    )
    write(
        meeting.cooperative.chain,
        verb="vote-from-paper",
        subject=decisions.subject_of(decision),
        by=by.actor,
        at=at,
        facts={"began": began_at.isoformat(), "ended": ended_at.isoformat(), "source": source},
    )
    return decision
