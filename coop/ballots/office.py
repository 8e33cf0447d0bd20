"""Who runs a vote: the electoral commission, or whoever leads the body that votes; and who must keep away from it."""

from __future__ import annotations

import datetime

from coop.members.models import Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from .models import Ballot, Option

RUNNING = (Power.RUN_ELECTIONS, Power.CHAIR, Power.RECORD_MINUTES)


def obstacles_to_running(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Preparing, opening, closing, naming tellers: an office that runs elections or leads this body, no candidate."""
    reasons = obstacles_to_serving(ballot, by)
    if not runs(ballot, by=by, at=at):
        reasons.append(Reason("no-mandate", {"power": Power.RUN_ELECTIONS.value, "body": ballot.body.name}))
    return reasons


def runs(ballot: Ballot, *, by: Member, at: datetime.datetime) -> bool:
    """By office, or named for the day by the meeting that votes."""
    return by.pk in ballot.leaders or powers_of(by, at).any_of(RUNNING, ballot.body)


def obstacles_to_serving(ballot: Ballot, member: Member) -> list[Reason]:
    """Whoever stands in a vote neither leads it, nor counts it, nor keeps a key of it (practice C08)."""
    if Option.objects.filter(question__ballot=ballot, member=member).exists():
        return [Reason("stands-in-this-vote", {"name": member.name})]
    return []
