"""One box is voted again: its people, on the register as it was, for the same candidates (practice C08).

Order of locks: co-operative (numbers without gaps), election, challenge, register, ballot.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.ballots import actions as ballots
from coop.ballots.models.ballots import Channel
from coop.charter.models import Cooperative
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..models import Candidature, Challenge, Contest, ContestSeat, Election
from ..rules.box_again import contests_to_vote_again, obstacles_to_voting_box_again
from ..rules.votes import obstacles_in_hour
from .challenges import locked
from .elections import advance
from .papers import ADDED_UP, draw_paper

State = Election.State


@transaction.atomic
def vote_box_again(
    *,
    challenge: Challenge,
    vote_on: datetime.date,
    closes_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> Election:
    """An election of its own, whose list is final from the first: what is counted in it takes the place of what the box
    held, and what all the others held stays counted."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    challenge = locked(challenge)
    refuse_if(obstacles_to_voting_box_again(challenge, vote_on=vote_on, closes_at=closes_at, by=by, at=at))
    first, box = challenge.election, challenge.box
    assert box is not None
    day = cooperative.day_of(at)
    last = Election.objects.filter(cooperative=cooperative, year=vote_on.year).aggregate(last=Max("number"))
    election = Election.objects.create(
        cooperative=first.cooperative,
        year=vote_on.year,
        number=1 + (last["last"] or 0),
        title=f"{first.title} ({box.name})"[:200],
        called_by=by,
        called_at=at,
        candidates_until=day,
        published_on=day,
        objections_until=day,
        final_on=day,
        vote_on=vote_on,
        proclaimed_until=vote_on + 2 * datetime.timedelta(days=1),
        challenge_days=first.challenge_days,
        begins_on=max(first.begins_on, vote_on),
        ends_on=first.ends_on,
    )
    refuse_if(obstacles_in_hour(election, closes_at, at))
    contests = [_again(election, one, by=by, at=at) for one in contests_to_vote_again(challenge)]
    register = ballots.draw_register_of_box(box=box, by=by.actor, at=at)
    refuse_if([] if register.people else [Reason("register-empty")])
    draw_paper(
        election=election,
        contests=contests,
        register=register,
        channels=[Channel.PAPER],
        secrecy=box.ballot.secrecy,
        closes_at=closes_at,
        tie_rule=ADDED_UP,
        by=by,
        at=at,
    )
    election.state, election.posted_at = State.OBJECTIONS, at
    election.save(update_fields=["state", "posted_at"])
    return advance(
        election=election,
        to=State.FINAL,
        verb="box-to-be-voted-again",
        by=by.actor,
        at=at,
        told={"box": box.name, "because": challenge.label, "people": register.people},
        final_at=at,
        register=register,
    )


def _again(election: Election, before: Contest, *, by: Member, at: datetime.datetime) -> Contest:
    """The same seats, the same method, the same people on the list."""
    contest = Contest.objects.create(
        election=election,
        number=before.number,
        office=before.office,
        department=before.department,
        crew=before.crew,
        method=before.method,
        signatures=before.signatures,
        adds_to=before,
    )
    ContestSeat.objects.bulk_create(
        ContestSeat(contest=contest, seat_id=seat) for seat in before.seats.values_list("seat", flat=True)
    )
    stood = before.candidatures.filter(state=Candidature.State.ADMITTED)
    Candidature.objects.bulk_create(
        Candidature(
            contest=contest,
            member_id=one.member_id,
            nominated_by_id=one.nominated_by_id,
            nominated_at=one.nominated_at,
            statement=one.statement,
            kin=one.kin,
            state=Candidature.State.ACCEPTED,
            accepted_at=one.accepted_at,
        )
        for one in stood
    )
    contest.candidatures.update(state=Candidature.State.ADMITTED, decided_by=by, decided_at=at)
    return contest
