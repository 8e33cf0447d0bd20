"""What stands in the way of putting a project forward for a fund, of checking it, and of paying for it once chosen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from coop.charter.models import Bylaws
from coop.letters import one_line
from coop.members.electorate import obstacles_to_voting
from coop.members.folding import fold
from coop.members.models import Body, Member
from coop.refusals import Reason

from ..funds import spent_on
from ..models import Fund, Project
from ..money import plain
from .amendments import obstacles_to_having_a_voice
from .funds import obstacles_in_money, sits_in
from .years import obstacles_to_keeping

State = Project.State
MOST_PROJECTS = 60  # on one paper; more than that nobody reads to the end


@dataclass(frozen=True)
class Written:
    """A project as somebody writes it down. `answers`: who sees to it that it is done."""

    title: str
    words: str
    place: str
    cost: Decimal
    proof: str
    answers: Member


def obstacles_to_putting_forward(
    fund: Fund,
    written: Written,
    *,
    on_behalf_of: Body | None,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """Whoever votes in the assembly, or in the name of a body whoever calls it; until the last day."""
    found = obstacles_in_time(fund, fund.year.cooperative.day_of(at))
    found += obstacles_to_having_a_voice(fund.year, on_behalf_of=on_behalf_of, by=by, at=at, bylaws=bylaws)
    alive = fund.projects.exclude(state=State.WITHDRAWN)
    if alive.count() >= MOST_PROJECTS:
        found.append(Reason("fund-too-many-projects", {"most": MOST_PROJECTS}))
    return found + obstacles_in_project(fund, written, beside=None, at=at, bylaws=bylaws)


def obstacles_in_time(fund: Fund, day: datetime.date) -> list[Reason]:
    if fund.state != Fund.State.OPEN:
        return [Reason("fund-list-closed", {"label": fund.label})]
    if not fund.takes_projects(day):
        return [Reason("fund-days-over", {"day": fund.projects_until.isoformat()})]
    return []


def obstacles_in_project(
    fund: Fund, written: Written, *, beside: Project | None, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """It has its words and a cost that fits; no other is called so (`beside`: itself); whoever answers is a member."""
    found = []
    if not all(map(one_line, (written.title, written.words, written.place, written.proof))):
        found.append(Reason("project-without-words"))
    others = fund.projects.exclude(state=State.WITHDRAWN)
    others = others.exclude(pk=beside.pk) if beside else others
    if fold(one_line(written.title)) in {fold(title) for title in others.values_list("title", flat=True)}:
        found.append(Reason("project-named-already", {"title": one_line(written.title)}))
    wrong = obstacles_in_money(fund.year, written.cost)
    if not wrong and written.cost > fund.amount:
        found.append(Reason("project-dearer-than-fund", {"amount": plain(fund.amount)}))
    found += wrong
    cooperative = fund.year.cooperative
    if written.answers.cooperative_id != cooperative.pk:
        return [*found, Reason("not-of-this-cooperative", {"name": written.answers.name})]
    assembly = Body.objects.get(cooperative=cooperative, kind=Body.Kind.ASSEMBLY)
    if obstacles_to_voting(written.answers, assembly, cooperative.day_of(at), bylaws):
        found.append(Reason("project-answered-by-a-member", {"name": written.answers.name}))
    return found


def obstacles_to_rewriting_project(project: Project, *, revision: int, by: Member) -> list[Reason]:
    """Its author, until the commission has found it feasible; what was found not feasible may be put right."""
    found = [] if project.author_id == by.pk else [Reason("project-of-somebody-else")]
    if project.fund.state != Fund.State.OPEN:
        return [*found, Reason("fund-list-closed", {"label": project.fund.label})]
    if project.state not in (State.PUT, State.NOT_FEASIBLE):
        found.append(Reason("project-not-rewritten"))
    if revision != project.revision:
        found.append(Reason("project-changed-meanwhile"))
    return found


def obstacles_to_answering(project: Project, *, by: Member) -> list[Reason]:
    """Nobody answers for a project without having said yes."""
    found = [] if project.answers_id == by.pk else [Reason("project-names-somebody-else")]
    if project.fund.state != Fund.State.OPEN or project.state not in (State.PUT, State.NOT_FEASIBLE):
        found.append(Reason("fund-list-closed", {"label": project.fund.label}))
    if project.agreed_at is not None:
        found.append(Reason("project-agreed-already"))
    return found


def obstacles_to_withdrawing_project(project: Project, *, by: Member) -> list[Reason]:
    """While the list is open. Later whoever leads the vote strikes it from the paper."""
    found = [] if project.author_id == by.pk else [Reason("project-of-somebody-else")]
    if project.fund.state != Fund.State.OPEN:
        return [*found, Reason("fund-list-closed", {"label": project.fund.label})]
    if project.state == State.WITHDRAWN:
        found.append(Reason("project-withdrawn-already"))
    return found


def obstacles_to_checking(
    project: Project, *, revision: int, feasible: bool, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Somebody of the commission who neither wrote it nor answers for it, with a reason, of the words as they stand."""
    fund = project.fund
    found = []
    if not sits_in(fund.checked_by, by, at):
        found.append(Reason("fund-checked-by-those-of", {"body": fund.checked_by.name}))
    if by.pk in (project.author_id, project.answers_id):
        found.append(Reason("project-of-ones-own"))
    if fund.state != Fund.State.OPEN:
        return [*found, Reason("fund-list-closed", {"label": fund.label})]
    if project.state == State.WITHDRAWN:
        return [*found, Reason("project-withdrawn-already")]
    if revision != project.revision:
        found.append(Reason("project-changed-meanwhile"))
    if feasible and project.agreed_at is None:
        found.append(Reason("project-nobody-answers", {"name": project.answers.name}))
    if (project.state == State.FEASIBLE) == feasible and project.state != State.PUT:
        found.append(Reason("project-found-so-already"))
    if not because.strip():
        found.append(Reason("no-reason-given"))
    return found


def obstacles_to_paying(
    project: Project,
    amount: Decimal,
    *,
    paid_on: datetime.date,
    proof: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """A bill of a chosen project. All of them together are not below zero, and not above what was chosen."""
    cooperative = project.fund.year.cooperative
    found = obstacles_to_keeping(cooperative, by=by, at=at)
    if project.state != State.CHOSEN:
        return [*found, Reason("project-not-chosen")]
    if paid_on > cooperative.day_of(at):
        found.append(Reason("project-paid-later"))
    if not proof.strip():
        found.append(Reason("project-without-bill"))
    wrong = obstacles_in_money(project.fund.year, amount, signed=True)
    if not wrong:
        spent = spent_on(project)
        if spent + amount > project.cost:
            found.append(Reason("project-costs-more", {"amount": plain(project.cost - spent)}))
        elif spent + amount < 0:
            found.append(Reason("project-corrected-too-far", {"amount": plain(spent)}))
    return found + wrong
