"""What happens on the floor: signers are chosen, votes are opened on items and closed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import AgendaItem, Attendance, Meeting, Signer
from ..rules import obstacles_to_closing_vote, obstacles_to_naming_signers, obstacles_to_opening_vote
from .locks import locked, subject_of


@transaction.atomic
def name_signers(*, meeting: Meeting, members: Sequence[Member], by: Member, at: datetime.datetime) -> None:
    """Writes down the two members the assembly chose to sign the minutes."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_naming_signers(meeting, members, by=by, at=at))
    Signer.objects.bulk_create(Signer(meeting=meeting, member=member, chosen_at=at) for member in members)
    write(
        meeting.cooperative.chain,
        verb="signers-named",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"members": [member.number for member in members]},
    )


@transaction.atomic
def open_vote(
    *, item: AgendaItem, closes_at: datetime.datetime | None = None, by: Member, at: datetime.datetime
) -> Decision:
    """Opens an open vote on an item for those who are checked in; people who come later may still vote."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_opening_vote(item, by=by, at=at))
    here = Attendance.objects.filter(meeting=meeting, votes=True, left_at=None)
    assert item.proposal is not None  # the rule has refused anything else
    assert meeting.register is not None
    decision = decisions.put_to_the_vote(
        proposal=item.proposal,
        register=meeting.register,
        present=list(here.values_list("member_id", flat=True)),
        closes_at=closes_at,
        by=by.actor,
        at=at,
    )
    item.decision = decision
    item.save(update_fields=["decision"])
    return decision


@transaction.atomic
def close_vote(*, item: AgendaItem, by: Member, at: datetime.datetime) -> Decision:
    """Closes the vote on an item, counts it and numbers the decision."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_closing_vote(item, by=by, at=at))
    assert item.decision is not None
    _hold_numbers_of(item.decision)
    ballot = ballots.latch(ballot=item.decision.ballot, at=at)  # the clock may have been faster
    if ballot.state == Ballot.State.OPEN:
        ballots.close(ballot=ballot, by=by.actor, at=at)
    return decisions.settle(decision=item.decision, by=by.actor, at=at)


@transaction.atomic
def settle_vote(*, decision: Decision, by: Actor = CLOCK, at: datetime.datetime) -> Decision:
    """Counts a vote that closed by the clock, on an agenda or outside of any meeting. Idempotent."""
    item = AgendaItem.objects.select_related("meeting").filter(decision=decision).first()
    if item is not None:
        locked(item.meeting)
    _hold_numbers_of(decision)
    fresh = Decision.objects.select_related("ballot").get(pk=decision.pk)
    if fresh.outcome == Decision.Outcome.PENDING and fresh.ballot.state == Ballot.State.CLOSED:
        return decisions.settle(decision=fresh, by=by, at=at)
    return fresh


def _hold_numbers_of(decision: Decision) -> None:
    """The body's row after the meeting's and before the ballot's: see the one order in docs/architecture.md."""
    locked_body(decision.body_id)


def _fresh(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    fresh = AgendaItem.objects.select_related("proposal", "decision__ballot").get(pk=item.pk)
    fresh.meeting = meeting
    return fresh
