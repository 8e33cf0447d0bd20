"""Hands in the hall: who is left is moved to them, or nobody asks for a count."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..hands import (
    left_in_hall,
    obstacles_to_acclamation,
    obstacles_to_demanding_count,
    obstacles_to_hands_on_paper,
    obstacles_to_moving,
)
from ..models import Ballot, CountDemand, RollEntry, Tally
from ..models.ballots import Channel
from .lifecycle import close
from .locks import locked, subject_of


@transaction.atomic
def move_to_hands(*, ballot: Ballot, by: Member, at: datetime.datetime) -> int:
    """Now hands: everybody present who has not voted is counted by hand from here on; returns how many.

    Of several sittings, those whose part of the vote is over are not asked again.

    Casting holds the ballot's row in share mode, so this waits for votes in flight; then one statement fills every
    line that is still empty, and whose line is filled is told so on the screen.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_moving(ballot, by=by, at=at))
    moved = _fill_empty_lines(ballot)
    write(
        ballot.cooperative.chain,
        verb="moved-to-hands",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"people": moved},
    )
    return moved


def _fill_empty_lines(ballot: Ballot) -> int:
    """One statement: asking first who is left and writing after is a race."""
    return left_in_hall(ballot).update(channel=Channel.HANDS)


@transaction.atomic
def hands_on_paper(
    *, ballot: Ballot, members: Collection[int], part: int, by: Member, at: datetime.datetime
) -> int:
    """A sitting raised its hands while nothing worked; its part may be over. Marks who was there then, and has not
    voted anywhere; returns how many. Their hands are typed from the sheets afterwards."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_hands_on_paper(ballot, by=by, at=at))
    there = RollEntry.objects.filter(ballot=ballot, member__in=members, channel=None)
    there = there.filter(Q(part=None) | Q(part=part))
    moved = there.update(present=True, part=part, channel=Channel.HANDS)
    refuse_if([] if moved else [Reason("nobody-left-for-hands")])
    write(
        ballot.cooperative.chain,
        verb="moved-to-hands",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"people": moved},
    )
    return moved


@transaction.atomic
def demand_count(*, ballot: Ballot, by: Member, at: datetime.datetime) -> None:
    """Somebody in the hall asks for a count: then nothing is carried by acclamation."""
    ballot = locked(ballot)
    entry = RollEntry.objects.filter(ballot=ballot, member=by).first()
    refuse_if(obstacles_to_demanding_count(ballot, entry, at))
    CountDemand.objects.create(ballot=ballot, member=by, at=at)
    write(ballot.cooperative.chain, verb="count-demanded", subject=subject_of(ballot), by=by.actor, at=at)


@transaction.atomic
def carry_by_acclamation(*, ballot: Ballot, by: Member, at: datetime.datetime) -> Tally:
    """Nobody asked for a count: the vote is closed and carried. No hand was counted, and no figure is made up."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_acclamation(ballot, by=by, at=at))
    ballot = close(ballot=ballot, by=by.actor, at=at)
    assert ballot.roll_size is not None  # closed: both are latched
    assert ballot.present is not None
    question = ballot.questions.get()
    tally = Tally.objects.create(
        question=question,
        outcome=Tally.Outcome.CARRIED,
        how=Tally.How.ACCLAMATION,
        majority=ballot.majority,
        base=ballot.base,
        register=ballot.roll_size,
        present=ballot.present,
        voted=0,
    )
    ballot.state, ballot.counted_at = Ballot.State.COUNTED, at
    ballot.save(update_fields=["state", "counted_at"])
    write(
        ballot.cooperative.chain,
        verb="carried-by-acclamation",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"present": ballot.present},
    )
    return tally
