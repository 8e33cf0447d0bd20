"""A fund from the day it is set up to the day its choice is written down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.journal.actions import write
from coop.journal.models import Actor
from coop.letters import legible, one_line
from coop.members.models import Body, Member
from coop.refusals import in_full, refuse_if

from ..models import Fund, Line, Project
from ..money import plain
from ..rules.funds import (
    obstacles_to_closing_list,
    obstacles_to_giving_up,
    obstacles_to_recording,
    obstacles_to_setting_up,
    obstacles_to_voting_on_fund,
)
from .locks import locked, locked_fund, subject_of

State = Fund.State


@transaction.atomic
def set_up_fund(
    *,
    line: Line,
    title: str,
    words: str,
    amount: Decimal,
    method: str,
    threshold: int = 0,
    checked_by: Body,
    projects_until: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Fund:
    """Sets money of an adopted line aside for a choice of projects. `threshold`: votes that a project needs at least,
    where they are counted one by one."""
    year = locked(line.year_id)
    line = Line.objects.get(pk=line.pk)
    line.year = year
    refuse_if(
        obstacles_to_setting_up(
            line,
            title=title,
            words=words,
            amount=amount,
            method=method,
            threshold=threshold,
            checked_by=checked_by,
            projects_until=projects_until,
            by=by,
            at=at,
        )
    )
    last = Fund.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    fund = Fund.objects.create(
        year=year,
        number=(last or 0) + 1,
        line=line,
        title=one_line(title),
        words=legible(words).strip(),
        amount=amount,
        method=method,
        threshold=threshold,
        checked_by=checked_by,
        projects_until=projects_until,
        begun_by=by,
        begun_at=at,
    )
    told = {"line": line.code, "amount": plain(amount), "until": projects_until.isoformat(), "method": method}
    _tell(fund, verb="fund-set-up", by=by.actor, at=at, facts=told)
    return fund


@transaction.atomic
def close_list(*, fund: Fund, by: Member, at: datetime.datetime) -> Fund:
    """No project comes to it or leaves it any more: what is feasible goes onto the paper."""
    fund = locked_fund(fund)
    refuse_if(obstacles_to_closing_list(fund, by=by, at=at))
    fund.state, fund.closed_at = State.CLOSED, at
    fund.save(update_fields=["state", "closed_at"])
    feasible = fund.projects.filter(state=Project.State.FEASIBLE).count()
    _tell(fund, verb="fund-list-closed", by=by.actor, at=at, facts={"projects": feasible})
    return fund


@transaction.atomic
def put_fund(*, fund: Fund, vote: int, by: Actor, at: datetime.datetime) -> Fund:
    """A vote was drawn up for it. `vote`: the key of the ballot, which the caller has made and keeps."""
    fund = locked_fund(fund)
    refuse_if(obstacles_to_voting_on_fund(fund))
    fund.state, fund.vote, fund.put_at = State.VOTING, vote, at
    fund.save(update_fields=["state", "vote", "put_at"])
    _tell(fund, verb="fund-put", by=by, at=at, facts={})
    return fund


@transaction.atomic
def record_choice(
    *, fund: Fund, vote: int, chosen: Sequence[int], decided_by: str, by: Actor, at: datetime.datetime
) -> Fund:
    """What the count found. `chosen`: numbers of projects in the order in which they were funded.

    Their cost stays set aside for them; what is left over is told to the unit and is the line's again.
    """
    fund = locked_fund(fund)
    refuse_if(obstacles_to_recording(fund, vote=vote, chosen=list(chosen)))
    projects = {one.number: one for one in fund.projects.filter(state=Project.State.FEASIBLE)}
    left = fund.amount
    for rank, number in enumerate(chosen, 1):
        project = projects.pop(number)
        project.state, project.rank = Project.State.CHOSEN, rank
        project.save(update_fields=["state", "rank"])
        left -= project.cost
    for project in projects.values():
        project.state = Project.State.NOT_CHOSEN
        project.save(update_fields=["state"])
    fund.state, fund.chosen_at, fund.decided_by, fund.left_over = State.CHOSEN, at, decided_by, left
    fund.save(update_fields=["state", "chosen_at", "decided_by", "left_over"])
    told = {"chosen": list(chosen), "left": plain(left), "vote": decided_by}
    _tell(fund, verb="fund-chosen", by=by, at=at, facts=told)
    return fund


@transaction.atomic
def give_up_fund(*, fund: Fund, because: str, by: Member, at: datetime.datetime) -> Fund:
    """Nothing is chosen; the money is the line's again."""
    fund = locked_fund(fund)
    refuse_if(obstacles_to_giving_up(fund, because, by=by, at=at))
    fund.state, fund.ended_at, fund.said = State.GIVEN_UP, at, in_full(because, 500)
    fund.save(update_fields=["state", "ended_at", "said"])
    _tell(fund, verb="fund-given-up", by=by.actor, at=at, facts={"because": fund.said})
    return fund


def _tell(fund: Fund, *, verb: str, by: Actor, at: datetime.datetime, facts: Mapping[str, object]) -> None:
    chain = fund.year.cooperative.chain
    write(chain, verb=verb, subject=subject_of(fund), by=by, at=at, facts=dict(facts))
