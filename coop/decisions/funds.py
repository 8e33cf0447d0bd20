"""Choosing projects of a fund: the ballot that asks, and what stands in its way. The budget itself knows no box."""

from __future__ import annotations

from coop.ballots.models import Ballot
from coop.budget.models import Fund, Project
from coop.budget.rules.funds import obstacles_to_voting_on_fund
from coop.refusals import Reason


def fund_of(ballot: Ballot) -> Fund | None:
    """The fund whose projects stand on a paper; also after another was drawn up in the place of an annulled one."""
    found = Fund.objects.select_related("year__cooperative__chain", "line", "checked_by")
    return found.filter(vote=ballot.pk).first()


def ballot_of(fund: Fund) -> Ballot | None:
    """The vote on it: the last that was drawn up, also when it was annulled."""
    found = Ballot.objects.select_related("cooperative", "body", "register")
    return found.filter(pk=fund.vote, cooperative=fund.year.cooperative_id).first() if fund.vote else None


def on_the_paper(fund: Fund) -> list[Project]:
    """What is chosen among, in the order in which it was put forward; the paper draws an order of its own."""
    found = fund.projects.filter(state=Project.State.FEASIBLE)
    return list(found.select_related("answers", "on_behalf_of").order_by("number"))


def obstacles_to_putting_fund(fund: Fund) -> list[Reason]:
    """The list is closed, and no vote on it is drawn up, open or counted."""
    return obstacles_to_voting_on_fund(fund) or obstacles_while_voted(fund)


def obstacles_while_voted(fund: Fund) -> list[Reason]:
    """A vote that is drawn up, open or waits to be counted goes first."""
    ballot = ballot_of(fund) if fund.state == Fund.State.VOTING else None
    if ballot is None or ballot.state == Ballot.State.ANNULLED:
        return []
    return [Reason("vote-under-way")]


def obstacles_to_redrawing_choice(ballot: Ballot) -> list[Reason]:
    """What stands on the paper of a fund was put forward and checked: annulled, it is drawn up from the list anew."""
    return [Reason("fund-paper-not-redrawn")] if fund_of(ballot) is not None else []
