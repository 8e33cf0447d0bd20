"""Leading a vote outside of a meeting: opening what somebody else drew up, ending it, counting it, calling it off."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Ballot, Tally
from ..rules.running import (
    obstacles_outside,
    obstacles_to_calling_off,
    obstacles_to_counting_up,
    obstacles_to_ending,
    obstacles_to_starting,
)
from .counting import count
from .lifecycle import annul, close, latch, open_ballot
from .locks import locked
from .registers import make_final


@transaction.atomic
def start(*, ballot: Ballot, by: Member, at: datetime.datetime) -> Ballot:
    """Opens a draft for everybody on its register, which becomes final by this when its days of claims are over."""
    refuse_if(obstacles_outside(ballot, by=by, at=at))
    register = make_final(register=ballot.register, by=by.actor, at=at)
    ballot = locked(ballot)
    ballot.register = register
    refuse_if(obstacles_to_starting(ballot, by=by, at=at))
    return open_ballot(ballot=ballot, present=(), by=by.actor, at=at)


@transaction.atomic
def end(*, ballot: Ballot, by: Member, at: datetime.datetime) -> Ballot:
    """Closes a vote without an hour, or one whose hour is over and on which nobody has looked since."""
    ballot = latch(ballot=ballot, at=at)
    if ballot.state == Ballot.State.CLOSED:  # the clock was faster
        refuse_if(obstacles_outside(ballot, by=by, at=at))
        return ballot
    refuse_if(obstacles_to_ending(ballot, by=by, at=at))
    return close(ballot=ballot, by=by.actor, at=at)


@transaction.atomic
def count_up(*, ballot: Ballot, chair: str = "", by: Member, at: datetime.datetime) -> list[Tally]:
    """Counts a closed vote of which nothing is sealed. Refused with `lot-needed` when a tie waits for a lot.

    `chair`: what whoever chairs decides at a tie, as in `count`.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_counting_up(ballot, by=by, at=at))
    return count(ballot=ballot, chair=chair, by=by.actor, at=at)


@transaction.atomic
def call_off(*, ballot: Ballot, because: str, by: Member, at: datetime.datetime) -> None:
    """A draft that is thrown away, or a vote that must not stand; with the reason, for ever."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_calling_off(ballot, because, by=by, at=at))
    annul(ballot=ballot, because=because, by=by.actor, at=at)
