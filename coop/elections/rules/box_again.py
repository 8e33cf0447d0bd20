"""What stands in the way of voting one box again after a challenge of it was upheld (practice C08). No writes."""

from __future__ import annotations

import datetime

from coop.ballots.models import Urn
from coop.members.models import Member
from coop.refusals import Reason

from ..box_again import UPHELD, can_be_added
from ..models import Challenge, Contest, Election
from .calling import obstacles_in_years
from .commission import obstacles_to_the_elections_work


def obstacles_in_box(election: Election, box: Urn) -> list[Reason]:
    """Challenged alone is a box whose figures can be taken out of the count, in an election that adds to no other."""
    if not election.votes.filter(ballot=box.ballot_id).exists():
        return [Reason("box-of-another-vote", {"label": election.label})]
    asked = election.contests.filter(question__ballot=box.ballot_id)
    if asked.filter(annulled_at__isnull=False).exists():
        return [Reason("annulled-already")]
    if asked.filter(adds_to__isnull=False).exists() or not can_be_added(box):
        return [Reason("box-not-alone", {"box": box.name})]
    return []


def contests_to_vote_again(challenge: Challenge) -> list[Contest]:
    """Those on the paper of the box, which the challenge has annulled."""
    box = challenge.box
    if box is None:
        return []
    found = challenge.election.contests.filter(question__ballot=box.ballot_id, annulled_at__isnull=False)
    return list(found.select_related("office__body").order_by("number"))


def obstacles_to_voting_box_again(
    challenge: Challenge,
    *,
    vote_on: datetime.date,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """The commission, once, from the next day on: the boards announce it."""
    election = challenge.election
    day = election.cooperative.day_of(at)
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if challenge.box is None:
        return [*found, Reason("challenge-of-no-box")]
    if challenge.state not in UPHELD:
        found.append(Reason("challenge-not-upheld", {"challenge": challenge.state}))
    again = Election.objects.filter(contests__adds_to__in=contests_to_vote_again(challenge))
    running = again.exclude(state=Election.State.ANNULLED).first()
    if running is not None:
        found.append(Reason("repetition-on-its-way", {"label": running.label}))
    if vote_on <= day:
        found.append(Reason("box-again-from-tomorrow"))
    if election.cooperative.day_of(closes_at) < vote_on:
        found.append(Reason("closes-on-another-day", {"day": vote_on.isoformat()}))
    return found + obstacles_in_years(day, vote_on=vote_on, begins_on=vote_on)
