"""Somebody holds that an amendment has not fallen; the commission answers. What is taken up again the meeting says."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import in_full, refuse_if

from ..models import Amendment, Challenge
from ..rules.amendments import obstacles_to_answering, obstacles_to_challenging
from .locks import locked_amendment, subject_of


@transaction.atomic
def challenge_fall(*, amendment: Amendment, because: str, by: Member, at: datetime.datetime) -> Challenge:
    """Practice C17. It stands beside the amendment, and before the commission and whoever leads the vote."""
    amendment = locked_amendment(amendment)
    year = amendment.year
    bylaws = Bylaws.in_force(year.cooperative, year.cooperative.day_of(at))
    refuse_if(obstacles_to_challenging(amendment, because=because, by=by, at=at, bylaws=bylaws))
    made = Challenge.objects.create(
        amendment=amendment, because=in_full(because, 500), made_by=by, made_at=at
    )
    _tell(made, verb="budget-fall-challenged", by=by, at=at, because=made.because)
    return made


@transaction.atomic
def answer_challenge(
    *, challenge: Challenge, is_right: bool, answer: str, by: Member, at: datetime.datetime
) -> None:
    """What the commission says of it. It takes nothing up by itself: the meeting may vote on it either way."""
    amendment = locked_amendment(challenge.amendment)
    challenge = Challenge.objects.select_for_update(no_key=True).get(pk=challenge.pk)
    challenge.amendment = amendment
    refuse_if(obstacles_to_answering(challenge, answer=answer, by=by, at=at))
    said = in_full(answer, 500)
    Challenge.objects.filter(pk=challenge.pk).update(
        is_right=is_right, answer=said, answered_by=by, answered_at=at
    )
    _tell(
        challenge,
        verb="budget-challenge-granted" if is_right else "budget-challenge-refused",
        by=by,
        at=at,
        answer=said,
    )


def _tell(challenge: Challenge, *, verb: str, by: Member, at: datetime.datetime, **facts: object) -> None:
    amendment = challenge.amendment
    chain = amendment.year.cooperative.chain
    write(chain, verb=verb, subject=subject_of(amendment), by=by.actor, at=at, facts=facts)
