"""What comes to stand in the way while a vote runs does not leave a carried decision without its number or its effect.

A vote is judged by the rules and on the day of its opening; what the day of its settling no longer allows is set as far
as it can be.
"""

from __future__ import annotations

import inspect
from decimal import Decimal

import pytest

from coop.ballots import actions as ballots
from coop.ballots.actions import counting
from coop.ballots.rules import counting as counting_rules
from coop.charter.actions import adopt_bylaws
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.meetings.voting_rules import FOR_PEOPLE, waits_for_people
from coop.oversight.trail import Mark, What, trails
from coop.production.models import PlanLine, Price, PriceList, Product
from coop.production.prices import Four
from coop.proposals import actions as proposals
from coop.proposals.actions.floor import write_plan, write_prices
from coop.proposals.floor_words import Monthly
from coop.proposals.models import Agreement, Proposal
from coop.refusals import Reason, Refused
from tests import make, make_agreement, make_selling
from tests.architecture.manners import reasons_of

pytestmark = pytest.mark.django_db

DEARER = Four(Decimal("80"), Decimal("85"), Decimal("110"), Decimal("120"))


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def being_voted(plant: make.Plant, text: Proposal) -> Decision:
    """Eight people are for it, and the vote is still open."""
    if text.state == Proposal.State.DRAFT:
        proposals.publish(proposal=text, by=text.author, at=make.now())
        for who in (plant.ida, plant.jo):
            proposals.support(proposal=text, by=who, at=make.now())
        text.refresh_from_db()
    meeting = make.meeting_in_session(plant, motions=[text])
    decision = meetings.open_vote(item=meeting.items.get(proposal=text), by=plant.bo, at=make.now())
    for name in make.NAMES[:8]:
        make.cast(decision.ballot, plant.people[name.lower()], "for")
    return decision


def settled(plant: make.Plant, decision: Decision, *, days: int = 0) -> Decision:
    """Closed now, and counted by whoever comes so many days later."""
    if not days:
        item = AgendaItem.objects.get(decision=decision)
        return meetings.close_vote(item=item, by=plant.bo, at=make.now())
    ballots.close(ballot=decision.ballot, by=plant.bo.actor, at=make.now())
    return meetings.settle_vote(decision=decision, at=make.now() + make.days(days))


def plan_of(plant: make.Plant, loaf: Product) -> Proposal:
    """For the rest of this year."""
    return write_plan(
        title="Plan",
        figures={loaf: Monthly(Decimal(420), Decimal(500))},
        year=make_selling.today(plant).year,
        from_month=make_selling.today(plant).month,
        by=plant.eve,
        at=make.now(),
    )


def prices_of(plant: make.Plant, loaf: Product) -> Proposal:
    return write_prices(title="Prices", prices={loaf: DEARER}, by=plant.eve, at=make.now())


def test_of_a_year_that_has_gone_by_nothing_is_set_and_the_decision_has_its_number(plant: make.Plant) -> None:
    decision = being_voted(plant, plan_of(plant, make_selling.product(plant)))
    decision = settled(plant, decision, days=366)
    assert decision.outcome == "carried"
    assert decision.number is not None
    assert not PlanLine.objects.exists()
    [followed] = trails([decision], day=make_selling.today(plant))
    assert (What.EFFECT, Mark.MISSING) in [(step.what, step.mark) for step in followed.gaps]


def test_a_limit_that_was_lowered_while_they_voted_leaves_the_prices_they_voted(plant: make.Plant) -> None:
    decision = being_voted(plant, prices_of(plant, make_selling.priced(plant)))
    adopt_bylaws(
        cooperative=plant.cooperative,
        valid_from=make_selling.today(plant),
        adopted_by="D GA 2026-3",
        changes={"support_price_percent": 5},
        by=plant.ana.actor,
        at=make.now(),
    )
    assert settled(plant, decision).outcome == "carried"
    held = Price.objects.get(price_list__voted=True)
    assert (held.support, held.support_percent) == (Decimal(120), 12)


def test_a_list_pushed_behind_the_farthest_day_is_set_all_the_same(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    farthest = make_selling.today(plant) + make.days(731)
    for since in (farthest, None):
        text = write_prices(title="Prices", prices={loaf: DEARER}, since=since, by=plant.eve, at=make.now())
        assert settled(plant, being_voted(plant, text)).outcome == "carried"
    assert PriceList.objects.latest("pk").since == farthest + make.days(1)


def agreement(plant: make.Plant, *, expires_in: int) -> Proposal:
    today = make_selling.today(plant)
    text = make_agreement.agreement(
        plant, starts_on=today - make.days(30), expires_on=today + make.days(expires_in)
    )
    make_agreement.article(plant, text, "Night work", texts=("Five nights.",))
    return make_agreement.laid_before(plant, text)


def test_an_agreement_that_expired_while_they_voted_is_adopted(plant: make.Plant) -> None:
    """What is expired rules on until another begins."""
    text = agreement(plant, expires_in=20)
    decision = settled(plant, being_voted(plant, text), days=40)
    found = Agreement.objects.get(proposal=text)
    today = make_selling.today(plant)
    assert (found.state, found.adopted_by) == ("adopted", decision.label)
    assert (found.adopted_on, found.starts_on) == (today + make.days(40), today + make.days(19))
    assert found.rules_on(today + make.days(40))


def test_an_agreement_that_has_expired_is_not_put_to_the_vote(plant: make.Plant) -> None:
    text = agreement(plant, expires_in=0)
    with pytest.raises(Refused) as refusal:
        being_voted(plant, text)
    assert [one.code for one in refusal.value.reasons] == ["agreement-ends-before-it-begins"]


def test_what_a_count_may_wait_for_is_named_and_nothing_else() -> None:
    """A refusal that is not among them is raised when the vote is closed, and in the log of the clock."""
    rules = inspect.getsource(counting_rules) + inspect.getsource(counting)
    assert reasons_of(rules) - {"vote-not-closed"} == FOR_PEOPLE - {"amendments-first"}
    assert waits_for_people([Reason("lot-needed"), Reason("box-not-counted", {"box": "1"})])
    assert not waits_for_people([Reason("lot-needed"), Reason("budget-money-is-gone")])
