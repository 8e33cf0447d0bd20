"""What stands in the way of drawing papers up again, and of proclaiming who is elected. No writes."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.ballots.models import Ballot, Tally
from coop.members.models import Member
from coop.refusals import Reason

from ..box_again import counted_together
from ..models import Contest, Election
from .commission import obstacles_to_the_elections_work

State = Election.State


def papers_to_draw_again(election: Election) -> QuerySet[Ballot]:
    """The votes that were annulled and whose contests have no other paper yet."""
    asked = Contest.objects.filter(election=election, question__ballot__state=Ballot.State.ANNULLED)
    return Ballot.objects.filter(pk__in=asked.values("question__ballot"))


def obstacles_to_drawing_again(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.FINAL:
        return [*found, Reason("election-not-there", {"election": election.state})]
    return found if papers_to_draw_again(election) else [*found, Reason("no-paper-is-missing")]


def obstacles_to_proclaiming(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Every paper is counted, and no round is still to be held."""
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.FINAL:
        return [*found, Reason("election-not-there", {"election": election.state})]
    votes = Ballot.objects.filter(pk__in=election.votes.values("ballot")).exclude(state=Ballot.State.ANNULLED)
    for ballot in votes:
        if ballot.state != Ballot.State.COUNTED:
            found.append(Reason("vote-not-counted", {"state": ballot.state}))
        elif _is_added(ballot):
            found += _obstacles_in_boxes(election)
        elif _waits_for_a_round(ballot):
            found.append(Reason("round-to-be-held", {"vote": ballot.title}))
    if not votes:
        found.append(Reason("election-not-voted"))
    if papers_to_draw_again(election):
        found.append(Reason("paper-is-missing"))
    return found


def _is_added(ballot: Ballot) -> bool:
    """Whether it is of one box voted again: what came out of it alone decides nothing."""
    return Contest.objects.filter(question__ballot=ballot, adds_to__isnull=False).exists()


def _obstacles_in_boxes(election: Election) -> list[Reason]:
    """The boxes together say who is elected, or the contest is called anew."""
    contests = election.contests.select_related("office", "adds_to__question__ballot", "question__ballot")
    return [
        Reason("boxes-do-not-decide", {"office": one.office.title})
        for one in contests
        if counted_together(one) is None
    ]


def _waits_for_a_round(ballot: Ballot) -> bool:
    again = Tally.objects.filter(question__ballot=ballot, outcome=Tally.Outcome.SECOND_ROUND).exists()
    later = Ballot.objects.filter(parent=ballot).exclude(state=Ballot.State.ANNULLED).exists()
    return again and not later
