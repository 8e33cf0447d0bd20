"""What happens to those who stand: somebody steps back; a lot is drawn between those who tie."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..models import Ballot, Lot, Option, Withdrawal
from ..rules.running import obstacles_to_drawing_lot, obstacles_to_withdrawing
from .locks import locked, subject_of


@transaction.atomic
def withdraw(*, option: Option, because: str, by: Member, at: datetime.datetime) -> Withdrawal:
    """Somebody steps back. The paper stays as it was printed; the count passes the name over."""
    ballot = locked(option.question.ballot)
    option.question.ballot = ballot
    refuse_if(obstacles_to_withdrawing(option, by=by, at=at))
    refuse_if([] if because.strip() else [Reason("no-reason-given")])
    made = Withdrawal.objects.create(option=option, because=because.strip(), entered_by=by, at=at)
    write(
        ballot.cooperative.chain,
        verb="candidate-withdrew",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"name": option.label, "question": option.question.number},
    )
    return made


@transaction.atomic
def record_lot(
    *, ballot: Ballot, seed: str, how: str, witnesses: Sequence[Member], by: Member, at: datetime.datetime
) -> Lot:
    """Writes down what was drawn in public, before it is known who has the seat by it: the count goes by the seed."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_drawing_lot(ballot, witnesses, by=by, at=at))
    refuse_if([] if seed.strip() and how.strip() else [Reason("lot-without-words")])
    first, second = sorted(witnesses, key=lambda witness: witness.number)
    made = Lot.objects.create(
        ballot=ballot,
        seed=" ".join(seed.split()),
        how=how.strip(),
        witness_1=first,
        witness_2=second,
        drawn_by=by,
        at=at,
    )
    write(
        ballot.cooperative.chain,
        verb="lot-drawn",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"seed": made.seed, "witnesses": [first.number, second.number]},
    )
    return made
