"""Votes on the items of a meeting: asked to be secret, made ready, opened, closed, settled."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.effects import hold_what_changes
from coop.decisions.models import Decision
from coop.decisions.rules import prepared_vote
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import AgendaItem, Meeting, SecrecyDemand
from ..offices import named_today
from ..secrecy import demands, obstacles_to_demanding_secrecy
from ..voting_rules import (
    obstacles_in_way,
    obstacles_to_acclaiming,
    obstacles_to_closing_vote,
    obstacles_to_deciding_tie,
    obstacles_to_giving_up,
    obstacles_to_opening_vote,
    obstacles_to_preparing_vote,
    voters_by_sitting,
    waits_for_people,
)
from ..ways import Way
from .counting_people import note_count
from .locks import locked

GIVEN_UP = "made ready, and never opened"


@transaction.atomic
def demand_secrecy(*, item: AgendaItem, by: Member, at: datetime.datetime) -> int:
    """Somebody in the hall asks that this item be voted in secret; returns how many do now.

    No journal line: it would print the name of whoever asked, and only the number concerns anybody.
    """
    item = _fresh(item, locked(item.meeting))
    refuse_if(obstacles_to_demanding_secrecy(item, by=by, at=at))
    SecrecyDemand.objects.create(item=item, member=by, at=at)
    return demands(item)


@transaction.atomic
def prepare_vote(*, item: AgendaItem, way: Way, by: Member, at: datetime.datetime) -> Decision:
    """Draws up a secret vote on screens before the item is called, so that its key can be made and tried."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_preparing_vote(item, way, by=by, at=at))
    assert item.proposal is not None  # the rule has refused anything else
    assert meeting.register is not None
    ready = decisions.prepare_vote(
        proposal=item.proposal,
        amendment=item.amendment,
        register=meeting.register,
        in_a_meeting=True,
        secrecy=way.secrecy,
        channels=way.channels,
        by=by.actor,
        at=at,
    )
    ballots.let_lead(votes=[ready.ballot_id], members=named_today(meeting), by=by.actor, at=at)
    return ready


@transaction.atomic
def give_up_vote(*, item: AgendaItem, by: Member, at: datetime.datetime) -> None:
    """What was made ready is not wanted: it is annulled, and another may be made ready."""
    item = _fresh(item, locked(item.meeting))
    refuse_if(obstacles_to_giving_up(item, by=by, at=at))
    assert item.proposal is not None  # the rule has refused anything else
    ready = prepared_vote(item.proposal, item.meeting.register, item.amendment)
    assert ready is not None
    decisions.void(decision=ready, because=GIVEN_UP, by=by.actor, at=at)


@transaction.atomic
def open_vote(
    *,
    item: AgendaItem,
    way: Way = Way.SCREENS,
    closes_at: datetime.datetime | None = None,
    by: Member,
    at: datetime.datetime,
) -> Decision:
    """Opens a vote on an item for those who are checked in; people who come later may still vote.

    A vote that was made ready is opened as it was drawn up; when another way is chosen it is given up first.
    """
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    refuse_if(
        obstacles_to_opening_vote(item, by=by, at=at)
        + obstacles_in_way(item, way, closes_at=closes_at, bylaws=bylaws)
    )
    assert item.proposal is not None  # the rules have refused anything else
    assert meeting.register is not None
    hold_what_changes(item.proposal)  # before the ballot of one that was made ready and is given up
    there = voters_by_sitting(item)
    present = [voter for voters in there.values() for voter in voters]
    ready = prepared_vote(item.proposal, meeting.register, item.amendment)
    if ready is not None and way.needs_a_key:
        item.decision = decisions.open_prepared(decision=ready, present=present, by=by.actor, at=at)
    else:
        if ready is not None:
            decisions.void(decision=ready, because=GIVEN_UP, by=by.actor, at=at)
        item.decision = decisions.put_to_the_vote(
            proposal=item.proposal,
            amendment=item.amendment,
            register=meeting.register,
            present=present,
            closes_at=closes_at,
            secrecy=way.secrecy,
            channels=way.channels,
            by=by.actor,
            at=at,
        )
    item.save(update_fields=["decision"])
    named = named_today(meeting)
    ballots.let_lead(votes=[item.decision.ballot_id], members=named, by=by.actor, at=at)
    for sitting in meeting.sittings.all():
        if sitting.is_open:
            sitting.meeting = meeting
            note_count(sitting=sitting, item=item, by=by, at=at)
    for part, voters in there.items():
        ballots.mark_present(ballot=item.decision.ballot, members=voters, part=part, by=by.actor, at=at)
    return item.decision


@transaction.atomic
def close_vote(*, item: AgendaItem, by: Member, at: datetime.datetime) -> Decision:
    """Closes the vote on an item; counts it and numbers the decision, unless the count still waits for people."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_closing_vote(item, by=by, at=at))
    assert item.decision is not None
    _hold_numbers_of(item.decision)
    ballot = ballots.latch(ballot=item.decision.ballot, at=at)  # the clock may have been faster
    if ballot.state == Ballot.State.OPEN:
        ballots.close(ballot=ballot, by=by.actor, at=at)
    return _settled_or_waiting(item.decision, by=by.actor, at=at)


@transaction.atomic
def count_vote(*, item: AgendaItem, by: Member, at: datetime.datetime) -> Decision:
    """Counts a vote of a meeting that is closed, or refuses with what the count still waits for."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_closing_vote(item, by=by, at=at))
    assert item.decision is not None
    _hold_numbers_of(item.decision)
    return decisions.settle(decision=item.decision, by=by.actor, at=at)


@transaction.atomic
def decide_tie(*, item: AgendaItem, choice: str, by: Member, at: datetime.datetime) -> Decision:
    """As many for as against, and the rules leave it to the chair: who says "for" or "against", in their own name."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_deciding_tie(item, choice, by=by, at=at))
    assert item.decision is not None
    _hold_numbers_of(item.decision)
    settled = decisions.settle(decision=item.decision, chair=choice, by=by.actor, at=at)
    if not settled.ballot.questions.get(number=1).tally.result.get("ties"):
        raise Refused(
            [Reason("no-tie-to-decide")]
        )  # the count is taken back: nobody decides what was decided
    write(
        meeting.cooperative.chain,
        verb="tie-decided",
        subject=decisions.subject_of(settled),
        by=by.actor,
        at=at,
        facts={"choice": choice},
    )
    return settled


@transaction.atomic
def acclaim(*, item: AgendaItem, by: Member, at: datetime.datetime) -> Decision:
    """Nobody asks for a count: carried by acclamation, and numbered."""
    meeting = locked(item.meeting)
    item = _fresh(item, meeting)
    refuse_if(obstacles_to_acclaiming(item, by=by, at=at))
    assert item.decision is not None
    _hold_numbers_of(item.decision)
    ballots.carry_by_acclamation(ballot=item.decision.ballot, by=by, at=at)
    return decisions.settle(decision=item.decision, by=by.actor, at=at)


@transaction.atomic
def settle_vote(*, decision: Decision, chair: str = "", by: Actor = CLOCK, at: datetime.datetime) -> Decision:
    """Counts a vote that is closed, on an agenda or outside of any meeting, and numbers it. Idempotent.

    `chair`: "for" or "against" at a tie that the rules leave to the chair; whoever passes it on has asked who chairs.
    One that waits for tellers, trustees, a lot or the chair is left as it is.
    """
    item = AgendaItem.objects.select_related("meeting").filter(decision=decision).first()
    if item is not None:
        locked(item.meeting)
    _hold_numbers_of(decision)
    fresh = Decision.objects.select_related("ballot").get(pk=decision.pk)
    if fresh.outcome == Decision.Outcome.PENDING:
        return _settled_or_waiting(fresh, chair=chair, by=by, at=at)
    return fresh


def _settled_or_waiting(decision: Decision, *, chair: str = "", by: Actor, at: datetime.datetime) -> Decision:
    """Settled if it can be counted now; else as it stands: the refused count has left nothing behind."""
    try:
        return decisions.settle(decision=decision, chair=chair, by=by, at=at)
    except Refused as refusal:
        if not waits_for_people(refusal.reasons):
            raise
    return Decision.objects.select_related("ballot").get(pk=decision.pk)


def _hold_numbers_of(decision: Decision) -> None:
    """The body's row after the meeting's and before the ballot's, and before it what adoption would change: see the
    one order in docs/architecture.md."""
    hold_what_changes(decision.proposal)
    locked_body(decision.body_id)


def _fresh(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    fresh = AgendaItem.objects.select_related("proposal", "amendment__amends", "decision__ballot").get(
        pk=item.pk
    )
    fresh.meeting = meeting
    return fresh
