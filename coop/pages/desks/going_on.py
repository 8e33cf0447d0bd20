"""What goes on in a plant at all, whoever reads: what does not, waits for nobody, and nobody is asked about it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet

from coop.asked_often import Often, given
from coop.ballots.models import Ballot, Trustee
from coop.ballots.models.ballots import Channel
from coop.budget.models import Amendment as BudgetAmendment
from coop.budget.models import Fund, Year
from coop.charter.models import Cooperative
from coop.elections.models import Election, Petition
from coop.in_office.models import UrgentDecision
from coop.meetings.models import Minutes
from coop.oversight.models import CountSheet
from coop.production.models import Handover, Problem
from coop.proposals.models import Agreement, Amendment, BudgetMotion, Proposal
from coop.proposals.models.agreements import ALARM_DAYS

from ..access import Here
from ..access.of_floor import problems_of
from ..problems.told import late_on


def nowhere(here: Here) -> frozenset[str]:
    """Of the lists of the front page those that are empty for everybody."""
    last = here.day + datetime.timedelta(days=ALARM_DAYS[0])
    there = GOING_ON.first(cooperative=here.cooperative.pk, day=here.day, last=last)
    return frozenset(name for name, goes_on in (there or {}).items() if not goes_on)


def _going_on() -> QuerySet[Any, Any]:
    house, day = given("cooperative"), given("day")
    there = {
        **_of_papers(house, given("last")),
        **_of_votes(house),
        **_of_the_floor(house, day),
        **_of_money(house),
    }
    return Cooperative.objects.filter(pk=house).values(**{name: Exists(rows) for name, rows in there.items()})


def _of_papers(house: Any, last: Any) -> dict[str, QuerySet[Any]]:
    """`last`: the day on which the first word is said of an agreement that expires."""
    expiring = Q(state=Agreement.State.DRAFTING, old_expires_on__lte=last)
    expiring |= Q(state=Agreement.State.ADOPTED, ended_on=None, expires_on__lte=last)
    alive = (Amendment.State.SUBMITTED, Amendment.State.ADMITTED)
    return {
        "unsigned": Proposal.objects.filter(cooperative=house, state=Proposal.State.OPEN),
        "amendments": Amendment.objects.filter(proposal__cooperative=house, state__in=alive),
        "agreements": Agreement.objects.filter(expiring, cooperative=house),
        "to_sign": Minutes.objects.filter(meeting__cooperative=house, sealed=None),
        "urgent": UrgentDecision.objects.filter(body__cooperative=house, state=UrgentDecision.State.WAITING),
        "counts": CountSheet.objects.filter(cooperative=house, signed_at=None),
    }


def _of_votes(house: Any) -> dict[str, QuerySet[Any]]:
    state, asking = Ballot.State, Petition.State
    votes = Ballot.objects.filter(cooperative=house)
    return {
        "votes": votes.filter(state=state.OPEN),
        "tables": votes.filter(state__in=(state.OPEN, state.CLOSED), channels__contains=[Channel.PAPER]),
        "urns": Trustee.objects.filter(
            urn__ballot__cooperative=house, urn__ballot__state__in=(state.DRAFT, state.CLOSED)
        ),
        "recalls": Petition.objects.filter(
            cooperative=house, state__in=(asking.COLLECTING, asking.HANDED_IN, asking.ADMITTED)
        ),
        "elections": Election.objects.filter(
            cooperative=house, state__in=(Election.State.CANDIDATURES, Election.State.OBJECTIONS)
        ),
    }


def _of_the_floor(house: Any, day: Any) -> dict[str, QuerySet[Any]]:
    problems = problems_of(house)
    return {
        "still": problems.filter(stands_still=True),
        "solved": problems.filter(state=Problem.State.SOLVED),
        "late": problems.filter(late_on(day)),
        "sheets": Handover.objects.filter(area__department__cooperative=house, taken_at=None),
    }


def _of_money(house: Any) -> dict[str, QuerySet[Any]]:
    asked = BudgetAmendment.objects.filter(year__cooperative=house)
    handed_in = asked.filter(state=BudgetAmendment.State.SUBMITTED)
    funds = Fund.objects.filter(year__cooperative=house, state=Fund.State.OPEN)
    return {
        "budget_drafts": asked.filter(state=BudgetAmendment.State.DRAFT),
        "budget_to_name": handed_in,
        "budget_to_agree": handed_in,
        "budget_on_no_agenda": BudgetMotion.objects.filter(
            year__cooperative=house, year__state=Year.State.PUT, proposal__state=Proposal.State.ADMITTED
        ),
        "fund_projects": funds,
        "fund_lists": funds,
    }


GOING_ON = Often(_going_on, told=True)
