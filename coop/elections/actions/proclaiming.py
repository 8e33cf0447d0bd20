"""Proclaiming: who is elected to which seat, and from when until when."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.models import Actor
from coop.members.actions.offices import begin_mandate, end_mandate
from coop.members.models import Mandate, Member, Seat
from coop.members.terms import months_later
from coop.refusals import refuse_if

from ..models import Contest, Elected, Election
from ..rules.proclaiming import obstacles_to_proclaiming
from ..winners import outcome_of, seated
from .elections import advance, locked

State = Election.State
DAY = datetime.timedelta(days=1)


@transaction.atomic
def proclaim(*, election: Election, by: Member, at: datetime.datetime) -> list[Elected]:
    """Says who is elected, in order, with the alternates; their mandates begin on the day that was called.

    Who holds a seat until then stays until that day, and no longer.
    """
    election = locked(election)
    refuse_if(obstacles_to_proclaiming(election, by=by, at=at))
    begins = max(at, _midnight(election.cooperative, election.begins_on))
    made: list[Elected] = []
    for contest in election.contests.select_related(
        "office__body", "question__tally", "adds_to__question__tally", "adds_to__election"
    ):
        until = _term(election, contest)
        for place, (seat, member, alternate) in enumerate(seated(contest, outcome_of(contest), begins), 1):
            member.cooperative = election.cooperative
            _make_room(seat, begins, document=election.label, by=by.actor, at=at)
            mandate = begin_mandate(
                seat=seat,
                member=member,
                since=begins,
                until=until,
                begun=Mandate.Begun.ELECTED,
                document=election.label,
                by=by.actor,
                at=at,
            )
            made.append(
                Elected.objects.create(
                    contest=contest, place=place, member=member, alternate=alternate, mandate=mandate
                )
            )
    advance(
        election=election,
        to=State.PROCLAIMED,
        verb="election-proclaimed",
        by=by.actor,
        at=at,
        told={"elected": [one.member.number for one in made if not one.alternate]},
        proclaimed_at=at,
    )
    return made


def _midnight(cooperative: Cooperative, day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), cooperative.zone)


def _term(election: Election, contest: Contest) -> datetime.datetime | None:
    if election.ends_on is not None:
        return _midnight(election.cooperative, election.ends_on)
    months = contest.office.term_months
    if months is None:
        return None
    return _midnight(election.cooperative, months_later(election.begins_on, months))


def _make_room(
    seat: Seat, begins: datetime.datetime, *, document: str, by: Actor, at: datetime.datetime
) -> None:
    """Whoever holds the seat beyond that moment holds it up to then."""
    beyond = Mandate.objects.filter(Mandate.not_over(begins), seat=seat)
    for mandate in beyond.select_related("member__cooperative__chain", "seat__office__body"):
        end_mandate(
            mandate=mandate, ended=Mandate.Ended.REPLACED, document=document, until=begins, by=by, at=at
        )
