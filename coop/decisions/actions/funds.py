"""Choosing projects of a fund by a vote of all members, and counting a vote with what follows from it for a fund.

Whoever leads a vote outside of a meeting counts it through these; what is about no fund goes through unchanged.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Register, Tally
from coop.budget import actions as budget
from coop.budget.actions.locks import locked_fund
from coop.budget.models import Fund
from coop.elections import actions as elections
from coop.journal.models import Actor
from coop.members.models import Body, Member
from coop.proposals.models import Proposal
from coop.refusals import refuse_if

from ..fund_words import asked_of, text_of
from ..funds import (
    fund_of,
    obstacles_to_putting_fund,
    obstacles_to_redrawing_choice,
    obstacles_while_voted,
    on_the_paper,
)


@transaction.atomic
def draw_up_choice(
    *,
    fund: Fund,
    register: Register | None,
    secrecy: str,
    channels: Sequence[str],
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """The vote of all members on the list of a fund, as a draft that somebody else opens."""
    fund = locked_fund(fund)
    refuse_if(obstacles_to_putting_fund(fund))
    cooperative = fund.year.cooperative
    projects = on_the_paper(fund)
    ballot = ballots.prepare(
        body=Body.objects.select_related("cooperative").get(cooperative=cooperative, kind=Body.Kind.ASSEMBLY),
        register=register,
        title=str(fund),
        text=text_of(fund, projects),
        questions=[asked_of(fund, projects)],
        matter=Proposal.Matter.ORDINARY,
        secrecy=secrecy,
        channels=channels,
        closes_at=closes_at,
        by=by,
        at=at,
    )
    budget.put_fund(fund=fund, vote=ballot.pk, by=by.actor, at=at)
    return ballot


@transaction.atomic
def give_up_fund(*, fund: Fund, because: str, by: Member, at: datetime.datetime) -> Fund:
    """As `budget.give_up_fund`; a vote on it is annulled before, by whoever leads it."""
    fund = locked_fund(fund)
    refuse_if(obstacles_while_voted(fund))
    return budget.give_up_fund(fund=fund, because=because, by=by, at=at)


@transaction.atomic
def count_up(*, ballot: Ballot, chair: str = "", by: Member, at: datetime.datetime) -> list[Tally]:
    """As `elections.count_up`; of a fund it is written down what was chosen, in the same transaction."""
    fund = _held(ballot)
    tallies = elections.count_up(ballot=ballot, chair=chair, by=by, at=at)
    _settle(fund, ballot, by=by.actor, at=at)
    return tallies


@sensitive_variables()
@transaction.atomic
def open_urn(
    *, ballot: Ballot, codes: Mapping[int, str], chair: str = "", by: Member, at: datetime.datetime
) -> list[Tally]:
    """As `elections.open_urn`, with the same consequences as `count_up`."""
    fund = _held(ballot)
    tallies = elections.open_urn(ballot=ballot, codes=codes, chair=chair, by=by, at=at)
    _settle(fund, ballot, by=by.actor, at=at)
    return tallies


@transaction.atomic
def redraw(*, ballot: Ballot, because: str, by: Member, at: datetime.datetime, **drawn_up: Any) -> Ballot:
    """As `elections.redraw`; the paper of a fund is its list, and is not written by hand."""
    refuse_if(obstacles_to_redrawing_choice(ballot))
    return elections.redraw(ballot=ballot, because=because, by=by, at=at, **drawn_up)


def _held(ballot: Ballot) -> Fund | None:
    """The year of a fund is held before the ballot."""
    fund = fund_of(ballot)
    return locked_fund(fund) if fund is not None else None


def _settle(fund: Fund | None, ballot: Ballot, *, by: Actor, at: datetime.datetime) -> None:
    if fund is None:
        return
    tally = Tally.objects.get(question__ballot=ballot)
    numbers = {one.code: one.number for one in on_the_paper(fund)}
    chosen = [numbers[code] for code in tally.result.get("selected", [])]
    day = fund.year.cooperative.day_of(at).isoformat()
    budget.record_choice(
        fund=fund, vote=ballot.pk, chosen=chosen, decided_by=f"{ballot.title[:180]} · {day}", by=by, at=at
    )
