"""A fund and its projects in words: where they stand, what they cost, how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coop.ballots.acta.stage_sentences import say_outcome, say_steps, say_ties
from coop.ballots.models import Ballot, Tally
from coop.budget.funds import Commitment, commitments
from coop.budget.models import Fund, Project
from coop.decisions.funds import ballot_of

from ..access import Here
from ..budget.words import told
from ..outcomes.results import names_in

SHAPES = {
    Fund.State.OPEN: "waiting",
    Fund.State.CLOSED: "done",
    Fund.State.VOTING: "live",
    Fund.State.CHOSEN: "yes",
    Fund.State.GIVEN_UP: "stopped",
}
PROJECT_SHAPES = {
    Project.State.PUT: "waiting",
    Project.State.FEASIBLE: "done",
    Project.State.NOT_FEASIBLE: "no",
    Project.State.WITHDRAWN: "stopped",
    Project.State.CHOSEN: "yes",
    Project.State.NOT_CHOSEN: "no",
}


@dataclass(frozen=True)
class Shown:
    """A project on a list. `because`: what the commission found last."""

    project: Project
    cost: str
    shape: str
    because: str = ""


@dataclass(frozen=True)
class Bound:
    """A chosen project: what it may cost, what was paid so far, what is left."""

    commitment: Commitment
    cost: str
    spent: str
    left: str


@dataclass(frozen=True)
class Counted:
    """How it came out, round by round, each tie and what settled it."""

    outcome: str
    steps: list[str]
    ties: list[str]


def in_money(here: Here, amount: Decimal) -> str:
    said = {"amount": told(amount), "currency": here.cooperative.currency_code}
    return pgettext("money", "%(amount)s %(currency)s") % said


def shown(here: Here, project: Project, because: str = "") -> Shown:
    return Shown(project, in_money(here, project.cost), PROJECT_SHAPES[Project.State(project.state)], because)


def projects_of(here: Here, fund: Fund) -> list[Shown]:
    """Chosen ones in the order of the count, then the others as they were put forward. Two queries."""
    found = fund.projects.select_related("author", "on_behalf_of").prefetch_related("checks")
    rows = []
    for one in found:
        checks = list(one.checks.all())
        rows.append(shown(here, one, checks[-1].because if checks else ""))
    return sorted(rows, key=lambda row: (row.project.rank is None, row.project.rank or 0, row.project.number))


def bound(here: Here, fund: Fund) -> list[Bound]:
    if fund.state != Fund.State.CHOSEN:
        return []
    return [
        Bound(one, in_money(here, one.cost), in_money(here, one.spent), in_money(here, one.left))
        for one in commitments(fund)
    ]


def counted(fund: Fund) -> Counted | None:
    """In the words of the counting minutes; None while nothing is counted."""
    if fund.state != Fund.State.CHOSEN:
        return None
    tally = Tally.objects.filter(question__ballot=fund.vote).select_related("question").first()
    if tally is None:
        return None
    names = names_in(tally.question)
    return Counted(
        say_outcome(tally.result, names, outcome=tally.outcome),
        say_steps(tally.result, names),
        say_ties(tally.result, names),
    )


def vote_of(fund: Fund) -> Ballot | None:
    """The ballot, where there is one that was not annulled."""
    ballot = ballot_of(fund)
    return None if ballot is None or ballot.state == Ballot.State.ANNULLED else ballot


def say_count(fund: Fund) -> str:
    """How the papers will be, or were, counted, in one sentence for whoever has to choose."""
    if fund.method == Fund.Method.SHARES:
        return _(
            "Everybody has the same part of the money and pays with it, together with others, for what they mark."
        )
    words = _("The project with most votes is paid first, then the next, as far as the money goes.")
    if not fund.threshold:
        return words
    least = ngettext(
        "A project needs at least %(count)s vote.",
        "A project needs at least %(count)s votes.",
        fund.threshold,
    )
    return f"{words} {least % {'count': fund.threshold}}"
