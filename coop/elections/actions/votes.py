"""Counting and calling off a vote, with what follows from it for an office, in one transaction.

Whoever leads a vote outside of a meeting does it through these; a vote that is about no office goes through unchanged.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Tally
from coop.charter.models import Bylaws
from coop.journal.models import Actor
from coop.members.models import Mandate, Member
from coop.members.rules import obstacles_to_ending_mandate
from coop.refusals import refuse_if

from ..models import Petition
from ..rules.recalls import obstacles_to_settling_recall
from ..rules.votes import (
    election_of,
    obstacles_to_redrawing_paper,
    obstacles_to_starting_paper,
)
from .barring import bar_what_is_to_begin
from .papers import hold_next_round
from .recalls import advance, lapse, locked
from .vacancies import end_and_fill

State = Petition.State


@transaction.atomic
def start(*, ballot: Ballot, by: Member, at: datetime.datetime) -> Ballot:
    """As `ballots.start`; the paper of an election opens on the day that was called."""
    refuse_if(obstacles_to_starting_paper(ballot, at))
    return ballots.start(ballot=ballot, by=by, at=at)


@transaction.atomic
def next_round(
    *, ballot: Ballot, title: str, closes_at: datetime.datetime | None, by: Member, at: datetime.datetime
) -> Ballot:
    """As `ballots.next_round`; that of an election belongs to it."""
    election = election_of(ballot)
    if election is None:
        return ballots.next_round(ballot=ballot, title=title, closes_at=closes_at, by=by, at=at)
    return hold_next_round(election=election, ballot=ballot, title=title, closes_at=closes_at, by=by, at=at)


@transaction.atomic
def count_up(*, ballot: Ballot, chair: str = "", by: Member, at: datetime.datetime) -> list[Tally]:
    """As `ballots.count_up`; a recall that is carried has ended the mandate when this returns."""
    tallies = ballots.count_up(ballot=ballot, chair=chair, by=by, at=at)
    _settle(ballot, by=by.actor, at=at)
    return tallies


@sensitive_variables()
@transaction.atomic
def open_urn(
    *, ballot: Ballot, codes: Mapping[int, str], chair: str = "", by: Member, at: datetime.datetime
) -> list[Tally]:
    """As `ballots.open_urn`, with the same consequences as `count_up`."""
    tallies = ballots.open_urn(ballot=ballot, codes=codes, chair=chair, by=by, at=at)
    _settle(ballot, by=by.actor, at=at)
    return tallies


@transaction.atomic
def call_off(*, ballot: Ballot, because: str, by: Member, at: datetime.datetime) -> None:
    """As `ballots.call_off`; a recall is then put to the vote anew, the paper of an election is drawn up again."""
    ballots.call_off(ballot=ballot, because=because, by=by, at=at)
    petition = Petition.objects.filter(ballot=ballot, state=State.VOTING).first()
    if petition is not None:
        advance(
            petition=locked(petition),
            to=State.ADMITTED,
            verb="recall-vote-annulled",
            by=by.actor,
            at=at,
            ballot=None,
        )


@transaction.atomic
def redraw(*, ballot: Ballot, because: str, by: Member, at: datetime.datetime, **drawn_up: Any) -> Ballot:
    """As `ballots.redraw`. The paper of a recall says what its petition says: it is annulled and called anew. That of
    an election is the list of candidates."""
    refuse_if(obstacles_to_redrawing_paper(ballot))
    return ballots.redraw(ballot=ballot, because=because, by=by, at=at, **drawn_up)


def _settle(ballot: Ballot, *, by: Actor, at: datetime.datetime) -> None:
    petition = Petition.objects.filter(ballot=ballot).first()
    if petition is not None:
        _settle_recall(locked(petition), Ballot.objects.get(pk=ballot.pk), by=by, at=at)


def _settle_recall(petition: Petition, ballot: Ballot, *, by: Actor, at: datetime.datetime) -> None:
    """Carried, by enough who took part: the mandate ends now, the alternate has it. Otherwise it stands, protected."""
    refuse_if(obstacles_to_settling_recall(petition, ballot))
    tally = Tally.objects.get(question__ballot=ballot)
    rules = Bylaws.objects.get(cooperative=ballot.cooperative_id, version=ballot.rules_version)
    enough = 100 * tally.voted >= rules.recall_turnout_percent * tally.register
    passed = enough and tally.outcome == Tally.Outcome.CARRIED
    advance(
        petition=petition,
        to=State.PASSED if passed else State.FAILED,
        verb="recalled" if passed else "not-recalled",
        by=by,
        at=at,
        told={"voted": tally.voted, "electors": tally.register, "outcome": tally.outcome, "enough": enough},
        ended_at=at,
        ending="" if enough else Petition.Ending.TURNOUT,
    )
    if not passed:
        return
    mandate = Mandate.objects.select_related("member__cooperative__chain", "seat__office__body").get(
        pk=petition.mandate_id
    )
    if not obstacles_to_ending_mandate(mandate, at=at):  # its term may have run out while papers were counted
        end_and_fill(mandate=mandate, ended=Mandate.Ended.RECALLED, document=petition.label, by=by, at=at)
        bar_what_is_to_begin(mandate=mandate, document=petition.label, by=by, at=at)
    for other in Petition.objects.filter(mandate=mandate, state__in=Petition.PENDING):
        lapse(petition=locked(other), ending=Petition.Ending.MANDATE_OVER, by=by, at=at)
