"""What stands in the way of an appeal, and of writing down what the assembly decided on it. No writes, no clock."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.members.models import Body, Member, Standing
from coop.members.rules.lives import obstacles_to_appealing
from coop.members.rules.people import obstacles_to_keeping_the_register
from coop.refusals import Reason

from ..models import Appeal
from .findings import obstacles_in_text

SETTLED = (Decision.Outcome.CARRIED, Decision.Outcome.NOT_CARRIED, Decision.Outcome.TIE)


def obstacles_to_making_appeal(
    standing: Standing, text: str, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """The person in the days of the bylaws, in words; or the register office for one who came with a paper."""
    found = []
    if by.cooperative_id != standing.member.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    day = by.cooperative.day_of(at)
    found += obstacles_to_appealing(standing, by=by, at=at, day=day, bylaws=bylaws)
    return found + obstacles_in_text(text)


def obstacles_to_deciding_appeal(
    appeal: Appeal, decision: Decision, *, lifted: bool, by: Member, at: datetime.datetime
) -> list[Reason]:
    """By a decision of the assembly that came after the appeal; lifted only by one that was carried. Who keeps the
    register writes it down, and nobody their own."""
    found = obstacles_to_keeping_the_register(by=by, at=at)
    if by.cooperative_id != appeal.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk == appeal.appellant_id:
        found.append(Reason("own-suspension"))
    if appeal.state != Appeal.State.OPEN:
        found.append(Reason("appeal-decided-already"))
    of_assembly = (
        decision.body.kind == Body.Kind.ASSEMBLY and decision.cooperative_id == appeal.cooperative_id
    )
    after = decision.decided_at is not None and decision.decided_at > appeal.made_at
    if not of_assembly or not after or decision.outcome not in SETTLED:
        found.append(Reason("appeal-decided-by-the-assembly"))
    elif lifted and decision.outcome != Decision.Outcome.CARRIED:
        found.append(Reason("lifted-by-what-was-carried"))
    return found
