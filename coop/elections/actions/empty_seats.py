"""Filling an empty seat from the papers of its election or for a time, and choosing between two posts.

Order of locks: body (the first by its key), mandate.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.actions.bodies import locked as locked_body
from coop.members.actions.offices import begin_mandate, subject_of
from coop.members.models import Mandate, Member, Seat
from coop.refusals import in_full, refuse_if

from ..rules.empty_seats import (
    choice_between,
    choice_is_over,
    obstacles_to_choosing,
    obstacles_to_counting_back,
    obstacles_to_naming,
)
from ..vacant import count_back_for, elected_to, term_ends
from .vacancies import end_and_fill


def _locked(seat: Seat) -> Seat:
    """The seat under the lock of its body: two who fill it at once see each other."""
    found = Seat.objects.select_related("office__body__cooperative__chain", "crew", "department").get(
        pk=seat.pk
    )
    found.office.body = locked_body(found.office.body_id)
    return found


@transaction.atomic
def count_back(*, seat: Seat, by: Member, at: datetime.datetime) -> Mandate:
    """Whoever comes next by the papers holds the seat from now on, for the rest of the term."""
    seat = _locked(seat)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    counted = count_back_for(seat, at, bylaws)
    refuse_if(obstacles_to_counting_back(seat, by=by, at=at, bylaws=bylaws, counted=counted))
    elected = elected_to(seat)
    assert counted.winner is not None  # both were asked
    assert elected is not None
    counted.winner.cooperative = seat.office.body.cooperative
    return begin_mandate(
        seat=seat,
        member=counted.winner,
        since=at,
        until=term_ends(seat),
        begun=Mandate.Begun.COUNTED_BACK,
        document=elected.contest.election.label,
        by=by.actor,
        at=at,
    )


@transaction.atomic
def name_for_a_time(
    *,
    seat: Seat,
    member: Member,
    because: str,
    until: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> Mandate:
    """Named by the auditor, until the next assembly; it counts once a second office-holder has signed it."""
    seat = _locked(seat)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    refuse_if(obstacles_to_naming(seat, member, because, by=by, at=at, bylaws=bylaws))
    member.cooperative = seat.office.body.cooperative
    return begin_mandate(
        seat=seat,
        member=member,
        since=at,
        until=until,
        begun=Mandate.Begun.NAMED,
        document=in_full(because, 200),
        entered_by=by,
        by=by.actor,
        at=at,
    )


# --- Choosing between two posts -------------------------------------------------------------------------------------


@transaction.atomic
def choose_post(*, keep: Mandate, give_up: Mandate, by: Member, at: datetime.datetime) -> Mandate | None:
    """Of two posts that exclude each other one ends, or never begins. Returns who has it now."""
    keep, give_up = _both(keep, give_up)
    refuse_if(obstacles_to_choosing(keep, give_up, by=by, at=at))
    return _give_up(give_up, keep, by=by.actor, at=at)


@transaction.atomic
def let_choice_pass(
    *, first: Mandate, second: Mandate, by: Actor = CLOCK, at: datetime.datetime
) -> Mandate | None:
    """Nothing was chosen in time: the second is void. Idempotent."""
    first, second = _both(first, second)
    waiting = choice_between(first, second, at)
    if waiting is None or not choice_is_over(waiting, at):
        return None
    return _give_up(waiting.second, waiting.first, by=by, at=at)


def _both(first: Mandate, second: Mandate) -> tuple[Mandate, Mandate]:
    """Both as they stand, under the locks of their bodies, in the order of the keys."""
    pair = [first.pk, second.pk]
    bodies = Mandate.objects.filter(pk__in=pair).values_list("seat__office__body", flat=True)
    for body in sorted(set(bodies)):
        locked_body(body)
    found = Mandate.objects.select_related(
        "member__cooperative__chain", "seat__office__body", "seat__crew", "seat__department"
    ).in_bulk(pair)
    return found[first.pk], found[second.pk]


def _give_up(given: Mandate, kept: Mandate, *, by: Actor, at: datetime.datetime) -> Mandate | None:
    write(
        given.member.cooperative.chain,
        verb="post-chosen",
        subject=subject_of(kept),
        by=by,
        at=at,
        facts={"given_up": given.seat.office.title},
    )
    return end_and_fill(
        mandate=given, ended=Mandate.Ended.OTHER_POST, document=kept.seat.office.title, by=by, at=at
    )
