"""What stands in the way of setting money aside for a choice of projects, and of choosing from it (C16, C17, C19)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from coop.letters import one_line
from coop.members.models import Body, Mandate, Member
from coop.members.rules.protection import decided_by_the_assembly
from coop.refusals import Reason

from ..balance import Side
from ..funds import set_aside_on
from ..models import Fund, Line, Project, Year
from ..money import plain, read
from ..tables import left_on
from .years import obstacles_in_amounts, obstacles_to_keeping

State = Fund.State
DECIMALS_ON_PAPER = 2  # a paper of the box tells money with so many at most
FEWEST_DAYS = 7  # to write a project down, and to ask what it would cost


def obstacles_to_setting_up(
    line: Line,
    *,
    title: str,
    words: str,
    amount: Decimal,
    method: str,
    threshold: int,
    checked_by: Body,
    projects_until: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Part of a line of expense that was adopted; a commission that checks; days enough to put projects forward."""
    year = line.year
    found = obstacles_to_keeping(year.cooperative, by=by, at=at)
    if year.state not in (Year.State.ADOPTED, Year.State.RUNNING):
        return [*found, Reason("budget-not-running", {"label": year.label})]
    if line.side != Side.EXPENSE:
        found.append(Reason("fund-on-expense", {"code": line.code}))
    if not one_line(title) or not words.strip():
        found.append(Reason("fund-without-words"))
    if method not in Fund.Method.values or (threshold and method != Fund.Method.GREEDY):
        found.append(Reason("fund-threshold-by-votes"))
    if checked_by.cooperative_id != year.cooperative_id or checked_by.kind == Body.Kind.ASSEMBLY:
        found.append(Reason("fund-checked-by-a-commission", {"body": checked_by.name}))
    if projects_until < year.cooperative.day_of(at) + datetime.timedelta(FEWEST_DAYS):
        found.append(Reason("fund-days-too-short", {"days": FEWEST_DAYS}))
    wrong = obstacles_in_money(line.year, amount)
    free = left_on(line) - set_aside_on(line)
    if not wrong and line.side == Side.EXPENSE and amount > free:
        found.append(
            Reason("fund-line-has-less", {"code": line.code, "amount": plain(max(free, Decimal(0)))})
        )
    return found + wrong


def obstacles_in_money(year: Year, amount: Decimal, *, signed: bool = False) -> list[Reason]:
    """Money of the house, more or less than nothing, that a paper can tell without rounding."""
    found = obstacles_in_amounts(year.cooperative, [amount], signed=signed)
    if not found:
        on_paper = read(amount, decimals=DECIMALS_ON_PAPER, signed=signed)
        found = [on_paper] if isinstance(on_paper, Reason) else []
    return found or ([] if amount else [Reason("amount-missing")])


def obstacles_to_closing_list(fund: Fund, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """After the last day, when every project was checked and one at least can be voted."""
    cooperative = fund.year.cooperative
    found = obstacles_to_keeping(cooperative, by=by, at=at)
    if fund.state != State.OPEN:
        return [*found, Reason("fund-list-closed", {"label": fund.label})]
    if fund.takes_projects(cooperative.day_of(at)):
        found.append(Reason("fund-takes-projects", {"day": fund.projects_until.isoformat()}))
    states = list(fund.projects.values_list("state", flat=True))
    waiting = states.count(Project.State.PUT)
    if waiting:
        found.append(Reason("fund-projects-unchecked", {"number": waiting}))
    if Project.State.FEASIBLE not in states:
        found.append(Reason("fund-nothing-to-vote"))
    return found


def obstacles_to_voting_on_fund(fund: Fund) -> list[Reason]:
    """Its list is closed; whether a vote on it is under way is asked where the votes are known."""
    if fund.state in (State.CLOSED, State.VOTING):
        return []
    return [Reason("fund-list-not-closed", {"label": fund.label})]


def obstacles_to_recording(fund: Fund, *, vote: int, chosen: list[int]) -> list[Reason]:
    """Of the vote that was drawn up for it: each chosen project once, feasible, all of them within the money."""
    if fund.state != State.VOTING or fund.vote != vote:
        return [Reason("fund-of-another-vote", {"label": fund.label})]
    costs = dict(fund.projects.filter(state=Project.State.FEASIBLE).values_list("number", "cost"))
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(costs):
        return [Reason("fund-choice-unknown", {"label": fund.label})]
    cost = sum((costs[number] for number in chosen), Decimal(0))
    if cost > fund.amount:
        return [Reason("fund-overspent", {"label": fund.label, "amount": plain(cost - fund.amount)})]
    return []


def obstacles_to_giving_up(fund: Fund, because: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """With a reason. Where members have projects that can be voted, no treasurer takes the choice away from them: the
    reason begins with the number of a decision of the assembly."""
    cooperative = fund.year.cooperative
    found = obstacles_to_keeping(cooperative, by=by, at=at)
    if fund.state not in (State.OPEN, State.CLOSED, State.VOTING):
        return [*found, Reason("fund-over", {"label": fund.label})]
    if not because.strip():
        return [*found, Reason("no-reason-given")]
    waits = fund.projects.filter(state__in=[Project.State.PUT, Project.State.FEASIBLE]).exists()
    if waits and not decided_by_the_assembly(cooperative, because, at):
        found.append(Reason("fund-given-up-by-the-assembly"))
    return found


def obstacles_in_funds_of(line: Line, amount: Decimal) -> list[Reason]:
    """What is set aside on a line of expense is not moved away from it."""
    if line.side != Side.EXPENSE:
        return []
    aside = set_aside_on(line)
    if not aside or amount <= left_on(line) - aside:
        return []
    return [Reason("fund-keeps-its-money", {"code": line.code, "amount": plain(aside)})]


def sits_in(body: Body, member: Member, at: datetime.datetime) -> bool:
    """Holds a full seat of it at that moment."""
    held = Mandate.objects.filter(Mandate.in_force(at), member=member, seat__alternate=False)
    return held.filter(seat__office__body=body).exists()
