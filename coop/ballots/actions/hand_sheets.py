"""Hands of a block of the hall: two tellers count alone, a third person confirms, and never more hands than people."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..hands import VOTES, block_named, obstacles_in_hands
from ..models import AgreedSheet, Ballot, TellerSheet
from ..models.ballots import Channel
from ..parts import block_in
from ..rules.tellers import Place, last_sheets
from .locks import locked
from .tellers import confirm_sheets, enter_sheet


@transaction.atomic
def enter_hands(
    *,
    ballot: Ballot,
    block: str,
    part: int | None = None,
    attempt: int = 1,
    votes: Mapping[str, int],
    remark: str = "",
    by: Member,
    at: datetime.datetime,
) -> TellerSheet:
    """What one teller counted in a block: for, against, abstaining. More hands than people are refused at once.

    `part`: the sitting, where several vote. `attempt` and `remark` as for any sheet: see `enter_sheet`.
    """
    ballot = locked(ballot)
    block = block_named(ballot, block_in(part, one_line(block)))
    refuse_if(obstacles_in_hands(ballot, sum(votes.values()), block=block))
    return enter_sheet(
        ballot=ballot,
        place=Place(Channel.HANDS, block=block),
        attempt=attempt,
        figures={"1": {"papers": sum(votes.values()), "spoiled": 0, "votes": dict(votes)}},
        remark=remark,
        by=by,
        at=at,
    )


@transaction.atomic
def confirm_hands(
    *, ballot: Ballot, block: str, attempt: int, by: Member, at: datetime.datetime
) -> AgreedSheet:
    """A third person confirms what both tellers of a block counted, as long as no more hands than people come out."""
    ballot = locked(ballot)
    place = Place(Channel.HANDS, block=block)
    for sheet in last_sheets(ballot, place, VOTES)[:1]:
        refuse_if(obstacles_in_hands(ballot, sheet.figures["1"]["papers"], block=block))
    return confirm_sheets(ballot=ballot, place=place, attempt=attempt, by=by, at=at)
