"""What goes on in a plant, and whom it may concern, asked once for all readers: nobody is asked about the rest."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, Q, QuerySet

from coop import unchanged
from coop.asked_often import Often, given
from coop.ballots.models import Ballot, Trustee
from coop.ballots.models.ballots import Channel
from coop.budget.models import Amendment as BudgetAmendment
from coop.budget.models import Fund, Year
from coop.charter.models import Cooperative
from coop.elections.models import Election, Petition
from coop.in_office.models import Question, UrgentDecision
from coop.in_office.rules.handover import AFTERWARDS
from coop.meetings.councils import FORGOTTEN
from coop.meetings.models import Action, Minutes, Signer, SittingOffice
from coop.members.models import Mandate, Standing
from coop.oversight.models import CountSheet
from coop.production.models import Handover, Problem
from coop.proposals.models import Agreement, Amendment, BudgetMotion, PartOf, Proposal
from coop.proposals.models.agreements import ALARM_DAYS

from ..access import Here, acting
from ..access.of_floor import problems_of
from ..offices.questions import FRESH
from ..problems.told import late_on
from ..proposals.amendments_waiting import ALIVE

# A mandate that ended before that asks nothing of anybody.
LONG_OVER = max(FORGOTTEN, AFTERWARDS) + datetime.timedelta(days=35)
LATELY = FRESH + datetime.timedelta(days=1)

# The lists that are for some members, and for which: those of one or several sources of `_people`.
WHOM = {
    **dict.fromkeys(("to_tell", "posts", "agreements", "going", "coming", "deputies"), ("holders",)),
    "questions": ("holders", "askers"),
    "late": ("holders", "leaders"),
    "other": ("not_members",),
    "reminders": ("owners",),
    "to_sign": ("signers", "leaders"),
    "amendments": ("movers", "part_movers"),
    "solved": ("raisers",),
    "budget_drafts": ("drafters",),
}


class _GoingOn(NamedTuple):
    """Lists that are empty for everybody; and of others the members for whom alone there may be something."""

    nowhere: frozenset[str]
    whom: Mapping[str, frozenset[int]]


def not_for(here: Here) -> frozenset[str]:
    """Of the lists of the front page those that are empty for this reader. Whoever has a power is asked about all that
    goes on: for whom an office signs, calls or answers hangs on the moment."""
    found = _going_on_in(here.cooperative, here.day)
    if here.powers.held:
        return found.nowhere
    me = acting(here).pk
    return found.nowhere.union(name for name, members in found.whom.items() if me not in members)


def _going_on_in(house: Cooperative, day: datetime.date) -> _GoingOn:
    def ask() -> _GoingOn:
        last = day + datetime.timedelta(days=ALARM_DAYS[0])
        there = GOING_ON.first(cooperative=house.pk, day=day, last=last) or {}
        dates = {"day": day, "long_over": day - LONG_OVER, "lately": day - LATELY}
        people = PEOPLE.first(cooperative=house.pk, **dates) or {}
        # Of an amendment three may be concerned, and stand in a list of their own.
        people["movers"] = [one for three in people.get("movers", ()) for one in three]
        return _GoingOn(
            frozenset(name for name, goes_on in there.items() if not goes_on),
            {
                name: frozenset(member for source in sources for member in people.get(source, ()))
                for name, sources in WHOM.items()
            },
        )

    return unchanged.said((_going_on_in, house.pk, day), ask)


def _going_on() -> QuerySet[Any, Any]:
    house, day = given("cooperative"), given("day")
    there = {
        **_of_papers(house, given("last")),
        **_of_votes(house),
        **_of_the_floor(house, day),
        **_of_money(house),
    }
    return Cooperative.objects.filter(pk=house).values(**{name: Exists(rows) for name, rows in there.items()})


def _people() -> QuerySet[Any, Any]:
    """Rather too many than too few: whether something waits for them is asked of each."""
    house, day = given("cooperative"), given("day")
    alive, unsealed = _alive(house), _unsealed(house).values("meeting")
    held = Mandate.objects.filter(Q(until=None) | Q(until__gt=given("long_over")), member__cooperative=house)
    named = SittingOffice.objects.filter(
        Q(ended_at=None, sitting__closed_at=None) | Q(sitting__meeting__in=unsealed),
        sitting__meeting__cooperative=house,
    )
    asked = Question.objects.filter(office__body__cooperative=house)
    asked = asked.filter(Q(answers=None) | Q(answers__at__gt=given("lately")))
    others = Standing.objects.filter(Standing.on(day), member__cooperative=house)
    taken_on = Action.objects.filter(body__cooperative=house, done_at=None, dropped_at=None)
    parts = PartOf.objects.filter(whole__in=alive.values("pk"), agreed_at=None)
    three = "proposal__author", "proposal__taken_over_by", "amends__author"
    people = {
        "holders": held.values("member"),
        "leaders": named.values("member"),
        "askers": asked.values("asked_by"),
        "not_members": others.exclude(kind=Standing.Kind.MEMBER).values("member"),
        "owners": taken_on.values("owner"),
        "signers": Signer.objects.filter(meeting__in=unsealed).values("member"),
        "movers": alive.values(three=Func(*three, template="ARRAY[%(expressions)s]")),
        "part_movers": parts.values("part__author"),
        "raisers": problems_of(house).filter(state=Problem.State.SOLVED).values("raised_by"),
        "drafters": _drafts(house).values("author"),
    }
    return Cooperative.objects.filter(pk=house).values(
        **{name: ArraySubquery(members.order_by()) for name, members in people.items()}
    )


def _unsealed(house: Any) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting__cooperative=house, sealed=None)


def _alive(house: Any) -> QuerySet[Amendment]:
    return Amendment.objects.filter(proposal__cooperative=house, state__in=ALIVE)


def _drafts(house: Any) -> QuerySet[BudgetAmendment]:
    return BudgetAmendment.objects.filter(year__cooperative=house, state=BudgetAmendment.State.DRAFT)


def _of_papers(house: Any, last: Any) -> dict[str, QuerySet[Any]]:
    """`last`: the day on which the first word is said of an agreement that expires."""
    expiring = Q(state=Agreement.State.DRAFTING, old_expires_on__lte=last)
    expiring |= Q(state=Agreement.State.ADOPTED, ended_on=None, expires_on__lte=last)
    return {
        "amendments": _alive(house),
        "agreements": Agreement.objects.filter(expiring, cooperative=house),
        "to_sign": _unsealed(house),
        "urgent": UrgentDecision.objects.filter(body__cooperative=house, state=UrgentDecision.State.WAITING),
        "counts": CountSheet.objects.filter(cooperative=house, signed_at=None),
    }


def _of_votes(house: Any) -> dict[str, QuerySet[Any]]:
    state, asking = Ballot.State, Petition.State
    votes = Ballot.objects.filter(cooperative=house)
    return {
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
        "budget_drafts": _drafts(house),
        "budget_to_name": handed_in,
        "budget_to_agree": handed_in,
        "budget_on_no_agenda": BudgetMotion.objects.filter(
            year__cooperative=house, year__state=Year.State.PUT, proposal__state=Proposal.State.ADMITTED
        ),
        "fund_projects": funds,
        "fund_lists": funds,
    }


GOING_ON, PEOPLE = Often(_going_on, told=True), Often(_people, told=True)
