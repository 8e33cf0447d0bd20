"""Projects of a fund: put forward, put right, answered for, checked, withdrawn; what is paid for the chosen ones."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.models import Body, Member
from coop.refusals import in_full, refuse_if

from ..models import Fund, Project, ProjectCheck, Spending
from ..money import plain
from ..rules.projects import (
    Written,
    obstacles_in_project,
    obstacles_to_answering,
    obstacles_to_checking,
    obstacles_to_paying,
    obstacles_to_putting_forward,
    obstacles_to_rewriting_project,
    obstacles_to_withdrawing_project,
)
from .locks import locked_fund

State = Project.State


@transaction.atomic
def put_forward(
    *, fund: Fund, written: Written, on_behalf_of: Body | None = None, by: Member, at: datetime.datetime
) -> Project:
    """Everybody reads it from now on; the commission checks it. Whoever answers for it has said yes, or is asked."""
    fund = locked_fund(fund)
    bylaws = _bylaws(fund, at)
    refuse_if(
        obstacles_to_putting_forward(fund, written, on_behalf_of=on_behalf_of, by=by, at=at, bylaws=bylaws)
    )
    last = Project.objects.filter(fund=fund).aggregate(last=Max("number"))["last"]
    project = Project.objects.create(
        fund=fund,
        number=(last or 0) + 1,
        author=by,
        on_behalf_of=on_behalf_of,
        agreed_at=at if written.answers.pk == by.pk else None,
        put_at=at,
        **_tidy(written),
    )
    _tell(project, verb="project-put-forward", by=by, at=at, facts={"cost": plain(project.cost)})
    return project


@transaction.atomic
def rewrite_project(
    *, project: Project, written: Written, revision: int, by: Member, at: datetime.datetime
) -> Project:
    """Put right before it is found feasible. What was found of other words counts no more: it waits again."""
    project = _locked(project)
    refuse_if(
        obstacles_to_rewriting_project(project, revision=revision, by=by)
        + obstacles_in_project(project.fund, written, beside=project, at=at, bylaws=_bylaws(project.fund, at))
    )
    if written.answers.pk != project.answers_id:
        project.agreed_at = at if written.answers.pk == by.pk else None
    for name, value in _tidy(written).items():
        setattr(project, name, value)
    project.state, project.revision = State.PUT, project.revision + 1
    project.save(
        update_fields=[
            *("title", "words", "place", "cost", "proof", "answers", "agreed_at"),
            *("state", "revision"),
        ]
    )
    _tell(project, verb="project-rewritten", by=by, at=at, facts={"cost": plain(project.cost)})
    return project


@transaction.atomic
def answer_for(*, project: Project, by: Member, at: datetime.datetime) -> Project:
    """Whoever was named says yes."""
    project = _locked(project)
    refuse_if(obstacles_to_answering(project, by=by))
    project.agreed_at, project.state, project.revision = at, State.PUT, project.revision + 1
    project.save(update_fields=["agreed_at", "state", "revision"])
    _tell(project, verb="project-answered-for", by=by, at=at, facts={})
    return project


@transaction.atomic
def withdraw_project(*, project: Project, because: str, by: Member, at: datetime.datetime) -> Project:
    project = _locked(project)
    refuse_if(obstacles_to_withdrawing_project(project, by=by))
    project.state, project.ended_at, project.said = State.WITHDRAWN, at, in_full(because, 500)
    project.save(update_fields=["state", "ended_at", "said"])
    _tell(project, verb="project-withdrawn", by=by, at=at, facts={})
    return project


@transaction.atomic
def check_project(
    *, project: Project, revision: int, feasible: bool, because: str, by: Member, at: datetime.datetime
) -> ProjectCheck:
    """What the commission finds of the words that were read (`revision`), with its reason. The last finding counts."""
    project = _locked(project)
    refuse_if(
        obstacles_to_checking(project, revision=revision, feasible=feasible, because=because, by=by, at=at)
    )
    found = ProjectCheck.objects.create(
        project=project,
        revision=revision,
        feasible=feasible,
        because=in_full(because, 500),
        checked_by=by,
        at=at,
    )
    project.state = State.FEASIBLE if feasible else State.NOT_FEASIBLE
    project.save(update_fields=["state"])
    _tell(
        project,
        verb="project-feasible" if feasible else "project-not-feasible",
        by=by,
        at=at,
        facts={"because": found.because},
    )
    return found


@transaction.atomic
def pay_project(
    *,
    project: Project,
    amount: Decimal,
    paid_on: datetime.date,
    proof: str,
    by: Member,
    at: datetime.datetime,
) -> Spending:
    """A bill of a chosen project; below zero it puts a wrong one right."""
    project = _locked(project)
    refuse_if(obstacles_to_paying(project, amount, paid_on=paid_on, proof=proof, by=by, at=at))
    last = Spending.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    paid = Spending.objects.create(
        project=project,
        number=(last or 0) + 1,
        amount=amount,
        paid_on=paid_on,
        proof=in_full(proof, 300),
        entered_by=by,
        entered_at=at,
    )
    _tell(project, verb="project-paid", by=by, at=at, facts={"amount": plain(amount), "proof": paid.proof})
    return paid


def _locked(project: Project) -> Project:
    """With its year held first, and its fund: what may be done follows from their states."""
    fund = locked_fund(project.fund_id)
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("author", "answers").get(pk=project.pk)
    found.fund = fund
    return found


def _bylaws(fund: Fund, at: datetime.datetime) -> Bylaws:
    cooperative = fund.year.cooperative
    return Bylaws.in_force(cooperative, cooperative.day_of(at))


def _tidy(written: Written) -> dict[str, object]:
    return {
        "title": one_line(written.title),
        "words": legible(written.words).strip(),
        "place": one_line(written.place),
        "cost": written.cost,
        "proof": one_line(written.proof),
        "answers": written.answers,
    }


def _tell(
    project: Project, *, verb: str, by: Member, at: datetime.datetime, facts: dict[str, object]
) -> None:
    """Its subject is the project, by the number of its fund and its own."""
    label = f"{project.fund.label}, {project}"
    write(
        project.fund.year.cooperative.chain,
        verb=verb,
        subject=Subject("fund-project", str(project.pk), label),
        by=by.actor,
        at=at,
        facts=facts,
    )
